-- How sources are fetched, how they stand, what of them is kept back, and what operators enter.

-- When a source is fetched next and by whose settings. Sources that are not fetched have their mapping and rules here too.
create table source_schedule (
  source_id uuid primary key references source,
  every_ms bigint not null check (every_ms between 500 and 31536000000),
  due_at timestamptz not null,
  -- Somebody is fetching until here; whoever dies meanwhile is forgotten then.
  lease_until timestamptz,
  -- What the kind of source needs: symbols, an address, a mapping. Never a key.
  settings jsonb not null default '{}',
  -- Quality rules that differ from the kind's own.
  rules jsonb not null default '{}',
  updated_at timestamptz not null
);
create index source_schedule_due on source_schedule (due_at);

create table source_health (
  source_id uuid primary key references source,
  -- In a row, since the last success.
  failures int not null default 0 check (failures >= 0),
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  error_code text,
  error_detail text,
  newest_valid_at timestamptz
);

-- What was delivered once; the same content again is the same delivery.
create table source_delivery (
  source_id uuid not null references source,
  content_sha256 text not null,
  edition text not null,
  via text not null check (via in ('fetch', 'import')),
  received_by text not null,
  received_at timestamptz not null,
  figures int not null,
  recorded int not null,
  corrected int not null,
  duplicates int not null,
  kept_back int not null,
  primary key (source_id, content_sha256)
);
create index source_delivery_received on source_delivery (source_id, received_at);

-- Figures that are not believed, as they came: what they break is why they have no checks here.
create table quarantine (
  quarantine_id uuid primary key,
  source_id uuid not null references source,
  instrument_id uuid references instrument,
  symbol text not null,
  edition text not null,
  valid_at timestamptz not null,
  low_micros numeric not null,
  mid_micros numeric not null,
  high_micros numeric not null,
  figure_kind text not null check (figure_kind in ('assessment', 'trade', 'annual_average', 'simulated')),
  stated jsonb not null,
  citation_url text,
  reasons text[] not null,
  -- The same figure is kept back once, however often it is sent.
  fingerprint text not null,
  status text not null check (status in ('pending', 'approved', 'rejected')),
  kept_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision text,
  unique (source_id, fingerprint),
  check ((status = 'pending') = (decided_by is null))
);
create index quarantine_status on quarantine (status, quarantine_id);

-- Figures and corrections that operators enter: one enters, another decides.
create table price_entry (
  entry_id uuid primary key,
  -- A correction is recorded under the source it corrects.
  source_id uuid not null references source,
  instrument_id uuid not null references instrument,
  purpose text not null check (purpose in ('entry', 'correction')),
  valid_at timestamptz not null,
  low_micros bigint not null check (low_micros > 0),
  mid_micros bigint not null check (mid_micros >= low_micros),
  high_micros bigint not null check (high_micros >= mid_micros),
  figure_kind text not null check (figure_kind in ('assessment', 'trade', 'annual_average')),
  edition text not null,
  reason text not null check (length(reason) between 1 and 2000),
  -- What the quality rules say of it, for whoever decides.
  doubts text[] not null,
  status text not null check (status in ('proposed', 'approved', 'rejected')),
  entered_by text not null,
  entered_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision text,
  check ((status = 'proposed') = (decided_by is null)),
  check (decided_by <> entered_by)
);
create index price_entry_status on price_entry (status, entry_id);

create table source_incident (
  incident_id uuid primary key,
  source_id uuid not null references source,
  kind text not null check (kind in ('stale', 'failing', 'gap')),
  detail text not null,
  opened_at timestamptz not null,
  resolved_at timestamptz
);
create unique index source_incident_open on source_incident (source_id, kind) where resolved_at is null;

