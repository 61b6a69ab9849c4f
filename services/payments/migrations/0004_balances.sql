-- What bidders keep with us, and the deposits that are held of it. A balance's money is an escrow of its own, under the
-- balance's id as deal and commitment; a deposit is a hold on it.

create table balance (
  id uuid primary key,
  user_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  unique (user_id, currency)
);

create table deposit (
  id uuid primary key,
  balance_id uuid not null references balance,
  user_id uuid not null,
  auction_id uuid not null,
  hold_id uuid not null references hold,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('held', 'released', 'applied', 'forfeited')),
  -- Whose escrow it was applied to.
  order_id uuid,
  placed_at timestamptz not null,
  ended_at timestamptz,
  check ((status = 'held') = (ended_at is null))
);
create unique index deposit_standing on deposit (auction_id, user_id) where status <> 'released';
create index deposit_user on deposit (user_id, id);
create index deposit_balance on deposit (balance_id);

alter table balance enable row level security;
alter table balance force row level security;
alter table deposit enable row level security;
alter table deposit force row level security;

create policy balance_own on balance for select using (user_id = (select app.user_id()));
create policy balance_read on balance for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy balance_open on balance for insert with check ((select app.role()) = 'system');
create policy deposit_own on deposit for select using (user_id = (select app.user_id()));
create policy deposit_read on deposit for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy deposit_place on deposit for insert with check ((select app.role()) = 'service' and status = 'held');
create policy deposit_end on deposit for update using ((select app.role()) = 'system');

revoke update on balance, deposit from :app_role;
grant update (status, order_id, ended_at) on deposit to :app_role;

-- A top-up comes in like a funding, but there may be many, and nothing is held of it.
alter table payment drop constraint payment_purpose_check;
alter table payment add constraint payment_purpose_check check (purpose in ('funding', 'top_up', 'payout', 'refund'));
alter table payment drop constraint payment_check1;
alter table payment add constraint payment_incoming check ((type = 'incoming') = (purpose in ('funding', 'top_up')));

alter policy payment_add on payment with check ((select app.role()) = 'system'
  or ((select app.role()) = 'service' and purpose in ('payout', 'refund')) or ((select app.role()) = 'operator' and purpose = 'refund'));

-- A deposit that is applied arrives at an order as a wire would.
create policy payment_apply on payment for update using ((select app.role()) = 'system') with check (purpose = 'funding');
create policy wire_apply on wire for insert with check ((select app.role()) = 'system' and recorded_by = (select app.actor()));
