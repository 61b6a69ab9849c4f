-- What prices are turned into: other bases, margins of trade routes, alerts of people, the summary of a day.

-- One unit of `base` costs `rate` units of `quote` on a day. Append-only: of one pair and day the newest recorded one holds.
create table fx_rate (
  rate_id uuid primary key,
  base text not null check (base ~ '^[A-Z]{3}$'),
  quote text not null check (quote ~ '^[A-Z]{3}$'),
  rate numeric(30, 12) not null check (rate > 0),
  valid_on date not null,
  source text not null check (length(source) between 1 and 200),
  recorded_by text not null,
  recorded_at timestamptz not null,
  check (base <> quote)
);
create index fx_rate_pair on fx_rate (base, quote, valid_on, recorded_at);

-- What a country adds to prices from a day on: 0.13 is 13 %. Append-only in the same way.
create table vat_rate (
  rate_id uuid primary key,
  country text not null check (country ~ '^[A-Z]{2}$'),
  rate numeric(8, 6) not null check (rate >= 0 and rate < 1),
  valid_from date not null,
  source text not null check (length(source) between 1 and 200),
  -- Null for what every installation begins with.
  recorded_by text,
  recorded_at timestamptz not null
);
create index vat_rate_country on vat_rate (country, valid_from, recorded_at);

insert into vat_rate (rate_id, country, rate, valid_from, source, recorded_at) values
  ('019ab3a0-0000-7000-8000-000000000301', 'CN', 0.16, '2018-05-01',
    'Ministry of Finance and State Taxation Administration, Cai Shui [2018] No. 32', '2026-11-24T00:00:00Z'),
  ('019ab3a0-0000-7000-8000-000000000302', 'CN', 0.13, '2019-04-01',
    'Ministry of Finance, State Taxation Administration and General Administration of Customs, Announcement No. 39 of 2019',
    '2026-11-24T00:00:00Z');

-- From one market to another, with what operators assume of the way. The instruments never change: it would be another route.
create table trade_route (
  route_id uuid primary key,
  code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9_-]{1,60}$'),
  name text not null check (length(name) between 1 and 200),
  origin_instrument_id uuid not null references instrument,
  destination_instrument_id uuid not null references instrument,
  lag_days int not null check (lag_days between 0 and 365),
  -- Freight, insurance, duty, finance, conversion, recovery and moisture, each dated and sourced.
  assumptions jsonb not null,
  -- What the destination's price is assumed to be on arrival; null for the newest price, flagged.
  forward jsonb,
  allow_uncovered_lag boolean not null,
  enabled boolean not null,
  updated_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (origin_instrument_id <> destination_instrument_id)
);

create table alert (
  alert_id uuid primary key,
  owner_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('threshold', 'percent_move', 'spread', 'staleness', 'arbitrage')),
  -- Of an arbitrage alert the route's origin and destination, so that one look finds what a price concerns.
  instrument_id uuid not null references instrument,
  other_instrument_id uuid references instrument,
  route_id uuid references trade_route,
  direction text not null check (direction in ('above', 'below', 'either')),
  -- Micros, parts per million or milliseconds, as the kind says.
  limit_value bigint not null,
  band bigint not null check (band >= 0),
  window_ms bigint check (window_ms > 0),
  cooldown_ms bigint not null check (cooldown_ms >= 0),
  channels text[] not null check (channels <@ array['in_app', 'email', 'webhook'] and channels <> '{}'),
  webhook_url text,
  enabled boolean not null,
  -- Counts the changes of the rule: what fired under another rule may fire again under this one.
  revision int not null,
  phase text not null check (phase in ('armed', 'fired')),
  sequence bigint not null,
  other_sequence bigint not null,
  last_fired_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((kind = 'arbitrage') = (route_id is not null)),
  check ((kind in ('spread', 'arbitrage')) = (other_instrument_id is not null)),
  check ((kind = 'percent_move') = (window_ms is not null)),
  check (('webhook' = any (channels)) = (webhook_url is not null))
);
create index alert_owner on alert (owner_id, alert_id);
create index alert_instrument on alert (instrument_id);
create index alert_other_instrument on alert (other_instrument_id) where other_instrument_id is not null;
create index alert_staleness on alert (instrument_id) where kind = 'staleness' and enabled and phase = 'armed';

-- Outlives its alert: what somebody was told stays told.
create table alert_firing (
  firing_id uuid primary key,
  alert_id uuid not null,
  owner_id uuid not null,
  revision int not null,
  sequence bigint not null,
  other_sequence bigint not null,
  fired_at timestamptz not null,
  detail jsonb not null,
  read_at timestamptz,
  -- Whatever is delivered again: an alert fires once for a figure.
  unique (alert_id, revision, sequence, other_sequence)
);
create index alert_firing_owner on alert_firing (owner_id, firing_id);

create table webhook_delivery (
  -- The firing's own, so that a receiver knows a repetition.
  delivery_id uuid primary key references alert_firing,
  alert_id uuid not null,
  owner_id uuid not null,
  url text not null,
  -- The bytes that are signed and sent, the same in every attempt.
  body text not null,
  state text not null check (state in ('planned', 'sending', 'delivered', 'failed')),
  attempts int not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  delivered_at timestamptz
);
create index webhook_delivery_owner on webhook_delivery (owner_id);
create index webhook_delivery_due on webhook_delivery (due_at) where state in ('planned', 'sending');

