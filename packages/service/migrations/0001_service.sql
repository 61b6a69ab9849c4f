-- What every service's database is made of: who is acting, the outbox and inbox, the audit trail, idempotency.
-- ':app_role' is replaced by the migration runner with the service's application role.

create schema app;
grant usage on schema app to :app_role;

-- The actor of the running transaction, set with set_config(…, true) before the first statement.
create function app.user_id() returns uuid language sql stable
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
-- anonymous, user, operator, service or system; null when nobody is set, and then nothing is visible.
create function app.role() returns text language sql stable
  as $$ select nullif(current_setting('app.role', true), '') $$;
-- The actor's name in audit and idempotency: a user id, or a service or system name.
create function app.actor() returns text language sql stable
  as $$ select nullif(current_setting('app.actor', true), '') $$;

-- The outbox: events of this service, in commit order per aggregate. Published rows stay, so a stream can be rebuilt.
create table aggregate_version (
  aggregate_id text primary key,
  version bigint not null
);

create table outbox (
  id bigint generated always as identity primary key,
  message_id uuid not null unique,
  subject text not null,
  aggregate_id text not null,
  version bigint not null,
  payload bytea not null,
  traceparent text,
  occurred_at timestamptz not null,
  published_at timestamptz,
  unique (aggregate_id, version)
);
create index outbox_unpublished on outbox (id) where published_at is null;

create table relay_lease (
  name text primary key,
  holder text not null,
  expires_at timestamptz not null
);

-- The inbox: each message is handled once per consumer, in version order per aggregate.
create table inbox (
  consumer text not null,
  message_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, message_id)
);

create table inbox_cursor (
  consumer text not null,
  aggregate_id text not null,
  last_version bigint not null,
  primary key (consumer, aggregate_id)
);

-- A message that keeps failing waits here, and so do later messages of its aggregate, until an operator replays them.
create table dead_letter (
  id uuid primary key,
  consumer text not null,
  message_id uuid not null,
  subject text not null,
  aggregate_id text not null,
  version bigint not null,
  payload bytea not null,
  traceparent text,
  occurred_at timestamptz not null,
  error text not null,
  created_at timestamptz not null default now(),
  replayed_at timestamptz,
  replayed_by text,
  unique (consumer, message_id)
);
create index dead_letter_open on dead_letter (consumer, aggregate_id, version) where replayed_at is null;

create table audit_log (
  id uuid primary key,
  at timestamptz not null,
  actor text not null,
  actor_role text not null,
  ip text,
  action text not null,
  entity_type text not null,
  entity_id text not null,
  old_value jsonb,
  new_value jsonb,
  trace_id text
);
create index audit_log_entity on audit_log (entity_type, entity_id, at);
create index audit_log_at on audit_log (at, id);

create table idempotency (
  actor text not null,
  key text not null,
  request_hash bytea not null,
  status int not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (actor, key)
);

alter table aggregate_version enable row level security;
alter table aggregate_version force row level security;
alter table outbox enable row level security;
alter table outbox force row level security;
alter table relay_lease enable row level security;
alter table relay_lease force row level security;
alter table inbox enable row level security;
alter table inbox force row level security;
alter table inbox_cursor enable row level security;
alter table inbox_cursor force row level security;
alter table dead_letter enable row level security;
alter table dead_letter force row level security;
alter table audit_log enable row level security;
alter table audit_log force row level security;
alter table idempotency enable row level security;
alter table idempotency force row level security;

-- Every actor's transaction may add its events and audit rows; only the relay (a system actor) reads the outbox.
create policy aggregate_version_actor on aggregate_version using ((select app.role()) is not null);
create policy outbox_emit on outbox for insert with check ((select app.role()) is not null);
create policy outbox_relay on outbox for select using ((select app.role()) = 'system');
create policy outbox_mark on outbox for update using ((select app.role()) = 'system');
create policy relay_lease_system on relay_lease using ((select app.role()) = 'system');
create policy inbox_system on inbox using ((select app.role()) = 'system');
create policy inbox_cursor_system on inbox_cursor using ((select app.role()) = 'system');
create policy dead_letter_system on dead_letter using ((select app.role()) = 'system');
create policy dead_letter_operator on dead_letter for select using ((select app.role()) = 'operator');
create policy audit_log_write on audit_log for insert
  with check (actor = (select app.actor()) and actor_role = (select app.role()));
create policy audit_log_read on audit_log for select using ((select app.role()) = 'operator');
create policy idempotency_read on idempotency for select
  using (actor = (select app.actor()) and (select app.role()) is not null);
create policy idempotency_store on idempotency for insert
  with check (actor = (select app.actor()) and (select app.role()) is not null);

-- The trail is append-only, and of the rest nothing is edited beyond its mark.
revoke update on aggregate_version, outbox, relay_lease, inbox, inbox_cursor, dead_letter, audit_log, idempotency from :app_role;
grant update (version) on aggregate_version to :app_role;
grant update (published_at) on outbox to :app_role;
grant update (holder, expires_at) on relay_lease to :app_role;
grant update (last_version) on inbox_cursor to :app_role;
grant update (replayed_at, replayed_by) on dead_letter to :app_role;
