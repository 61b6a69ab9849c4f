-- An escrow may be settled in parts: each delivery of an order takes its share of what is held, once.

create table escrow_part (
  deal_id uuid not null references escrow (deal_id),
  part_id uuid not null,
  content_hash bytea not null,
  released_minor bigint not null check (released_minor >= 0),
  refunded_minor bigint not null check (refunded_minor >= 0),
  settled_at timestamptz not null,
  primary key (deal_id, part_id)
);

alter table escrow_part enable row level security;
alter table escrow_part force row level security;

create policy escrow_part_read on escrow_part for select using ((select app.role()) in ('operator', 'system'));
create policy escrow_part_settle on escrow_part for insert with check ((select app.role()) = 'system');

-- What was settled stays settled.
revoke update on escrow_part from :app_role;
