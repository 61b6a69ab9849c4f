-- The double-entry ledger. An entry's amount is signed: debits above zero, credits below; each journal sums to zero.
-- Everything is written by the functions below, which belong to the owner role; the application role may only read.

create schema ledger;
grant usage on schema ledger to :app_role;

-- Domains, because a table's CHECK and generated columns are read and planned again by every update of a row, and these
-- columns never change: on the account table that was a third of the cost of a transfer.
create domain ledger.account_kind as text check (value in ('bank', 'escrow', 'payable', 'refundable'));
create domain ledger.side as text check (value in ('debit', 'credit'));
create domain ledger.currency_code as text check (value ~ '^[A-Z]{3}$');
create domain ledger.amount as bigint check (value <> 0);

create table account (
  id bigint generated always as identity primary key,
  -- kind:deal, and :party where there is one.
  key text not null unique,
  kind ledger.account_kind not null,
  deal_id uuid not null,
  -- The commitment of escrow and refundable accounts, the participation of payable ones, none of a bank account.
  party_id uuid,
  currency ledger.currency_code not null,
  normal_side ledger.side not null,
  -- The posted balance is debits − credits, signed like entries: over all accounts of a currency it sums to zero.
  debits_minor bigint not null default 0,
  credits_minor bigint not null default 0,
  held_minor bigint not null default 0,
  floor_minor bigint not null default 0,
  seq bigint not null default 0,
  opened_at timestamptz not null default now(),
  unique (id, currency),
  -- What is posted on the normal side less what is held: the money that can still be moved.
  constraint account_floor check (held_minor >= 0
    and case when normal_side = 'debit' then debits_minor - credits_minor else credits_minor - debits_minor end - held_minor >= floor_minor)
) with (fillfactor = 50);
create index account_deal on account (deal_id);

create table journal (
  id bigint generated always as identity primary key,
  idempotency_key text not null unique,
  request_hash bytea not null,
  kind text not null,
  deal_id uuid not null,
  effective_at timestamptz not null,
  actor text not null,
  xact xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now()
);
create index journal_deal on journal (deal_id, id);

create table hold (
  id uuid primary key,
  account_id bigint not null references account (id),
  amount_minor bigint not null check (amount_minor > 0),
  captured_minor bigint not null default 0 check (captured_minor >= 0),
  released_minor bigint not null default 0 check (released_minor >= 0),
  remaining_minor bigint not null generated always as (amount_minor - captured_minor - released_minor) stored,
  -- What is left decides: something left is active, given back is released, all used is captured.
  status text not null generated always as (
    case when amount_minor - captured_minor - released_minor > 0 then 'active'
      when released_minor > 0 then 'released' else 'captured' end) stored,
  placed_at timestamptz not null default now(),
  constraint hold_remaining check (remaining_minor >= 0)
);
create index hold_account on hold (account_id);

create table entry (
  journal_id bigint not null, -- checked with the balance by entries_balanced, cheaper than a foreign key
  account_id bigint not null,
  account_seq bigint not null,
  currency text not null,
  amount_minor ledger.amount not null,
  balance_after_minor bigint not null,
  -- The hold this debit was taken from.
  hold_id uuid references hold (id),
  primary key (account_id, account_seq),
  foreign key (account_id, currency) references account (id, currency)
);
create index entry_journal on entry (journal_id);

-- A seal covers the journals after the seal before it, up to and with `to_journal_id`, and chains their hash.
create table seal (
  id bigint generated always as identity primary key,
  to_journal_id bigint not null unique,
  journals int not null,
  prev_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now()
);

-- Journals up to `journal_id` are final once every transaction that began before `fence` has ended.
create table seal_fence (
  one boolean primary key default true check (one),
  journal_id bigint not null,
  fence xid8 not null
);

