-- Strangers may also become suppliers of the lithium marketplace.
alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role in ('seller', 'buyer', 'supplier', 'operator'));
alter policy account_register on account
  with check ((select app.role()) = 'anonymous' and role in ('seller', 'buyer', 'supplier') and status = 'active');
