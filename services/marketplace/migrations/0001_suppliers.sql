-- Suppliers, what they prove, what they sell, and what their buyers say of them.
-- Prices are minor units per tonne, mass whole kilograms, content parts per billion.

-- array_to_string is only as stable as the output of the element's type; of text it is immutable.
create function words(list text[]) returns text language sql immutable as $$ select array_to_string(list, ' ') $$;

create table supplier (
  id uuid primary key,
  owner_id uuid not null unique,
  legal_name text not null check (length(legal_name) between 1 and 200),
  country text not null,
  about text not null default '',
  website text,
  -- Countries it delivers to.
  regions text[] not null default '{}',
  incoterms text[] not null default '{}',
  capabilities text[] not null default '{}',
  status text not null check (status in ('draft', 'submitted', 'verified', 'rejected', 'suspended')),
  notes text,
  submitted_at timestamptz,
  decided_at timestamptz,
  -- Orders released to it, counted again when one is.
  delivered_orders int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  search tsvector not null
    generated always as (to_tsvector('english', legal_name || ' ' || about || ' ' || words(capabilities))) stored,
  unique (id, owner_id)
);
create index supplier_status on supplier (status, id);

create table supplier_certificate (
  id uuid primary key,
  supplier_id uuid not null,
  owner_id uuid not null,
  -- ISO9001, ISO14001, IATF16949, IRMA, REACH, …
  kind text not null,
  number text not null,
  issued_by text not null,
  valid_from date not null,
  expires_on date not null check (expires_on > valid_from),
  document_id uuid,
  -- What its supplier is; kept by follow_supplier().
  supplier_verified boolean not null default false,
  created_at timestamptz not null,
  foreign key (supplier_id, owner_id) references supplier (id, owner_id),
  unique (supplier_id, kind, number)
);
create index supplier_certificate_owner on supplier_certificate (owner_id);

create table supplier_document (
  document_id uuid primary key,
  supplier_id uuid not null,
  owner_id uuid not null,
  kind text not null,
  file_name text not null,
  sha256 text not null,
  created_at timestamptz not null,
  foreign key (supplier_id, owner_id) references supplier (id, owner_id)
);
create index supplier_document_supplier on supplier_document (supplier_id);
create index supplier_document_owner on supplier_document (owner_id);

create table product (
  id uuid primary key,
  supplier_id uuid not null,
  owner_id uuid not null,
  product_type text not null,
  grade text not null,
  title text not null check (length(title) between 1 and 200),
  description text not null default '',
  -- What it contains: [{ analyte, ppb }].
  assay jsonb not null default '[]',
  basis text not null default 'dry' check (basis in ('dry', 'wet')),
  packaging text not null default '',
  origin_country text not null,
  min_lot_kg bigint not null check (min_lot_kg > 0),
  capacity_kg_per_month bigint not null check (capacity_kg_per_month >= 0),
  currency text,
  indicative_price_minor_per_tonne bigint check (indicative_price_minor_per_tonne > 0),
  status text not null check (status in ('listed', 'unlisted')),
  -- What its supplier is called and is; kept by follow_supplier().
  supplier_name text not null default '',
  supplier_verified boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- For everybody who is signed in.
  visible boolean not null generated always as (status = 'listed' and supplier_verified) stored,
  -- What is searched by equality; values of different kinds never look alike.
  facets text[] not null generated always as (array[product_type, grade, origin_country]) stored,
  search tsvector not null generated always as (to_tsvector('english',
    title || ' ' || supplier_name || ' ' || replace(product_type, '_', ' ') || ' ' || grade || ' ' || packaging || ' ' || description)) stored,
  foreign key (supplier_id, owner_id) references supplier (id, owner_id),
  check ((currency is null) = (indicative_price_minor_per_tonne is null))
);
create index product_supplier on product (supplier_id, product_type, grade);
create index product_owner on product (owner_id);
create index product_kind on product (product_type, grade);
create index product_visible on product (id) where visible;
create index product_lot on product (min_lot_kg) where visible;
create index product_search on product using gin (search, facets) with (fastupdate = off) where visible;

