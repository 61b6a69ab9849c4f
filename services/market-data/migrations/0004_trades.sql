-- What was traded on this platform, kept until its window is over and then told as one figure of many, or not at all.

create table trade (
  -- An auction's id, or a contract's with its line.
  trade_id text primary key,
  -- Of a trade that ends with its contract.
  contract_id uuid,
  buyer_id uuid not null,
  seller_id uuid not null,
  product text not null check (product in ('lithium_carbonate', 'lithium_hydroxide_monohydrate',
    'lithium_hydroxide_anhydrous', 'lithium_oxide', 'lithium_chloride', 'lithium_metal', 'spodumene_concentrate')),
  grade text not null check (grade in ('battery', 'technical', 'industrial', 'pharmaceutical', 'concentrate')),
  incoterm text not null check (incoterm in ('EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP')),
  currency text not null,
  unit text not null check (unit in ('t', 'dmt', 'wmt')),
  quantity_kg bigint not null check (quantity_kg > 0),
  price_micros bigint not null check (price_micros between 1 and 1000000000000000),
  traded_at timestamptz not null,
  received_at timestamptz not null,
  -- Where it counts, in this one window alone.
  window_start timestamptz not null,
  window_end timestamptz not null check (window_end > window_start),
  status text not null check (status in ('pending', 'published', 'withheld', 'withdrawn')),
  decided_at timestamptz,
  check ((status = 'pending') = (decided_at is null))
);
create index trade_due on trade (window_end) where status = 'pending';
create index trade_decided on trade (window_end) where status in ('published', 'withheld');
create index trade_contract on trade (contract_id);

-- Nobody sees a single trade here, operators neither.
alter table trade enable row level security;
alter table trade force row level security;
create policy trade_read on trade for select using ((select app.role()) = 'system');
create policy trade_record on trade for insert with check ((select app.role()) = 'system' and status = 'pending');
create policy trade_decide on trade for update using ((select app.role()) = 'system');
-- A trade that counted, or was kept back, never counts again.
create trigger trade_decided before update on trade for each row
  when (old.status <> 'pending') execute function refuse_decided();

revoke update on trade from :app_role;
grant update (status, decided_at) on trade to :app_role;

-- 90 days: a market may have weeks in which too few trade for anything to be said.
select set_config('app.role', 'system', true);
insert into source (source_id, code, name, kind, attribution, display, export, llm, freshness_target_ms, calendar, created_at)
values ('019ab3a0-0000-7000-8000-000000000106', 'platform', 'Trades on LithiumBuy', 'platform',
  'Trades on LithiumBuy, anonymised: at least three buyers and three sellers a window', true, true, true, 7776000000,
  'continuous', '2026-11-24T00:00:00Z');
insert into source_health (source_id) values ('019ab3a0-0000-7000-8000-000000000106');
select set_config('app.role', '', true);
