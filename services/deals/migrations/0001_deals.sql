-- Companies, holdings, deals, what people offered and committed, and the settlement that moves shares for money.
-- Amounts are minor units of the deal's currency, prices minor units per share, shares whole numbers.

create table company (
  id uuid primary key,
  name text not null unique check (length(name) between 1 and 200),
  legal_name text not null,
  created_at timestamptz not null
);

create table holding (
  id uuid primary key,
  owner_id uuid not null,
  company_id uuid not null references company,
  share_type text not null,
  quantity bigint not null check (quantity >= 0),
  -- Shares set aside for participations; the rest may be offered.
  reserved bigint not null default 0,
  status text not null check (status in ('pending', 'verified', 'rejected')),
  notes text,
  -- Set when the shares were bought in a deal: one holding per buyer, class and deal.
  origin_deal_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (reserved between 0 and quantity),
  unique (owner_id, company_id, share_type, origin_deal_id)
);
create index holding_status on holding (status, id);

create table holding_document (
  document_id uuid primary key,
  holding_id uuid not null references holding,
  owner_id uuid not null,
  file_name text not null,
  sha256 text not null,
  created_at timestamptz not null
);
create index holding_document_holding on holding_document (holding_id);
create index holding_document_owner on holding_document (owner_id);

create table deal (
  id uuid primary key,
  company_id uuid not null references company,
  name text not null,
  target_shares bigint not null check (target_shares > 0),
  price_min_minor bigint not null check (price_min_minor > 0),
  price_max_minor bigint not null,
  -- The clearing price, set by the allocation.
  price_minor bigint,
  currency text not null,
  minimum_ticket_minor bigint not null check (minimum_ticket_minor > 0),
  maximum_ticket_minor bigint not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  status text not null check (status in ('draft', 'open', 'allocated', 'locked', 'settled', 'closed', 'cancelled')),
  created_at timestamptz not null,
  check (price_max_minor >= price_min_minor),
  check (price_minor is null or price_minor between price_min_minor and price_max_minor),
  check (maximum_ticket_minor >= minimum_ticket_minor),
  check (closes_at > opens_at)
);
create index deal_status on deal (status, id);