-- One per delivered order.
create table review (
  id uuid primary key,
  order_id uuid not null unique,
  supplier_id uuid not null references supplier,
  author_id uuid not null,
  rating int not null check (rating between 1 and 5),
  quality int not null check (quality between 1 and 5),
  delivery int not null check (delivery between 1 and 5),
  communication int not null check (communication between 1 and 5),
  text text not null default '' check (length(text) <= 4000),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
-- Averages are read from the index alone.
create index review_supplier on review (supplier_id, id) include (rating, quality, delivery, communication);
create index review_author on review (author_id);

do $$
declare t text;
begin
  foreach t in array array['supplier', 'supplier_certificate', 'supplier_document', 'product', 'review'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['supplier', 'supplier_certificate', 'supplier_document', 'product'] loop
    execute format('create policy %I on %I for select using ((select app.role()) in (''operator'', ''system''))', t || '_oversight', t);
    execute format('create policy %I on %I for select using (owner_id = (select app.user_id()))', t || '_own', t);
  end loop;
end $$;

-- A policy cannot compare a row with what it was, so what people may not change of their own rows is refused here.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'its owner may not change this of a %', tg_table_name using errcode = '42501';
end $$;

-- Certificates and products say themselves what their supplier is, because a policy may not look into another table.
-- Whatever a statement writes there, the supplier's row decides. It is locked, so that a supplier who is suspended at this
-- moment does not leave behind a row that was added meanwhile.
create function follow_supplier() returns trigger language plpgsql as $$
declare its supplier;
begin
  select * into its from supplier where id = new.supplier_id for share;
  new.supplier_verified := coalesce(its.status = 'verified', false);
  if tg_table_name = 'product' then
    new.supplier_name := coalesce(its.legal_name, '');
  end if;
  return new;
end $$;

create policy supplier_read on supplier for select using (status = 'verified' and (select app.role()) = 'user');
create policy supplier_add on supplier for insert
  with check (owner_id = (select app.user_id()) and status = 'draft' and delivered_orders = 0);
create policy supplier_change on supplier for update using (owner_id = (select app.user_id()));
create policy supplier_run on supplier for update using ((select app.role()) in ('operator', 'system'));
-- Whom an operator verified, or looks at, stays who it is.
create trigger supplier_identity before update of legal_name, country on supplier for each row
  when (app.role() = 'user' and old.status not in ('draft', 'rejected')
    and (new.legal_name, new.country) is distinct from (old.legal_name, old.country)) execute function refuse_change();
create trigger supplier_progress before update of status on supplier for each row
  when (app.role() = 'user' and new.status is distinct from old.status
    and not (old.status in ('draft', 'rejected') and new.status = 'submitted')) execute function refuse_change();
create trigger supplier_facts before update of notes, decided_at, delivered_orders on supplier for each row
  when (app.role() = 'user') execute function refuse_change();

create policy supplier_certificate_read on supplier_certificate for select
  using (supplier_verified and (select app.role()) = 'user');
create policy supplier_certificate_add on supplier_certificate for insert with check (owner_id = (select app.user_id()));
create policy supplier_certificate_run on supplier_certificate for update using ((select app.role()) = 'operator');
create trigger supplier_certificate_supplier before insert or update on supplier_certificate for each row
  execute function follow_supplier();

create policy supplier_document_add on supplier_document for insert with check (owner_id = (select app.user_id()));

create policy product_read on product for select using (visible and (select app.role()) = 'user');
create policy product_add on product for insert with check (owner_id = (select app.user_id()));
create policy product_change on product for update using (owner_id = (select app.user_id()));
create policy product_run on product for update using ((select app.role()) = 'operator');
create trigger product_supplier before insert or update of supplier_name, supplier_verified on product for each row
  execute function follow_supplier();
-- search_products() runs as the owner, to whom FORCE applies policies too.
create policy product_find on product for select to current_role using (true);

create policy review_read on review for select using ((select app.role()) is not null);
create policy review_add on review for insert with check (author_id = (select app.user_id()));
create policy review_change on review for update using (author_id = (select app.user_id()));

-- The newest visible products that match, by id downwards. Definer, because under a policy the planner may not look up a
-- text search in its index, and reads all rows instead. It answers ids of what everybody who is signed in may see.
-- First the newest few thousand are read in order: what many products match is found there at once. What fewer match is
-- looked up in the indexes and sorted. The planner would choose between the two by guessing how filters go together.
create function search_products(words text, wanted_facets text[], suppliers uuid[], lot_kg bigint, before uuid, most int)
returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  query tsquery := websearch_to_tsquery('english', words);
  newest uuid[];
begin
  newest := array(
    select p.id
    from (select * from product where visible and (before is null or id < before) order by id desc limit 3000) p
    where (query is null or p.search @@ query) and p.facets @> wanted_facets
      and (suppliers is null or p.supplier_id = any (suppliers)) and (lot_kg is null or p.min_lot_kg <= lot_kg)
    order by p.id desc limit most);
  if cardinality(newest) = most then
    return query select unnest(newest);
  else
    return query
      with matching as materialized (
        select p.id from product p
        where p.visible and (before is null or p.id < before)
          and (query is null or p.search @@ query) and (wanted_facets = '{}' or p.facets @> wanted_facets)
          and (suppliers is null or p.supplier_id = any (suppliers)) and (lot_kg is null or p.min_lot_kg <= lot_kg))
      select m.id from matching m order by m.id desc limit most;
  end if;
end $$;
revoke all on function search_products(text, text[], uuid[], bigint, uuid, int) from public;
grant execute on function search_products(text, text[], uuid[], bigint, uuid, int) to :app_role;

-- Whose a row is never changes.
revoke update on supplier, supplier_certificate, supplier_document, product, review from :app_role;
grant update (legal_name, country, about, website, regions, incoterms, capabilities, status, notes, submitted_at, decided_at,
  delivered_orders, updated_at) on supplier to :app_role;
grant update (supplier_verified) on supplier_certificate to :app_role;
grant update (product_type, grade, title, description, assay, basis, packaging, origin_country, min_lot_kg,
  capacity_kg_per_month, currency, indicative_price_minor_per_tonne, status, supplier_name, supplier_verified, updated_at)
  on product to :app_role;
grant update (rating, quality, delivery, communication, text, updated_at) on review to :app_role;
