-- Escrows of deals, payments people owe or are owed, and the wires that settled them.

create table escrow (
  id uuid primary key,
  deal_id uuid not null unique,
  deal_name text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('open', 'released', 'cancelled')),
  opened_at timestamptz not null,
  released_at timestamptz,
  cancelled_at timestamptz
);

create table payment (
  id uuid primary key,
  deal_id uuid not null references escrow (deal_id),
  user_id uuid not null,
  type text not null check (type in ('incoming', 'outgoing')),
  purpose text not null check (purpose in ('funding', 'payout', 'refund')),
  commitment_id uuid,
  participation_id uuid,
  amount_minor bigint not null check (amount_minor > 0),
  confirmed_minor bigint not null default 0 check (confirmed_minor between 0 and amount_minor),
  -- Received above the amount, or after the deal was cancelled: on its way back as a refund of its own.
  surplus_minor bigint not null default 0 check (surplus_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('pending', 'partial', 'confirmed', 'cancelled')),
  reference text not null unique,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  check ((type = 'incoming') = (purpose = 'funding')),
  check ((purpose = 'payout') = (participation_id is not null)),
  check ((purpose <> 'payout') = (commitment_id is not null)),
  check ((status = 'confirmed') = (confirmed_at is not null)),
  check (status <> 'confirmed' or confirmed_minor = amount_minor)
);
create unique index payment_funding_once on payment (deal_id, commitment_id) where purpose = 'funding';
create index payment_user on payment (user_id, id);
create index payment_deal on payment (deal_id, id);

create table wire (
  id uuid primary key,
  payment_id uuid not null references payment (id),
  user_id uuid not null,
  wire_reference text not null,
  -- Trimmed and upper case: banks change the case.
  wire_key text not null,
  amount_minor bigint not null check (amount_minor > 0),
  surplus_minor bigint not null check (surplus_minor between 0 and amount_minor),
  match text not null check (match in ('short', 'exact', 'over', 'duplicate', 'sent')),
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
-- A wire of the bank counts once, whatever it was booked against.
create unique index wire_counts_once on wire (wire_key) where match <> 'duplicate';
create index wire_payment on wire (payment_id, id);
create index wire_user on wire (user_id);

-- The pivot of a deal: at most one row, ever.
create table escrow_release (
  deal_id uuid primary key references escrow (deal_id),
  content_hash bytea not null,
  amount_minor bigint not null check (amount_minor > 0),
  released_at timestamptz not null
);

-- What rpcs answered, by caller and key, so that a repeated call has no second effect.
create table rpc_answer (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  response bytea not null,
  answered_at timestamptz not null,
  primary key (caller, key)
);

alter table escrow enable row level security;
alter table escrow force row level security;
alter table payment enable row level security;
alter table payment force row level security;
alter table wire enable row level security;
alter table wire force row level security;
alter table escrow_release enable row level security;
alter table escrow_release force row level security;
alter table rpc_answer enable row level security;
alter table rpc_answer force row level security;

create policy escrow_read on escrow for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy escrow_open on escrow for insert with check ((select app.role()) in ('service', 'system'));
create policy escrow_run on escrow for update using ((select app.role()) in ('service', 'system'));
-- Whoever sees one may lock it, as booking a wire does; this alone changes nothing.
create policy escrow_lock on escrow for update using (true) with check (false);

create policy payment_read on payment for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy payment_own on payment for select using (user_id = (select app.user_id()));
-- An operator books wires and gives back what came too much; whom to pay follows from settlements only.
create policy payment_add on payment for insert with check ((select app.role()) = 'system'
  or ((select app.role()) = 'service' and purpose <> 'funding') or ((select app.role()) = 'operator' and purpose = 'refund'));
create policy payment_book on payment for update using ((select app.role()) = 'operator');
create policy payment_cancel on payment for update using ((select app.role()) = 'system') with check (status = 'cancelled');

create policy wire_read on wire for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy wire_own on wire for select using (user_id = (select app.user_id()));
create policy wire_book on wire for insert
  with check ((select app.role()) = 'operator' and recorded_by = (select app.actor()));

create policy escrow_release_read on escrow_release for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy escrow_release_write on escrow_release for insert with check ((select app.role()) in ('service', 'system'));
create policy rpc_answer_own on rpc_answer using ((select app.role()) = 'service' and caller = (select app.actor()));

-- Who owes what to whom never changes, only how far it got.
revoke update on escrow, payment, wire, escrow_release, rpc_answer from :app_role;
grant update (status, released_at, cancelled_at) on escrow to :app_role;
grant update (status, confirmed_minor, surplus_minor, confirmed_at) on payment to :app_role;
