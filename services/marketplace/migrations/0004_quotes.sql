-- Direct quotes: one buyer and one supplier in turns, each offer firm until it expires, a bounded number of rounds.

create table quote (
  id uuid primary key,
  buyer_id uuid not null,
  supplier_id uuid not null references supplier,
  supplier_owner_id uuid not null,
  product_id uuid not null references product,
  currency text not null,
  quantity_kg bigint not null check (quantity_kg > 0),
  status text not null check (status in ('requested', 'quoted', 'countered', 'accepted', 'declined', 'cancelled', 'expired')),
  -- Offers made so far; none may exceed the maximum.
  round int not null default 0,
  rounds_max int not null check (rounds_max between 1 and 10),
  -- Whose move it is.
  turn text not null check (turn in ('supplier', 'buyer', 'nobody')),
  expires_at timestamptz not null,
  request jsonb not null,
  order_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index quote_buyer on quote (buyer_id, id);
create index quote_supplier on quote (supplier_owner_id, id);
create index quote_due on quote (expires_at) where status in ('requested', 'quoted', 'countered');

create table quote_offer (
  quote_id uuid not null references quote,
  round int not null,
  buyer_id uuid not null,
  supplier_owner_id uuid not null,
  made_by text not null check (made_by in ('supplier', 'buyer')),
  price_minor_per_tonne bigint not null check (price_minor_per_tonne > 0),
  quantity_kg bigint not null check (quantity_kg > 0),
  terms jsonb not null,
  valid_until timestamptz not null,
  made_at timestamptz not null,
  primary key (quote_id, round)
);
create index quote_offer_buyer on quote_offer (buyer_id);
create index quote_offer_supplier on quote_offer (supplier_owner_id);

do $$
declare t text;
begin
  foreach t in array array['quote', 'quote_offer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()))', t || '_own', t);
    execute format('create policy %I on %I for select using ((select app.role()) = ''operator'')', t || '_oversight', t);
  end loop;
end $$;

-- A policy cannot compare a row with what it was, so what must not change any more is refused here.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'this of a % may not be changed', tg_table_name using errcode = '42501';
end $$;

create policy quote_ask on quote for insert with check (buyer_id = (select app.user_id()) and status = 'requested');
create policy quote_move on quote for update
  using (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()));
create policy quote_due on quote for select using ((select app.role()) = 'system');
create policy quote_expire on quote for update using ((select app.role()) = 'system') with check (status = 'expired');
-- Not in the policy: it would hide ended quotes from their people's locks.
create trigger quote_ending before update on quote for each row
  when (old.status not in ('requested', 'quoted', 'countered')) execute function refuse_change();

create policy quote_offer_make on quote_offer for insert with check
  (made_by = 'buyer' and buyer_id = (select app.user_id())
    or made_by = 'supplier' and supplier_owner_id = (select app.user_id()));

-- What was asked never changes, nor an offer once made.
revoke update on quote, quote_offer from :app_role;
grant update (status, round, turn, expires_at, order_id, updated_at) on quote to :app_role;