alter table account enable row level security;
alter table account force row level security;
alter table journal enable row level security;
alter table journal force row level security;
alter table hold enable row level security;
alter table hold force row level security;
alter table entry enable row level security;
alter table entry force row level security;
alter table seal enable row level security;
alter table seal force row level security;
alter table seal_fence enable row level security;
alter table seal_fence force row level security;

-- The owner's way in: only the functions below run as the owner. FORCE applies policies to it too.
create policy account_owner on account to current_role using (true) with check (true);
create policy journal_owner on journal to current_role using (true) with check (true);
create policy hold_owner on hold to current_role using (true) with check (true);
create policy entry_owner on entry to current_role using (true) with check (true);
create policy seal_owner on seal to current_role using (true) with check (true);
create policy seal_fence_owner on seal_fence to current_role using (true) with check (true);

create policy account_read on account for select to :app_role using ((select app.role()) in ('operator', 'service', 'system'));
create policy journal_read on journal for select to :app_role using ((select app.role()) in ('operator', 'service', 'system'));
create policy hold_read on hold for select to :app_role using ((select app.role()) in ('operator', 'service', 'system'));
create policy entry_read on entry for select to :app_role using ((select app.role()) in ('operator', 'service', 'system'));
create policy seal_read on seal for select to :app_role using ((select app.role()) in ('operator', 'service', 'system'));

revoke all on account, journal, hold, entry, seal, seal_fence from :app_role;
grant select on account, journal, hold, entry, seal to :app_role;

-- Written once, by anybody: the owner too.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'CL003';
end $$;

create trigger journal_append_only before update or delete or truncate on journal
  for each statement execute function ledger.refuse_change();
create trigger entry_append_only before update or delete or truncate on entry
  for each statement execute function ledger.refuse_change();
create trigger seal_append_only before update or delete or truncate on seal
  for each statement execute function ledger.refuse_change();
create trigger account_stays before delete or truncate on account
  for each statement execute function ledger.refuse_change();
create trigger account_identity before update of id, key, kind, deal_id, party_id, currency, normal_side, floor_minor, opened_at on account
  for each statement execute function ledger.refuse_change();
create trigger hold_stays before delete or truncate on hold
  for each statement execute function ledger.refuse_change();
create trigger hold_identity before update of id, account_id, amount_minor, placed_at on hold
  for each statement execute function ledger.refuse_change();

-- Every statement that adds entries adds whole, balanced journals of its own transaction: for each journal and currency at
-- least two legs that sum to zero. Definer, because row-level security would hide entries from whoever runs it. The first
-- query settles the common case, one journal in one currency, at a third of the cost of the second.
create function ledger.check_entries() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
  wrong bigint;
begin
  select count(*) as legs, sum(amount_minor) as total, min(journal_id) as journal, max(journal_id) as last_journal,
    min(currency) as currency, max(currency) as last_currency,
    (select j.xact from journal j where j.id = min(added.journal_id)) as xact into one from added;
  if one.journal = one.last_journal and one.currency = one.last_currency then
    if one.total = 0 and one.legs >= 2 and one.xact = pg_current_xact_id() then
      return null;
    end if;
    wrong := one.journal;
  else
    select each.journal_id into wrong
      from (select journal_id, sum(amount_minor) as total, count(*) as legs from added group by journal_id, currency) each
      left join journal j on j.id = each.journal_id
      where each.total <> 0 or each.legs < 2 or j.xact is distinct from pg_current_xact_id() limit 1;
  end if;
  if wrong is not null then
    raise exception 'journal % is closed or not balanced', wrong using errcode = 'CL002';
  end if;
  return null;
end $$;

create trigger entries_balanced after insert on entry referencing new table as added
  for each statement execute function ledger.check_entries();