create table participation (
  id uuid primary key,
  deal_id uuid not null references deal,
  seller_id uuid not null,
  holding_id uuid not null references holding,
  share_type text not null,
  requested_shares bigint not null check (requested_shares > 0),
  minimum_price_minor bigint,
  approved_shares bigint check (approved_shares between 1 and requested_shares),
  allocated_shares bigint not null default 0 check (allocated_shares between 0 and coalesce(approved_shares, 0)),
  proceeds_minor bigint not null default 0,
  -- Part of the holding's reserved shares that belongs to this participation.
  reserved_shares bigint not null check (reserved_shares >= 0),
  status text not null,
  notes text,
  -- The terms the seller accepted, at submitted_at.
  terms_version text not null,
  submitted_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index participation_active on participation (deal_id, holding_id)
  where status not in ('withdrawn', 'rejected', 'cancelled');
create index participation_seller on participation (seller_id);
create index participation_holding on participation (holding_id);

create table commitment (
  id uuid primary key,
  deal_id uuid not null references deal,
  buyer_id uuid not null,
  accreditation_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  allocated_shares bigint not null default 0 check (allocated_shares >= 0),
  allocated_minor bigint not null default 0 check (allocated_minor between 0 and amount_minor),
  status text not null,
  notes text,
  -- The terms and risk disclosures the buyer accepted, at submitted_at.
  terms_version text not null,
  submitted_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index commitment_active on commitment (deal_id, buyer_id)
  where status not in ('withdrawn', 'rejected', 'cancelled');
create index commitment_buyer on commitment (buyer_id);

-- What happened to a deal, participation or commitment, as its people see it.
create table timeline (
  id uuid primary key,
  deal_id uuid not null,
  subject_type text not null check (subject_type in ('deal', 'participation', 'commitment')),
  subject_id uuid not null,
  -- Whose it is; null for the deal's own steps, which everybody may see.
  user_id uuid,
  status text not null,
  note text,
  at timestamptz not null
);
create index timeline_deal on timeline (deal_id, at);
create index timeline_user on timeline (user_id);

create table settlement (
  deal_id uuid primary key references deal,
  id uuid not null unique,
  state text not null check (state in
    ('agreements_requested', 'signing', 'funding', 'releasing', 'paying_out', 'settled', 'cancelled')),
  deadline_at timestamptz,
  blocked_reason text,
  started_at timestamptz not null,
  updated_at timestamptz not null
);
create index settlement_deadline on settlement (deadline_at) where deadline_at is not null;

-- One purchase between one seller and one buyer.
create table agreement (
  id uuid primary key,
  deal_id uuid not null references deal,
  participation_id uuid not null references participation,
  commitment_id uuid not null references commitment,
  seller_id uuid not null,
  buyer_id uuid not null,
  share_type text not null,
  shares bigint not null check (shares > 0),
  amount_minor bigint not null check (amount_minor > 0),
  document_id uuid,
  seller_signed_at timestamptz,
  buyer_signed_at timestamptz,
  unique (participation_id, commitment_id)
);
create index agreement_deal on agreement (deal_id);
create index agreement_seller on agreement (seller_id);
create index agreement_buyer on agreement (buyer_id);

-- Shares that changed hands, once per agreement.
create table share_movement (
  agreement_id uuid primary key references agreement,
  deal_id uuid not null,
  from_holding_id uuid not null references holding,
  to_holding_id uuid not null references holding,
  seller_id uuid not null,
  buyer_id uuid not null,
  shares bigint not null check (shares > 0),
  at timestamptz not null
);
create index share_movement_deal on share_movement (deal_id);
create index share_movement_seller on share_movement (seller_id);
create index share_movement_buyer on share_movement (buyer_id);

-- Something a person must look at: a missed deadline, an ineligible buyer.
create table incident (
  id uuid primary key,
  deal_id uuid not null references deal,
  kind text not null,
  detail text not null,
  at timestamptz not null,
  resolved_at timestamptz
);
create unique index incident_open on incident (deal_id, kind) where resolved_at is null;

do $$
declare t text;
begin
  foreach t in array array['company', 'holding', 'holding_document', 'deal', 'participation', 'commitment', 'timeline',
    'settlement', 'agreement', 'share_movement', 'incident'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- Operators and the service's own reactions see all but what only people read; writing is granted one by one below.
  foreach t in array array['company', 'holding', 'deal', 'participation', 'commitment', 'settlement', 'agreement',
    'share_movement', 'incident'] loop
    execute format('create policy %I on %I for select using ((select app.role()) in (''operator'', ''system''))', t || '_oversight', t);
  end loop;
end $$;

-- A policy cannot compare a row with what it was, so what people may not change of their own rows is refused here.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'its owner may not change this of a %', tg_table_name using errcode = '42501';
end $$;

create policy company_read on company for select using ((select app.role()) in ('user', 'service', 'anonymous'));
create policy company_add on company for insert with check ((select app.role()) = 'operator');

create policy holding_own on holding for select using (owner_id = (select app.user_id()));
create policy holding_add on holding for insert
  with check (owner_id = (select app.user_id()) and status = 'pending' and origin_deal_id is null);
create policy holding_buy on holding for insert
  with check ((select app.role()) = 'system' and status = 'verified' and origin_deal_id is not null);
create policy holding_reserve on holding for update using (owner_id = (select app.user_id()));
create policy holding_review on holding for update using ((select app.role()) in ('operator', 'system'));
create trigger holding_facts before update of quantity, status, notes on holding for each row
  when (app.role() = 'user') execute function refuse_change();

create policy holding_document_read on holding_document for select using ((select app.role()) = 'operator');
create policy holding_document_own on holding_document for select using (owner_id = (select app.user_id()));
create policy holding_document_add on holding_document for insert with check (owner_id = (select app.user_id()));

create policy deal_read on deal for select using (status <> 'draft' and (select app.role()) in ('user', 'service'));
create policy deal_add on deal for insert with check ((select app.role()) = 'operator' and status = 'draft');
create policy deal_run on deal for update using ((select app.role()) = 'operator');
create policy deal_settle on deal for update using ((select app.role()) = 'system') with check (status = 'settled');

create policy participation_own on participation for select using (seller_id = (select app.user_id()));
create policy participation_add on participation for insert
  with check (seller_id = (select app.user_id()) and status = 'submitted');
create policy participation_withdraw on participation for update using (seller_id = (select app.user_id())) with check (status = 'withdrawn');
create policy participation_run on participation for update using ((select app.role()) in ('operator', 'system'));
-- Not in the policy: it would hide decided rows from their sellers' locks.
create trigger participation_withdrawal before update on participation for each row
  when (app.role() = 'user' and old.status not in ('submitted', 'verified', 'approved')) execute function refuse_change();

create policy commitment_own on commitment for select using (buyer_id = (select app.user_id()));
create policy commitment_add on commitment for insert
  with check (buyer_id = (select app.user_id()) and status = 'submitted');
create policy commitment_withdraw on commitment for update using (buyer_id = (select app.user_id())) with check (status = 'withdrawn');
create policy commitment_run on commitment for update using ((select app.role()) in ('operator', 'system'));
-- Not in the policy: it would hide decided rows from their buyers' locks.
create trigger commitment_withdrawal before update on commitment for each row
  when (app.role() = 'user' and old.status not in ('submitted', 'approved')) execute function refuse_change();

create policy timeline_read on timeline for select using ((select app.role()) = 'operator');
create policy timeline_own on timeline for select
  using (user_id = (select app.user_id()) or (user_id is null and (select app.role()) = 'user'));
create policy timeline_step on timeline for insert
  with check (user_id = (select app.user_id()) and status in ('submitted', 'withdrawn'));
create policy timeline_add on timeline for insert with check ((select app.role()) in ('operator', 'system'));

create policy settlement_start on settlement for insert with check ((select app.role()) = 'operator');
create policy settlement_run on settlement for update using ((select app.role()) in ('operator', 'system'));

create policy agreement_own on agreement for select
  using (seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy agreement_add on agreement for insert with check ((select app.role()) = 'operator');
create policy agreement_run on agreement for update using ((select app.role()) = 'system');

create policy share_movement_own on share_movement for select
  using (seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy share_movement_add on share_movement for insert with check ((select app.role()) = 'system');

create policy incident_raise on incident for insert with check ((select app.role()) in ('operator', 'system'));
create policy incident_resolve on incident for update using ((select app.role()) in ('operator', 'system'));

-- Whose a row is and what was agreed never changes, only how far it got.
revoke update on company, holding, holding_document, deal, participation, commitment, timeline, settlement, agreement,
  share_movement, incident from :app_role;
grant update (quantity, reserved, status, notes, updated_at) on holding to :app_role;
grant update (status, price_minor) on deal to :app_role;
grant update (status, notes, approved_shares, allocated_shares, proceeds_minor, reserved_shares, updated_at) on participation
  to :app_role;
grant update (status, notes, allocated_shares, allocated_minor, updated_at) on commitment to :app_role;
grant update (state, deadline_at, blocked_reason, updated_at) on settlement to :app_role;
grant update (document_id, seller_signed_at, buyer_signed_at) on agreement to :app_role;
grant update (resolved_at) on incident to :app_role;
