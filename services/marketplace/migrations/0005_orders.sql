-- Orders, their deliveries and disputes. Escrow is at payments under the order's id; a delivery is a part of it.
-- What an order is worth: amount_minor. What was asked into escrow: escrow_minor (the amount plus the quantity tolerance).

create table purchase_order (
  id uuid primary key,
  source text not null check (source in ('rfq', 'quote')),
  -- The contract or the quote.
  source_id uuid not null unique,
  rfq_id uuid,
  title text not null,
  buyer_id uuid not null,
  supplier_id uuid not null references supplier,
  supplier_owner_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  escrow_minor bigint not null check (escrow_minor >= amount_minor),
  released_minor bigint not null default 0 check (released_minor >= 0),
  refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  status text not null check (status in
    ('confirmed', 'funded', 'shipped', 'delivered', 'inspected', 'accepted', 'released', 'disputed', 'cancelled')),
  incoterm text not null,
  place text not null,
  quantity_tolerance_ppm int not null check (quantity_tolerance_ppm between 0 and 200000),
  inspection_days int not null check (inspection_days between 0 and 90),
  -- By when it must be funded or shipped; then an incident is raised. Deliveries have deadlines of their own.
  deadline_at timestamptz,
  funded_at timestamptz,
  -- A cancelled order's money is on its way back from here.
  refund_started_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (released_minor + refunded_minor <= escrow_minor)
);
create index purchase_order_buyer on purchase_order (buyer_id, id);
create index purchase_order_supplier on purchase_order (supplier_owner_id, id);
create index purchase_order_status on purchase_order (status, id);
create index purchase_order_due on purchase_order (deadline_at) where deadline_at is not null;

create table order_line (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  buyer_id uuid not null,
  supplier_owner_id uuid not null,
  line_id text not null,
  title text not null,
  product_type text not null,
  grade text not null,
  -- The limits agreed, and the price adjustment rules: [{ analyte, referencePpb, stepPpb, minorPerTonnePerStep }].
  limits jsonb not null,
  adjustments jsonb not null,
  basis text not null check (basis in ('dry', 'wet')),
  quantity_kg bigint not null check (quantity_kg > 0),
  price_minor_per_tonne bigint not null check (price_minor_per_tonne > 0),
  amount_minor bigint not null check (amount_minor > 0),
  deliver_from timestamptz not null,
  deliver_to timestamptz not null,
  unique (order_id, line_id)
);
create index order_line_buyer on order_line (buyer_id);
create index order_line_supplier on order_line (supplier_owner_id);

create table delivery (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  buyer_id uuid not null,
  supplier_owner_id uuid not null,
  sequence int not null,
  -- What is on the way, on each line's basis: [{ lineId, massKg }].
  items jsonb not null,
  -- The part of the escrow that no other delivery may take.
  reserved_minor bigint not null check (reserved_minor >= 0),
  -- No further delivery follows.
  final boolean not null,
  carrier text not null,
  tracking text not null,
  status text not null check (status in ('shipped', 'delivered', 'inspected', 'accepted', 'releasing', 'released', 'disputed')),
  -- What was found: [{ lineId, wetKg, moisturePpb, assay }].
  inspection jsonb,
  -- How the amount came about, term by term, as both sides see it.
  settlement jsonb,
  payable_minor bigint check (payable_minor >= 0),
  -- What was asked of escrow in the end, and then what it did.
  release_minor bigint check (release_minor >= 0),
  refund_minor bigint check (refund_minor >= 0),
  shipped_at timestamptz not null,
  delivered_at timestamptz,
  inspected_at timestamptz,
  accepted_at timestamptz,
  released_at timestamptz,
  paid_at timestamptz,
  -- By when its status must move on: it is then accepted as it is, or an incident is raised.
  deadline_at timestamptz,
  unique (order_id, sequence)
);
create index delivery_buyer on delivery (buyer_id);
create index delivery_supplier on delivery (supplier_owner_id);
create index delivery_due on delivery (deadline_at) where deadline_at is not null;

create table order_document (
  document_id uuid primary key,
  order_id uuid not null references purchase_order,
  delivery_id uuid references delivery,
  buyer_id uuid not null,
  supplier_owner_id uuid not null,
  uploader_id uuid not null,
  kind text not null check (kind in ('bill_of_lading', 'certificate_of_analysis', 'packing_list', 'invoice', 'inspection_report', 'evidence', 'other')),
  file_name text not null,
  sha256 text not null,
  created_at timestamptz not null
);
create index order_document_order on order_document (order_id);
create index order_document_buyer on order_document (buyer_id);
create index order_document_supplier on order_document (supplier_owner_id);

create table dispute (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  delivery_id uuid not null references delivery,
  buyer_id uuid not null,
  supplier_owner_id uuid not null,
  opened_by text not null check (opened_by in ('buyer', 'supplier')),
  reason text not null check (length(reason) between 1 and 4000),
  status text not null check (status in ('open', 'resolved', 'withdrawn')),
  -- What one side proposes to release; the other may accept it.
  proposed_release_minor bigint check (proposed_release_minor >= 0),
  proposed_by text check (proposed_by in ('buyer', 'supplier')),
  release_minor bigint check (release_minor >= 0),
  refund_minor bigint check (refund_minor >= 0),
  resolved_by text check (resolved_by in ('agreement', 'operator')),
  resolution text,
  opened_at timestamptz not null,
  resolved_at timestamptz
);
create unique index dispute_open on dispute (delivery_id) where status = 'open';
create index dispute_order on dispute (order_id);
create index dispute_status on dispute (status, id);
create index dispute_buyer on dispute (buyer_id);
create index dispute_supplier on dispute (supplier_owner_id);