-- At commit, the same of each new journal as a whole: one without entries is refused too.
create function ledger.check_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
begin
  select count(*) as legs, sum(amount_minor) as total, min(currency) as currency, max(currency) as last_currency
    into one from entry where journal_id = new.id;
  if one.legs >= 2 and one.total = 0 and one.currency = one.last_currency then
    return null;
  end if;
  if one.legs = 0 or exists (
    select 1 from entry where journal_id = new.id group by currency having sum(amount_minor) <> 0 or count(*) < 2
  ) then
    raise exception 'journal % is not balanced', new.id using errcode = 'CL002';
  end if;
  return null;
end $$;

create constraint trigger journal_balanced after insert on journal deferrable initially deferred
  for each row execute function ledger.check_journal();

-- Money moves only for operators, services and system tasks, whatever the application asks.
create function ledger.require_mover() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(app.role(), '') not in ('operator', 'service', 'system') then
    raise exception 'this actor may not move money' using errcode = '42501';
  end if;
end $$;

-- Opens accounts of a deal that do not exist yet. An existing one in another currency is refused.
create function ledger.open(deal uuid, currency_code text, kinds text[], parties uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ledger.require_mover();
  insert into account (key, kind, deal_id, party_id, currency, normal_side)
    select concat_ws(':', u.kind, deal, u.party), u.kind, deal, u.party, currency_code,
      case u.kind when 'bank' then 'debit' else 'credit' end
    from unnest(kinds, parties) as u (kind, party) order by u.kind, u.party
    on conflict (key) do nothing;
  if exists (select 1 from account where deal_id = deal and currency <> currency_code) then
    raise exception 'deal % has accounts in another currency', deal using errcode = 'CL004';
  end if;
end $$;

-- Posts journals, each of one transfer or more; a transfer debits one account and credits another by key. All or nothing.
-- `transfer_journals` says which journal a transfer belongs to (from 1, ascending). A transfer that names a hold takes the
-- held money. A key posted before with the same content is answered with replayed = true and changes nothing; with other
-- content it is refused (CL001). Accounts are locked in the order of their keys, so posts never
-- deadlock with each other.
-- The arithmetic is done in memory and each table is written once, whatever the number of transfers; its statements find
-- rows by key, so they are planned once and never by the statistics of a table that was small then.
create function ledger.post(
  keys text[], journal_kinds text[], deals uuid[], effective timestamptz[],
  transfer_journals int[], debits text[], credits text[], amounts bigint[], holds uuid[]
) returns table (posted_id bigint, replayed boolean)
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off as $$
declare
  mover text := app.role();
  transfers int := cardinality(amounts);
  hashes bytea[];
  content text;
  fresh_keys text[];
  fresh_ids bigint[];
  ids bigint[] := '{}';
  stored record;
  -- The accounts touched, in the order they are locked, and what is added to each.
  account_keys text[];
  account_ids bigint[];
  currencies text[];
  seqs bigint[];
  balances bigint[];
  debit_sums bigint[];
  credit_sums bigint[];
  captured_sums bigint[];
  debited int;
  credited int;
  -- The entries, two to a transfer; filled first, since arrays that begin at another index would be read askew.
  entry_journals bigint[] := array_fill(null::bigint, array[2 * transfers]);
  entry_accounts int[] := entry_journals;
  entry_seqs bigint[] := entry_journals;
  entry_amounts bigint[] := entry_journals;
  entry_balances bigint[] := entry_journals;
  entry_holds uuid[] := array_fill(null::uuid, array[2 * transfers]);
  t int := 1;
begin
  if coalesce(mover, '') not in ('operator', 'service', 'system') then
    raise exception 'this actor may not move money' using errcode = '42501';
  end if;
  if 0 >= any (amounts) or exists (select 1 from unnest(debits, credits) as u (debit, credit) where u.debit = u.credit) then
    raise exception 'a transfer is not above zero, or to its own account' using errcode = '22023';
  end if;

  for n in 1 .. cardinality(keys) loop
    content := journal_kinds[n] || '|' || deals[n];
    while transfer_journals[t] = n loop
      content := concat_ws('|', content, debits[t], credits[t], amounts[t], holds[t]);
      t := t + 1;
    end loop;
    hashes[n] := sha256(convert_to(content, 'UTF8'));
  end loop;
  if t <= transfers then
    raise exception 'transfers do not follow their journals' using errcode = '22023';
  end if;

  with inserted as (
    insert into journal (idempotency_key, request_hash, kind, deal_id, effective_at, actor)
      select u.key, u.hash, u.kind, u.deal, u.at, coalesce(app.actor(), mover)
      from unnest(keys, hashes, journal_kinds, deals, effective) as u (key, hash, kind, deal, at)
      on conflict (idempotency_key) do nothing returning id, idempotency_key)
  select array_agg(i.id), array_agg(i.idempotency_key) into fresh_ids, fresh_keys from inserted i;

  for n in 1 .. cardinality(keys) loop
    posted_id := fresh_ids[array_position(fresh_keys, keys[n])];
    -- A key that is twice in one batch counts as repeated the second time.
    replayed := posted_id is null or array_position(ids, posted_id) is not null;
    ids[n] := case when not replayed then posted_id end;
    if replayed then
      select j.id, j.request_hash into stored from journal j where j.idempotency_key = keys[n];
      if stored.request_hash <> hashes[n] then
        raise exception 'idempotency key % was used for other content', keys[n] using errcode = 'CL001';
      end if;
      posted_id := stored.id;
    end if;
    return next;
  end loop;

  select array_agg(a.key), array_agg(a.id), array_agg(a.currency), array_agg(a.seq), array_agg(a.debits_minor - a.credits_minor)
    into account_keys, account_ids, currencies, seqs, balances
    from (select * from account where key = any (debits || credits) order by key for no key update) a;
  debit_sums := array_fill(0::bigint, array[cardinality(account_ids)]);
  credit_sums := debit_sums;
  captured_sums := debit_sums;

  for i in 1 .. transfers loop
    posted_id := ids[transfer_journals[i]];
    continue when posted_id is null;
    debited := array_position(account_keys, debits[i]);
    credited := array_position(account_keys, credits[i]);
    if debited is null or credited is null then
      raise exception 'account % or % is not open', debits[i], credits[i] using errcode = 'CL005';
    end if;
    seqs[debited] := seqs[debited] + 1;
    balances[debited] := balances[debited] + amounts[i];
    debit_sums[debited] := debit_sums[debited] + amounts[i];
    entry_journals[2 * i - 1] := posted_id;
    entry_accounts[2 * i - 1] := debited;
    entry_seqs[2 * i - 1] := seqs[debited];
    entry_amounts[2 * i - 1] := amounts[i];
    entry_balances[2 * i - 1] := balances[debited];
    seqs[credited] := seqs[credited] + 1;
    balances[credited] := balances[credited] - amounts[i];
    credit_sums[credited] := credit_sums[credited] + amounts[i];
    entry_journals[2 * i] := posted_id;
    entry_accounts[2 * i] := credited;
    entry_seqs[2 * i] := seqs[credited];
    entry_amounts[2 * i] := -amounts[i];
    entry_balances[2 * i] := balances[credited];
    if holds[i] is not null then
      update hold h set captured_minor = h.captured_minor + amounts[i]
        where h.id = holds[i] and h.account_id = account_ids[debited];
      if not found then
        raise exception 'hold % is not of account %', holds[i], debits[i] using errcode = 'CL005';
      end if;
      captured_sums[debited] := captured_sums[debited] + amounts[i];
      entry_holds[2 * i - 1] := holds[i];
    end if;
  end loop;

  insert into entry (journal_id, account_id, account_seq, currency, amount_minor, balance_after_minor, hold_id)
    select u.journal, account_ids[u.account], u.seq, currencies[u.account], u.amount, u.balance, u.hold
    from unnest(entry_journals, entry_accounts, entry_seqs, entry_amounts, entry_balances, entry_holds)
      as u (journal, account, seq, amount, balance, hold)
    where u.journal is not null;
  update account a set debits_minor = a.debits_minor + u.debit, credits_minor = a.credits_minor + u.credit,
      held_minor = a.held_minor - u.captured, seq = u.seq
    from unnest(account_ids, debit_sums, credit_sums, captured_sums, seqs) as u (id, debit, credit, captured, seq)
    where a.id = u.id;
end $$;

-- Posts a journal of one transfer: what post() does for a batch of that size, at half the cost, with the same hash.
create function ledger.post_one(
  key text, journal_kind text, deal uuid, effective timestamptz, debit text, credit text, amount bigint, hold_taken uuid,
  out posted_id bigint, out replayed boolean
) language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  mover text := app.role();
  hash bytea := sha256(convert_to(concat_ws('|', journal_kind, deal, debit, credit, amount, hold_taken), 'UTF8'));
  stored bytea;
  written int;
begin
  if coalesce(mover, '') not in ('operator', 'service', 'system') then
    raise exception 'this actor may not move money' using errcode = '42501';
  end if;
  if amount <= 0 or debit = credit then
    raise exception 'a transfer is not above zero, or to its own account' using errcode = '22023';
  end if;
  insert into journal as j (idempotency_key, request_hash, kind, deal_id, effective_at, actor)
    values (key, hash, journal_kind, deal, effective, coalesce(app.actor(), mover))
    on conflict (idempotency_key) do nothing returning j.id into posted_id;
  replayed := posted_id is null;
  if replayed then
    select j.id, j.request_hash into posted_id, stored from journal j where j.idempotency_key = key;
    if stored <> hash then
      raise exception 'idempotency key % was used for other content', key using errcode = 'CL001';
    end if;
    return;
  end if;

  -- The index hands the two rows over, and so they are locked, in the order of their keys.
  with moved as (
    update account a set seq = a.seq + 1,
        debits_minor = a.debits_minor + case when a.key = debit then amount else 0 end,
        credits_minor = a.credits_minor + case when a.key = debit then 0 else amount end,
        held_minor = a.held_minor - case when a.key = debit and hold_taken is not null then amount else 0 end
      where a.key = any (array[debit, credit])
      returning a.id, a.seq, a.currency, a.debits_minor - a.credits_minor as balance, a.key = debit as is_debit)
  insert into entry (journal_id, account_id, account_seq, currency, amount_minor, balance_after_minor, hold_id)
    select posted_id, m.id, m.seq, m.currency, case when m.is_debit then amount else -amount end, m.balance,
      case when m.is_debit then hold_taken end
    from moved m;
  get diagnostics written = row_count;
  if written <> 2 then
    raise exception 'account % or % is not open', debit, credit using errcode = 'CL005';
  end if;
  if hold_taken is not null then
    update hold h set captured_minor = h.captured_minor + amount
      from account a where h.id = hold_taken and a.key = debit and h.account_id = a.id;
    if not found then
      raise exception 'hold % is not of account %', hold_taken, debit using errcode = 'CL005';
    end if;
  end if;
end $$;

-- Reserves available money of one account. The same id again with the same content changes nothing.
create function ledger.place_hold(hold uuid, account_key text, amount bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  target bigint;
begin
  perform ledger.require_mover();
  select a.id into target from account a where a.key = account_key for no key update;
  if target is null then
    raise exception 'account % is not open', account_key using errcode = 'CL005';
  end if;
  insert into hold (id, account_id, amount_minor) values (hold, target, amount) on conflict (id) do nothing;
  if found then
    update account a set held_minor = a.held_minor + amount where a.id = target;
  elsif not exists (select 1 from hold h where h.id = hold and h.account_id = target and h.amount_minor = amount) then
    raise exception 'a hold id was used for other content' using errcode = 'CL001';
  end if;
end $$;

-- Gives back what remains of a hold; answers how much. A hold with nothing left answers zero.
create function ledger.release_hold(hold_id uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  target bigint;
  rest bigint;
begin
  perform ledger.require_mover();
  select h.account_id into target from hold h where h.id = hold_id;
  perform 1 from account a where a.id = target for no key update;
  select h.remaining_minor into rest from hold h where h.id = hold_id for update;
  if rest is null then
    raise exception 'hold % is unknown', hold_id using errcode = 'CL005';
  end if;
  update hold h set released_minor = h.released_minor + rest where h.id = hold_id and rest > 0;
  update account a set held_minor = a.held_minor - rest where a.id = target and rest > 0;
  return rest;
end $$;

-- The journals of a range as the text that is sealed: whoever can read the rows can compute the chain.
create function ledger.lines(after_journal bigint, to_journal bigint) returns table (journal_id bigint, line text)
language sql stable set search_path = public, pg_temp as $$
  select j.id, concat_ws('|', j.id, j.idempotency_key, encode(j.request_hash, 'hex'), j.kind, j.deal_id,
      (extract(epoch from j.effective_at) * 1000000)::bigint, j.actor, e.legs)
    from journal j
    join lateral (
      select string_agg(concat_ws(':', e.account_id, e.account_seq, e.currency, e.amount_minor, e.balance_after_minor, e.hold_id),
        '|' order by e.account_id, e.account_seq) as legs
      from entry e where e.journal_id = j.id) e on true
    where j.id > after_journal and j.id <= to_journal order by j.id
$$;

-- Seals what is final, in batches; answers how many journals. Runs outside of the posts, so they never wait for it.
-- A journal id may be taken long before it commits: ids up to the sequence's position are final once every transaction
-- that was running when the position was read (its fence) has ended.
create function ledger.seal(batch int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  previous bytea;
  sealed_to bigint;
  ready seal_fence;
  part record;
  total int := 0;
begin
  if coalesce(app.role(), '') <> 'system' then
    raise exception 'only a system task seals' using errcode = '42501';
  end if;
  if not pg_try_advisory_xact_lock(hashtext('ledger.seal')) then
    return 0;
  end if;
  select * into ready from seal_fence;
  if found and pg_snapshot_xmin(pg_current_snapshot()) >= ready.fence then
    select s.to_journal_id, s.hash into sealed_to, previous from seal s order by s.id desc limit 1;
    sealed_to := coalesce(sealed_to, 0);
    previous := coalesce(previous, sha256('clearlot ledger'));
    loop
      select count(*)::int as journals, max(l.journal_id) as last, string_agg(l.line, E'\n' order by l.journal_id) as body into part
        from (select * from ledger.lines(sealed_to, ready.journal_id) limit batch) l;
      exit when part.journals = 0;
      insert into seal (to_journal_id, journals, prev_hash, hash)
        values (part.last, part.journals, previous, sha256(previous || convert_to(part.body, 'UTF8')))
        returning hash into previous;
      sealed_to := part.last;
      total := total + part.journals;
    end loop;
  end if;
  -- A fence from another cluster (a restored dump) may lie in the future and is renewed too.
  insert into seal_fence (journal_id, fence) select last_value, pg_snapshot_xmax(pg_current_snapshot()) from journal_id_seq
    on conflict (one) do update set journal_id = excluded.journal_id, fence = excluded.fence
      where pg_snapshot_xmin(pg_current_snapshot()) >= seal_fence.fence or seal_fence.fence > excluded.fence;
  return total;
end $$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.open(uuid, text, text[], uuid[]),
  ledger.post(text[], text[], uuid[], timestamptz[], int[], text[], text[], bigint[], uuid[]),
  ledger.post_one(text, text, uuid, timestamptz, text, text, bigint, uuid),
  ledger.place_hold(uuid, text, bigint), ledger.release_hold(uuid),
  ledger.lines(bigint, bigint), ledger.seal(int) to :app_role;
