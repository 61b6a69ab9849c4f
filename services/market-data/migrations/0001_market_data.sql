-- What prices are of, who states them, and what was stated when. Prices are micros: millionths of a currency unit per
-- unit of the instrument. Days are UTC days.

create table instrument (
  instrument_id uuid primary key,
  -- Made of the basis, so that one basis is one instrument.
  code text not null unique,
  name text not null check (length(name) between 1 and 200),
  product text not null check (product in ('lithium_carbonate', 'lithium_hydroxide_monohydrate',
    'lithium_hydroxide_anhydrous', 'lithium_oxide', 'lithium_chloride', 'lithium_metal', 'spodumene_concentrate')),
  grade text not null check (grade in ('battery', 'technical', 'industrial', 'pharmaceutical', 'concentrate')),
  form text not null check (form in ('powder', 'crystal', 'ingot', 'concentrate', 'any')),
  region text not null,
  incoterm text not null check (incoterm in ('EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP')),
  currency text not null,
  unit text not null check (unit in ('g', 'kg', 't', 'lb', 'dmt', 'wmt')),
  tax_basis text not null check (tax_basis in ('excluding_vat', 'including_vat')),
  -- Counts the changes of its newest figures, of any source.
  sequence bigint not null default 0,
  created_at timestamptz not null
);
create index instrument_product on instrument (product, grade);

create table source (
  source_id uuid primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9_]{1,40}$'),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('fastmarkets', 'perplexity', 'http', 'import', 'entry', 'platform', 'simulated', 'embedded')),
  -- Whose figures these are, as it is printed beside them.
  attribution text not null default '',
  -- What may be done with what it states from now on; each observation keeps what held when it was recorded.
  display boolean not null,
  export boolean not null,
  llm boolean not null,
  -- How old its newest figure may become, in milliseconds.
  freshness_target_ms bigint not null check (freshness_target_ms > 0),
  calendar text not null check (calendar in ('continuous', 'weekdays', 'england_wales', 'annual')),
  enabled boolean not null default true,
  last_recorded_at timestamptz,
  -- Answers "as known on" were given up to here: nothing is recorded at or before it any more.
  known_through timestamptz,
  created_at timestamptz not null
);

-- Append-only. Of one instrument, source and valid time the newest recorded one holds; "as known on X" the newest recorded
-- until X. Instruments and sources are never deleted and the one statement that inserts here joins them, so foreign keys
-- would only ask the same again for every row.
create table observation (
  observation_id bigint generated always as identity unique,
  instrument_id uuid not null,
  source_id uuid not null,
  valid_at timestamptz not null,
  recorded_at timestamptz not null,
  low_micros bigint not null check (low_micros > 0 and low_micros <= mid_micros),
  mid_micros bigint not null,
  high_micros bigint not null check (high_micros >= mid_micros and high_micros <= 1000000000000000),
  kind text not null check (kind in ('assessment', 'trade', 'annual_average', 'simulated')),
  display boolean not null,
  export boolean not null,
  llm boolean not null,
  edition text not null,
  primary key (instrument_id, valid_at, source_id, recorded_at)
);

-- The newest figure of each source, and the instrument's count when it became that.
create table latest (
  instrument_id uuid not null,
  source_id uuid not null,
  observation_id bigint not null,
  valid_at timestamptz not null,
  recorded_at timestamptz not null,
  low_micros bigint not null,
  mid_micros bigint not null,
  high_micros bigint not null,
  kind text not null check (kind in ('assessment', 'trade', 'annual_average', 'simulated')),
  display boolean not null,
  export boolean not null,
  llm boolean not null,
  edition text not null,
  sequence bigint not null,
  primary key (instrument_id, source_id)
) with (fillfactor = 70);

-- A day of one source as it is known now: first and last mid, highest high, lowest low. Longer periods are made of days.
create table bar (
  instrument_id uuid not null,
  day date not null,
  source_id uuid not null,
  open_micros bigint not null,
  high_micros bigint not null,
  low_micros bigint not null,
  close_micros bigint not null,
  first_valid_at timestamptz not null,
  last_valid_at timestamptz not null,
  observations int not null,
  kinds text[] not null,
  -- Whether all of its figures may be shown, exported, told to a language model.
  display boolean not null,
  export boolean not null,
  llm boolean not null,
  primary key (instrument_id, day, source_id)
) with (fillfactor = 80);

