-- What a buyer decided on an RFQ, and the contracts that follow from it.

create table award (
  id uuid primary key,
  rfq_id uuid not null references rfq,
  buyer_id uuid not null,
  mode text not null check (mode in ('whole', 'by_line', 'by_share')),
  status text not null check (status in ('standstill', 'contracting', 'contracted', 'cancelled')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- The evaluation and the constraints it was decided on, as they were shown.
  basis jsonb not null,
  justification text not null,
  standstill_until timestamptz not null,
  decided_at timestamptz not null,
  ended_at timestamptz
);
create unique index award_standing on award (rfq_id) where status <> 'cancelled';
create index award_rfq on award (rfq_id, decided_at);
create index award_buyer on award (buyer_id);
create index award_due on award (standstill_until) where status = 'standstill';

create table award_item (
  id uuid primary key,
  award_id uuid not null references award,
  rfq_id uuid not null,
  response_id uuid not null references response,
  -- The offer within the response.
  offer_id text not null,
  supplier_id uuid not null references supplier,
  supplier_owner_id uuid not null,
  buyer_id uuid not null,
  line_id text not null,
  incoterm text not null,
  quantity_kg bigint not null check (quantity_kg > 0),
  price_minor_per_tonne bigint not null check (price_minor_per_tonne > 0),
  amount_minor bigint not null check (amount_minor > 0),
  -- The line of an order it becomes (src/awards/contract.ts).
  line jsonb not null,
  unique (award_id, response_id, line_id)
);
create index award_item_supplier on award_item (supplier_owner_id);
create index award_item_buyer on award_item (buyer_id);

-- What a supplier that responded is told: the award itself is not theirs to see.
create table award_notice (
  id uuid primary key,
  award_id uuid not null references award,
  rfq_id uuid not null,
  response_id uuid not null references response,
  supplier_id uuid not null references supplier,
  supplier_owner_id uuid not null,
  buyer_id uuid not null,
  outcome text not null check (outcome in ('won', 'unsuccessful')),
  -- For each of its offers, its rank and distance or why it was excluded (src/awards/notice.ts).
  reasons jsonb not null,
  standstill_until timestamptz not null,
  created_at timestamptz not null,
  -- Set when the award is taken back.
  revoked_at timestamptz,
  unique (award_id, response_id)
);
create index award_notice_supplier on award_notice (supplier_owner_id, rfq_id);
create index award_notice_buyer on award_notice (buyer_id);

-- A contract between the buyer and one awarded supplier, one for each Incoterm it won with; its order is created when both
-- have signed.
create table contract (
  id uuid primary key,
  award_id uuid not null references award,
  rfq_id uuid not null,
  buyer_id uuid not null,
  supplier_id uuid not null references supplier,
  supplier_owner_id uuid not null,
  status text not null check (status in ('requested', 'issued', 'signed', 'cancelled')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  incoterm text not null,
  -- Everything the order is made of (src/awards/contract.ts).
  terms jsonb not null,
  document_id uuid,
  buyer_signed_at timestamptz,
  seller_signed_at timestamptz,
  deadline_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (award_id, supplier_id, incoterm)
);
create index contract_supplier on contract (supplier_owner_id);
create index contract_buyer on contract (buyer_id);
create index contract_due on contract (deadline_at) where status in ('requested', 'issued');

do $$
declare t text;
begin
  foreach t in array array['award', 'award_item', 'award_notice', 'contract'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using ((select app.role()) = ''system'')', t || '_oversight', t);
    execute format('create policy %I on %I for select using (buyer_id = (select app.user_id()))', t || '_own', t);
  end loop;
  -- A supplier sees what it won, what it is told and what it is to sign.
  foreach t in array array['award_item', 'award_notice', 'contract'] loop
    execute format('create policy %I on %I for select using (supplier_owner_id = (select app.user_id()))', t || '_theirs', t);
  end loop;
end $$;

create policy award_add on award for insert with check (buyer_id = (select app.user_id()) and status = 'standstill');
create policy award_cancel on award for update using (buyer_id = (select app.user_id())) with check (status = 'cancelled');
create policy award_run on award for update using ((select app.role()) = 'system');
-- Not in the policy: it would hide what has moved on from its buyer's locks.
create trigger award_standstill before update on award for each row
  when (app.role() = 'user' and old.status <> 'standstill') execute function refuse_change();

create policy award_item_add on award_item for insert with check (buyer_id = (select app.user_id()));

create policy award_notice_add on award_notice for insert with check (buyer_id = (select app.user_id()));
create policy award_notice_revoke on award_notice for update
  using (buyer_id = (select app.user_id()) or (select app.role()) = 'system');

create policy contract_add on contract for insert with check ((select app.role()) = 'system');
create policy contract_run on contract for update using ((select app.role()) = 'system');

-- What was decided and agreed never changes, only how far it got.
revoke update on award, award_item, award_notice, contract from :app_role;
grant update (status, ended_at) on award to :app_role;
grant update (revoked_at) on award_notice to :app_role;
grant update (status, document_id, buyer_signed_at, seller_signed_at, updated_at) on contract to :app_role;
