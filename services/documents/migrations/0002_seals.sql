-- Key pairs in custody: what is encrypted to the public half stays closed until the private half is due.

create table seal (
  id uuid primary key,
  public_key jsonb not null,
  -- Sealed and bound to this row and to `opens_at`: moved to another row, or due at another time, it does not open.
  private_key_sealed bytea not null,
  opens_at timestamptz not null,
  created_at timestamptz not null,
  -- When it first left custody.
  opened_at timestamptz check (opened_at >= opens_at)
);

alter table seal enable row level security;
alter table seal force row level security;

create policy seal_service on seal using ((select app.role()) = 'service');

revoke update on seal from :app_role;
grant update (private_key_sealed, opens_at, opened_at) on seal to :app_role;

-- A seal opens once, and never earlier than was promised.
create function refuse_seal_change() returns trigger language plpgsql as $$
begin
  raise exception 'a seal is only ever opened, or due later' using errcode = '42501';
end $$;
create trigger seal_keeps before update on seal for each row
  when (new.opens_at < old.opens_at or (old.opened_at is not null
    and (new.opened_at is distinct from old.opened_at or new.opens_at <> old.opens_at)))
  execute function refuse_seal_change();