do $$
declare t text;
begin
  foreach t in array array['source_schedule', 'source_health', 'source_delivery', 'quarantine', 'price_entry', 'source_incident'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['source_schedule', 'source_health', 'source_delivery', 'quarantine', 'source_incident'] loop
    execute format('create policy %I on %I for select using ((select app.role()) in (''operator'', ''system''))', t || '_oversight', t);
  end loop;
  foreach t in array array['source_schedule', 'source_health', 'source_delivery', 'source_incident'] loop
    execute format('create policy %I on %I for insert with check ((select app.role()) in (''operator'', ''system''))', t || '_follow', t);
  end loop;
  foreach t in array array['source_schedule', 'source_health', 'source_incident'] loop
    execute format('create policy %I on %I for update using ((select app.role()) in (''operator'', ''system''))', t || '_move', t);
  end loop;
end $$;

-- How a source stands is for everybody who reads its figures.
create policy source_health_read on source_health for select using ((select app.role()) = 'user');

-- A policy cannot compare a row with what it was, so what must not change any more is refused here.
create function refuse_decided() returns trigger language plpgsql as $$
begin
  raise exception 'this % is decided', tg_table_name using errcode = '42501';
end $$;

create policy quarantine_keep on quarantine for insert
  with check ((select app.role()) in ('operator', 'system') and status = 'pending');
create policy quarantine_decide on quarantine for update using ((select app.role()) = 'operator')
  with check (decided_by = (select app.actor()));
create trigger quarantine_decided before update on quarantine for each row
  when (old.status <> 'pending') execute function refuse_decided();

create policy price_entry_oversight on price_entry for select using ((select app.role()) = 'operator');
create policy price_entry_propose on price_entry for insert
  with check ((select app.role()) = 'operator' and status = 'proposed' and entered_by = (select app.actor()));
-- Four eyes also by SQL: the check on the table refuses who entered it.
create policy price_entry_decide on price_entry for update using ((select app.role()) = 'operator')
  with check (decided_by = (select app.actor()));
create trigger price_entry_decided before update on price_entry for each row
  when (old.status <> 'proposed') execute function refuse_decided();

revoke update on source_schedule, source_health, source_delivery, quarantine, price_entry, source_incident from :app_role;
grant update (every_ms, due_at, lease_until, settings, rules, updated_at) on source_schedule to :app_role;
grant update (failures, last_attempt_at, last_success_at, error_code, error_detail, newest_valid_at) on source_health to :app_role;
grant update (status, decided_by, decided_at, decision) on quarantine, price_entry to :app_role;
grant update (detail, resolved_at) on source_incident to :app_role;

-- What every installation knows where to ask, for the same reasons as the figures it begins with. Nothing of a vendor's is
-- shown before an operator says what the licence allows; what a person has looked at may be shown.
select set_config('app.role', 'system', true);

insert into source (source_id, code, name, kind, attribution, display, export, llm, freshness_target_ms, calendar, created_at)
values
  ('019ab3a0-0000-7000-8000-000000000102', 'fastmarkets', 'Fastmarkets', 'fastmarkets',
    'Fastmarkets price assessments', false, false, false, 108000000, 'england_wales', '2026-11-24T00:00:00Z'),
  ('019ab3a0-0000-7000-8000-000000000103', 'perplexity', 'Research on the web, reviewed by an operator', 'perplexity',
    'Found by Perplexity on the cited page and reviewed by an operator of LithiumBuy', true, false, false, 1209600000,
    'weekdays', '2026-11-24T00:00:00Z'),
  ('019ab3a0-0000-7000-8000-000000000104', 'desk', 'LithiumBuy desk', 'entry',
    'Entered by one operator of LithiumBuy and approved by another', true, true, true, 1209600000, 'weekdays',
    '2026-11-24T00:00:00Z'),
  ('019ab3a0-0000-7000-8000-000000000105', 'simulated', 'SIMULATED demonstration feed, not real prices', 'simulated',
    'SIMULATED: a random walk for demonstration, not a price of anything', true, true, false, 300000, 'continuous',
    '2026-11-24T00:00:00Z');

insert into source_schedule (source_id, every_ms, due_at, settings, updated_at)
values
  ('019ab3a0-0000-7000-8000-000000000102', 60000, '2000-01-01T00:00:00Z', '{"symbols": {
    "MB-LI-0029": "CARBONATE-BATTERY-CJK-CIF-USD-KG", "MB-LI-0033": "HYDROXIDE_MONOHYDRATE-BATTERY-CJK-CIF-USD-KG"}}',
    '2026-11-24T00:00:00Z'),
  ('019ab3a0-0000-7000-8000-000000000103', 86400000, '2000-01-01T00:00:00Z', '{"instruments": [
    "CARBONATE-BATTERY-CJK-CIF-USD-KG", "HYDROXIDE_MONOHYDRATE-BATTERY-CJK-CIF-USD-KG",
    "CARBONATE-BATTERY-CN-EXW-CNY-T-VAT", "SPODUMENE-CONCENTRATE-CN-CIF-USD-DMT"]}', '2026-11-24T00:00:00Z'),
  -- The walks begin at the newest figure that USGS gives, per kilogram and per tonne: an order of magnitude, nothing more.
  ('019ab3a0-0000-7000-8000-000000000105', 60000, '2000-01-01T00:00:00Z', '{"instruments": {
    "CARBONATE-BATTERY-CJK-CIF-USD-KG": {"start": "37", "seed": 29},
    "HYDROXIDE_MONOHYDRATE-BATTERY-CJK-CIF-USD-KG": {"start": "37", "seed": 33},
    "CARBONATE-BATTERY-US-EXW-USD-T": {"start": "37000", "seed": 22}}}', '2026-11-24T00:00:00Z');

insert into source_health (source_id, newest_valid_at) select source_id, max(valid_at) from source left join latest using (source_id) group by source_id;

select set_config('app.role', '', true);