-- What happened to an order, as its two sides see it.
create table order_step (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  delivery_id uuid,
  buyer_id uuid not null,
  supplier_owner_id uuid not null,
  status text not null,
  note text,
  at timestamptz not null
);
create index order_step_order on order_step (order_id, at);
create index order_step_buyer on order_step (buyer_id);
create index order_step_supplier on order_step (supplier_owner_id);

-- A deadline that passed; resolved when what was late has left the status it was late in.
create table order_incident (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  delivery_id uuid references delivery,
  kind text not null check (kind in ('deadline_missed')),
  status text not null,
  detail text not null,
  at timestamptz not null,
  resolved_at timestamptz
);
create unique index order_incident_open on order_incident (order_id, delivery_id, kind) nulls not distinct
  where resolved_at is null;

do $$
declare t text;
begin
  foreach t in array array['purchase_order', 'order_line', 'delivery', 'order_document', 'dispute', 'order_step'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()))', t || '_own', t);
    execute format('create policy %I on %I for select using ((select app.role()) = ''operator'')', t || '_oversight', t);
  end loop;
  -- Reactions and timers work with these; the others they only write.
  foreach t in array array['purchase_order', 'order_line', 'delivery'] loop
    execute format('create policy %I on %I for select using ((select app.role()) = ''system'')', t || '_work', t);
  end loop;
end $$;
alter table order_incident enable row level security;
alter table order_incident force row level security;

-- A contract becomes an order by a reaction, a quote by whoever accepts it: the buyer or the supplier.
create policy purchase_order_add on purchase_order for insert with check (status = 'confirmed'
  and (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()) or (select app.role()) = 'system'));
create policy purchase_order_move on purchase_order for update
  using (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()));
create policy purchase_order_run on purchase_order for update using ((select app.role()) in ('operator', 'system'));
-- What escrow did is for payments to say.
create trigger purchase_order_money before update on purchase_order for each row
  when (app.role() in ('user', 'operator')
    and ((old.released_minor, old.refunded_minor, old.funded_at, old.refund_started_at)
      is distinct from (new.released_minor, new.refunded_minor, new.funded_at, new.refund_started_at)
      or old.status <> new.status and new.status in ('funded', 'released')))
  execute function refuse_change();

create policy order_line_add on order_line for insert with check
  (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()) or (select app.role()) = 'system');

create policy delivery_ship on delivery for insert
  with check (supplier_owner_id = (select app.user_id()) and status = 'shipped');
create policy delivery_move on delivery for update
  using (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()));
create policy delivery_run on delivery for update using ((select app.role()) in ('operator', 'system'));
-- A supplier contradicts or agrees in a dispute; what arrived is for the buyer to say, what was paid for payments.
create trigger delivery_progress before update on delivery for each row
  when (app.role() in ('user', 'operator') and (old.released_at, old.paid_at) is distinct from (new.released_at, new.paid_at)
    or app.role() = 'user' and (new.status = 'released' or old.status in ('releasing', 'released'))
    or app.user_id() = old.supplier_owner_id and app.role() = 'user' and new.status <> 'disputed' and old.status <> 'disputed')
  execute function refuse_change();

create policy order_document_add on order_document for insert with check (uploader_id = (select app.user_id()));

create policy dispute_open on dispute for insert with check (status = 'open'
  and (opened_by = 'buyer' and buyer_id = (select app.user_id())
    or opened_by = 'supplier' and supplier_owner_id = (select app.user_id())));
create policy dispute_move on dispute for update
  using (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id()));
create policy dispute_resolve on dispute for update using ((select app.role()) = 'operator');
create trigger dispute_ending before update on dispute for each row
  when (old.status <> 'open' or app.role() = 'user' and new.resolved_by = 'operator') execute function refuse_change();

create policy order_step_add on order_step for insert with check
  (buyer_id = (select app.user_id()) or supplier_owner_id = (select app.user_id())
    or (select app.role()) in ('operator', 'system'));

create policy order_incident_read on order_incident for select using ((select app.role()) in ('operator', 'system'));
create policy order_incident_raise on order_incident for insert with check ((select app.role()) = 'system');
create policy order_incident_resolve on order_incident for update using ((select app.role()) = 'system');

-- What was agreed and what was shipped never changes, only how far it got.
revoke update on purchase_order, order_line, delivery, order_document, dispute, order_step, order_incident from :app_role;
grant update (status, released_minor, refunded_minor, deadline_at, funded_at, refund_started_at, updated_at)
  on purchase_order to :app_role;
grant update (status, inspection, settlement, payable_minor, release_minor, refund_minor, delivered_at, inspected_at,
  accepted_at, released_at, paid_at, deadline_at) on delivery to :app_role;
grant update (status, proposed_release_minor, proposed_by, release_minor, refund_minor, resolved_by, resolution, resolved_at)
  on dispute to :app_role;
grant update (resolved_at) on order_incident to :app_role;