-- What is to be written, once per day and locale; a higher revision is written anew.
create table summary_task (
  day date not null,
  locale text not null check (locale in ('en', 'de')),
  wanted_revision int not null check (wanted_revision > 0),
  written_revision int not null default 0,
  attempts int not null default 0,
  due_at timestamptz not null,
  primary key (day, locale)
);

create table market_summary (
  summary_id uuid primary key,
  day date not null,
  locale text not null check (locale in ('en', 'de')),
  revision int not null,
  status text not null check (status in ('published', 'retracted')),
  origin text not null check (origin in ('model', 'template')),
  -- Why the template was used; null when it was not.
  fallback_reason text,
  model text,
  body text not null,
  citations jsonb not null,
  written_at timestamptz not null,
  retracted_by text,
  retracted_at timestamptz,
  retraction_reason text,
  unique (day, locale, revision),
  check ((origin = 'template') = (fallback_reason is not null)),
  check ((status = 'retracted') = (retracted_at is not null))
);
create index market_summary_locale on market_summary (locale, day, revision);

do $$
declare t text;
begin
  foreach t in array array['fx_rate', 'vat_rate', 'trade_route', 'alert', 'alert_firing', 'webhook_delivery', 'summary_task',
    'market_summary'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['fx_rate', 'vat_rate', 'trade_route'] loop
    execute format('create policy %I on %I for select using ((select app.role()) in (''user'', ''operator'', ''system''))', t || '_read', t);
  end loop;
  foreach t in array array['fx_rate', 'vat_rate'] loop
    execute format('create policy %I on %I for insert with check ((select app.role()) = ''operator'' and recorded_by = (select app.actor()))', t || '_enter', t);
  end loop;
  foreach t in array array['alert', 'alert_firing', 'webhook_delivery'] loop
    execute format('create policy %I on %I for select using (owner_id = (select app.user_id()))', t || '_own', t);
  end loop;
end $$;

create policy trade_route_add on trade_route for insert
  with check ((select app.role()) = 'operator' and updated_by = (select app.actor()));
create policy trade_route_change on trade_route for update using ((select app.role()) = 'operator')
  with check (updated_by = (select app.actor()));

-- Alerts are looked at in the transaction that records a figure: a system task's, or an operator's who approves one.
create policy alert_watch on alert for select using ((select app.role()) in ('operator', 'system'));
create policy alert_add on alert for insert with check (owner_id = (select app.user_id()));
create policy alert_change on alert for update using (owner_id = (select app.user_id()));
create policy alert_step on alert for update using ((select app.role()) in ('operator', 'system'));
create policy alert_remove on alert for delete using (owner_id = (select app.user_id()));
create policy alert_firing_watch on alert_firing for select using ((select app.role()) in ('operator', 'system'));
create policy alert_firing_fire on alert_firing for insert with check ((select app.role()) in ('operator', 'system'));
create policy alert_firing_mark on alert_firing for update using (owner_id = (select app.user_id()));
create policy webhook_delivery_plan on webhook_delivery for insert with check ((select app.role()) in ('operator', 'system'));
create policy webhook_delivery_work on webhook_delivery for select using ((select app.role()) = 'system');
create policy webhook_delivery_move on webhook_delivery for update using ((select app.role()) = 'system');

create policy summary_task_read on summary_task for select using ((select app.role()) in ('operator', 'system'));
create policy summary_task_plan on summary_task for insert with check ((select app.role()) = 'system');
create policy summary_task_move on summary_task for update using ((select app.role()) in ('operator', 'system'));
create policy market_summary_read on market_summary for select using (status = 'published' and (select app.role()) = 'user');
create policy market_summary_oversight on market_summary for select using ((select app.role()) in ('operator', 'system'));
create policy market_summary_publish on market_summary for insert
  with check ((select app.role()) = 'system' and status = 'published');
create policy market_summary_retract on market_summary for update using ((select app.role()) = 'operator')
  with check (retracted_by = (select app.actor()));
create trigger market_summary_retracted before update on market_summary for each row
  when (old.status = 'retracted') execute function refuse_decided();

revoke update on fx_rate, vat_rate, trade_route, alert, alert_firing, webhook_delivery, summary_task, market_summary from :app_role;
grant update (name, lag_days, assumptions, forward, allow_uncovered_lag, enabled, updated_by, updated_at) on trade_route to :app_role;
grant update (name, direction, limit_value, band, window_ms, cooldown_ms, channels, webhook_url, enabled, revision, phase, sequence,
  other_sequence, last_fired_at, updated_at) on alert to :app_role;
grant delete on alert to :app_role;
grant update (read_at) on alert_firing to :app_role;
grant update (state, attempts, due_at, lease_until, last_error, delivered_at) on webhook_delivery to :app_role;
grant update (wanted_revision, written_revision, attempts, due_at) on summary_task to :app_role;
grant update (status, retracted_by, retracted_at, retraction_reason) on market_summary to :app_role;