do $$
declare t text;
begin
  foreach t in array array['instrument', 'source', 'observation', 'latest', 'bar'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using ((select app.role()) in (''operator'', ''system''))', t || '_oversight', t);
    execute format('create policy %I on %I for insert with check ((select app.role()) in (''operator'', ''system''))', t || '_record', t);
  end loop;
  foreach t in array array['observation', 'bar'] loop
    execute format('create policy %I on %I for select using (display and (select app.role()) = ''user'')', t || '_read', t);
  end loop;
  -- Newest figures are also told by the gateway, to all who watch at once.
  create policy latest_read on latest for select using (display and (select app.role()) in ('user', 'service'));
  foreach t in array array['instrument', 'source'] loop
    execute format('create policy %I on %I for select using ((select app.role()) in (''user'', ''service''))', t || '_read', t);
  end loop;
  foreach t in array array['instrument', 'source', 'latest', 'bar'] loop
    execute format('create policy %I on %I for update using ((select app.role()) in (''operator'', ''system''))', t || '_follow', t);
  end loop;
end $$;

-- Makes sure that what is known at an instant is known for good: whoever is recording is waited for, and whoever records
-- later does so later than `at`. Definer, because people ask and only the platform's own columns change.
create policy source_settle on source for select to current_role using (true);
create policy source_settled on source for update to current_role using (true);
create function settle_known(at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  with behind as (
    select source_id from source where greatest(last_recorded_at, known_through) < at or
      (last_recorded_at is null and known_through is null) order by source_id for no key update)
  update source s set known_through = greatest(s.known_through, at) from behind b where s.source_id = b.source_id
$$;
revoke all on function settle_known(timestamptz) from public;
grant execute on function settle_known(timestamptz) to :app_role;

-- One instrument's figures as known at an instant, newest first. Definer, because what superseded a figure counts also for
-- whom it may not be shown to: under a policy they would see what it replaced as if it still held.
create policy observation_known on observation for select to current_role using (true);
create function known_observations(instrument uuid, of_source uuid, since timestamptz, until timestamptz, known_at timestamptz,
  before_at timestamptz, before_source uuid, most int)
returns setof observation language sql stable security definer set search_path = public, pg_temp as $$
  select k.* from (
    select distinct on (valid_at, source_id) * from observation
    where instrument_id = instrument and valid_at >= since and valid_at < until and recorded_at <= known_at
      and (of_source is null or source_id = of_source)
      and (before_at is null or (valid_at, source_id) < (before_at, before_source))
    order by valid_at desc, source_id desc, recorded_at desc) k
  where (select app.role()) in ('operator', 'system') or k.display and (select app.role()) = 'user'
  order by k.valid_at desc, k.source_id desc limit most
$$;
revoke all on function known_observations(uuid, uuid, timestamptz, timestamptz, timestamptz, timestamptz, uuid, int) from public;
grant execute on function known_observations(uuid, uuid, timestamptz, timestamptz, timestamptz, timestamptz, uuid, int)
  to :app_role;

-- What a bar is: one instrument's days as known at an instant, made of its figures. The table holds the same for now.
create function known_bars(instrument uuid, of_source uuid, first_day date, last_day date, known_at timestamptz)
returns setof bar language sql stable security definer set search_path = public, pg_temp as $$
  select b.* from (
    select instrument_id, (valid_at at time zone 'UTC')::date, source_id,
      (array_agg(mid_micros order by valid_at))[1], max(high_micros), min(low_micros),
      (array_agg(mid_micros order by valid_at desc))[1], min(valid_at), max(valid_at), count(*)::int,
      array_agg(distinct kind order by kind), bool_and(display), bool_and(export), bool_and(llm)
    from (
      select distinct on (valid_at, source_id) * from observation
      where instrument_id = instrument and valid_at >= first_day::timestamp at time zone 'UTC'
        and valid_at < (last_day + 1)::timestamp at time zone 'UTC' and recorded_at <= known_at
        and (of_source is null or source_id = of_source)
      order by valid_at desc, source_id desc, recorded_at desc) k
    group by 1, 2, 3
    order by 2, 3) b (instrument_id, day, source_id, open_micros, high_micros, low_micros, close_micros, first_valid_at,
      last_valid_at, observations, kinds, display, export, llm)
  where (select app.role()) in ('operator', 'system') or b.display and (select app.role()) = 'user'
$$;
revoke all on function known_bars(uuid, uuid, date, date, timestamptz) from public;
grant execute on function known_bars(uuid, uuid, date, date, timestamptz) to :app_role;

revoke update on instrument, source, observation, latest, bar from :app_role;
grant update (sequence) on instrument to :app_role;
grant update (name, attribution, display, export, llm, freshness_target_ms, calendar, enabled, last_recorded_at)
  on source to :app_role;
grant update (observation_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind, display, export, llm, edition,
  sequence) on latest to :app_role;
grant update (open_micros, high_micros, low_micros, close_micros, first_valid_at, last_valid_at, observations, kinds, display,
  export, llm) on bar to :app_role;

-- What every installation begins with. Here and not at first boot, so that it is there before anything asks, once, in the
-- text that was reviewed, and never comes back after somebody has changed it.
select set_config('app.role', 'system', true);

insert into instrument (instrument_id, code, name, product, grade, form, region, incoterm, currency, unit, tax_basis, created_at)
select id::uuid, code, name, product, grade, 'any', region, incoterm, currency, unit, tax_basis, '2026-11-24T00:00:00Z'
from (values
  ('019ab3a0-0000-7000-8000-000000000001', 'CARBONATE-BATTERY-CJK-CIF-USD-KG',
    'Lithium carbonate, battery grade, CIF China, Japan and Korea',
    'lithium_carbonate', 'battery', 'CJK', 'CIF', 'USD', 'kg', 'excluding_vat'),
  ('019ab3a0-0000-7000-8000-000000000002', 'HYDROXIDE_MONOHYDRATE-BATTERY-CJK-CIF-USD-KG',
    'Lithium hydroxide monohydrate, battery grade, CIF China, Japan and Korea',
    'lithium_hydroxide_monohydrate', 'battery', 'CJK', 'CIF', 'USD', 'kg', 'excluding_vat'),
  ('019ab3a0-0000-7000-8000-000000000003', 'CARBONATE-BATTERY-CN-EXW-CNY-T-VAT',
    'Lithium carbonate, battery grade, ex works China, including VAT',
    'lithium_carbonate', 'battery', 'CN', 'EXW', 'CNY', 't', 'including_vat'),
  ('019ab3a0-0000-7000-8000-000000000004', 'CARBONATE-TECHNICAL-CN-EXW-CNY-T-VAT',
    'Lithium carbonate, technical grade, ex works China, including VAT',
    'lithium_carbonate', 'technical', 'CN', 'EXW', 'CNY', 't', 'including_vat'),
  ('019ab3a0-0000-7000-8000-000000000005', 'SPODUMENE-CONCENTRATE-CN-CIF-USD-DMT',
    'Spodumene concentrate, 6 % Li2O, CIF China',
    'spodumene_concentrate', 'concentrate', 'CN', 'CIF', 'USD', 'dmt', 'excluding_vat'),
  -- USGS states no delivery term and no tax; the least a seller does is the reading that adds nothing to the figure.
  ('019ab3a0-0000-7000-8000-000000000006', 'CARBONATE-BATTERY-US-EXW-USD-T',
    'Lithium carbonate, battery grade, United States (delivery term not stated, carried as EXW)',
    'lithium_carbonate', 'battery', 'US', 'EXW', 'USD', 't', 'excluding_vat')
) as seed (id, code, name, product, grade, region, incoterm, currency, unit, tax_basis);

-- 400 days: a summary of one year appears in the first months of the next.
insert into source (source_id, code, name, kind, attribution, display, export, llm, freshness_target_ms, calendar,
  last_recorded_at, created_at)
values ('019ab3a0-0000-7000-8000-000000000101', 'usgs', 'USGS Mineral Commodity Summaries', 'embedded',
  'U.S. Geological Survey, Mineral Commodity Summaries: Lithium. Price, annual average, nominal, battery-grade lithium carbonate, dollars per metric ton.',
  true, true, true, 34560000000, 'annual', '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z');

-- Nominal; 2022 is the estimate of that edition. A year's average is valid on its last day.
insert into observation (instrument_id, source_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind, display,
  export, llm, edition)
select '019ab3a0-0000-7000-8000-000000000006', '019ab3a0-0000-7000-8000-000000000101', make_timestamptz(year, 12, 31, 0, 0, 0, 'UTC'),
  '2026-11-24T00:00:00Z', price * 1000000, price * 1000000, price * 1000000, 'annual_average', true, true, true, edition
from (values
  (2014, 6690::bigint, 'Mineral Commodity Summaries 2019'),
  (2015, 6500, 'Mineral Commodity Summaries 2020'),
  (2016, 8650, 'Mineral Commodity Summaries 2020'),
  (2017, 15000, 'Mineral Commodity Summaries 2020'),
  (2018, 16000, 'Mineral Commodity Summaries 2023'),
  (2019, 11700, 'Mineral Commodity Summaries 2023'),
  (2020, 8400, 'Mineral Commodity Summaries 2023'),
  (2021, 12600, 'Mineral Commodity Summaries 2023'),
  (2022, 37000, 'Mineral Commodity Summaries 2023, estimate')
) as seed (year, price, edition)
order by year;

insert into bar select b.* from instrument, known_bars(instrument_id, null, '2014-01-01', '2022-12-31', 'infinity') b;

insert into latest (instrument_id, source_id, observation_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind,
  display, export, llm, edition, sequence)
select instrument_id, source_id, observation_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind, display, export,
  llm, edition, 1
from observation order by valid_at desc limit 1;
update instrument set sequence = 1 where instrument_id = '019ab3a0-0000-7000-8000-000000000006';

select set_config('app.role', '', true);
