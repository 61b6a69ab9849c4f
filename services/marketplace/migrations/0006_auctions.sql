-- Auctions: one lot each, several of a sale close one after the other. Bids are an ordered, hash-chained log that one
-- process at a time writes: whoever holds the lease of an auction, fenced by its epoch.

create table auction (
  id uuid primary key,
  sale_id uuid not null,
  lot int not null check (lot between 1 and 200),
  owner_id uuid not null,
  -- The seller's supplier; null where the owner buys (a reverse auction, rounds of best value).
  supplier_id uuid references supplier,
  title text not null,
  description text not null,
  format text not null check (format in ('english', 'reverse', 'dutch', 'sealed_first', 'sealed_second', 'japanese', 'meat_rounds')),
  currency text not null,
  -- Product type, grade, basis and limits, quantity, Incoterm, place and delivery window: what the order is made of.
  goods jsonb not null,
  quantity_kg bigint not null check (quantity_kg > 0),
  -- The terms that everybody may know; the whole ones, with the reserve, are in auction_terms.
  public_terms jsonb not null,
  -- Questions of best value: [{ criterionId, title, options: [{ value, title, sharePpm }] }].
  criteria jsonb not null,
  deposit_minor bigint not null check (deposit_minor >= 0),
  -- How long a winner has to confirm.
  confirm_hours int not null check (confirm_hours between 1 and 720),
  opens_at timestamptz not null,
  -- With the extensions so far.
  closes_at timestamptz not null,
  status text not null check (status in ('scheduled', 'open', 'closed', 'cancelled')),
  -- Of the last entry of the log.
  sequence bigint not null default 0,
  head_hash text not null,
  -- What everybody may see after that entry.
  live jsonb not null,
  bidders int not null default 0,
  -- When the clock itself next changes something.
  wake_at timestamptz,
  writer text,
  writer_epoch bigint not null default 0,
  writer_until timestamptz,
  -- It is over, and what follows from that was done.
  settled_at timestamptz,
  created_at timestamptz not null,
  unique (sale_id, lot)
);
create index auction_owner on auction (owner_id, id);
create index auction_status on auction (status, id);
create index auction_wake on auction (wake_at) where wake_at is not null;
create index auction_unsettled on auction (closes_at) where status = 'closed' and settled_at is null;
create index auction_writer on auction (writer) where writer is not null;

create table auction_terms (
  auction_id uuid primary key references auction,
  owner_id uuid not null,
  terms jsonb not null
);
create index auction_terms_owner on auction_terms (owner_id);

-- Who may bid, under which number others see them, backed by which deposit at payments.
create table auction_participant (
  auction_id uuid not null references auction,
  bidder_id uuid not null,
  alias int not null,
  deposit_id uuid,
  -- Parts per million that the answers take off the compared price.
  share_ppm int not null check (share_ppm between 0 and 900000),
  answers jsonb not null,
  -- Pending until payments holds the deposit.
  status text not null check (status in ('pending', 'admitted', 'refused')),
  joined_at timestamptz not null,
  primary key (auction_id, bidder_id),
  unique (auction_id, alias)
);
create index auction_participant_bidder on auction_participant (bidder_id);
create index auction_participant_pending on auction_participant (joined_at) where status = 'pending';

create table auction_entry (
  auction_id uuid not null references auction,
  sequence bigint not null,
  -- Null for what the clock did.
  bidder_id uuid,
  key text,
  entry jsonb not null,
  primary key (auction_id, sequence)
);
-- A key of a bidder is taken once; another bid under it is refused, in an entry of its own.
create index auction_entry_key on auction_entry (auction_id, bidder_id, key);
create index auction_entry_bidder on auction_entry (bidder_id);

-- The lot is offered to its winner; if they default, to whoever is next.
create table auction_award (
  id uuid primary key,
  auction_id uuid not null references auction,
  rank int not null,
  owner_id uuid not null,
  bidder_id uuid not null,
  deposit_id uuid,
  price_minor bigint not null check (price_minor > 0),
  bid_sequence bigint not null,
  status text not null check (status in ('offered', 'accepted', 'declined', 'lapsed')),
  confirm_by timestamptz not null,
  order_id uuid,
  -- Declined or lapsed, and the deposit and the next in line were seen to.
  followed_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  unique (auction_id, rank),
  unique (auction_id, bidder_id)
);
create unique index auction_award_standing on auction_award (auction_id) where status in ('offered', 'accepted');
create index auction_award_bidder on auction_award (bidder_id, id);
create index auction_award_owner on auction_award (owner_id, id);
create index auction_award_due on auction_award (confirm_by) where status = 'offered';
create index auction_award_unfollowed on auction_award (ended_at) where status in ('declined', 'lapsed') and followed_at is null;

do $$
declare t text;
begin
  foreach t in array array['auction', 'auction_terms', 'auction_participant', 'auction_entry', 'auction_award'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;

create policy auction_read on auction for select using (true);
create policy auction_announce on auction for insert with check (owner_id = (select app.user_id()) and status = 'scheduled');
create policy auction_cancel on auction for update using (owner_id = (select app.user_id())) with check (status = 'cancelled');
create policy auction_run on auction for update using ((select app.role()) = 'system');

create policy auction_terms_own on auction_terms for select using (owner_id = (select app.user_id()));
create policy auction_terms_read on auction_terms for select using ((select app.role()) in ('operator', 'system'));
create policy auction_terms_announce on auction_terms for insert with check (owner_id = (select app.user_id()));

create policy auction_participant_own on auction_participant for select using (bidder_id = (select app.user_id()));
create policy auction_participant_read on auction_participant for select using ((select app.role()) in ('operator', 'system'));
-- The place among the others is given under the auction's lock, which only the platform takes.
create policy auction_participant_join on auction_participant for insert
  with check ((select app.role()) = 'system' and status = 'pending');
create policy auction_participant_admit on auction_participant for update using ((select app.role()) = 'system');

create policy auction_entry_own on auction_entry for select using (bidder_id = (select app.user_id()));
create policy auction_entry_read on auction_entry for select using ((select app.role()) in ('operator', 'system'));
create policy auction_entry_write on auction_entry for insert with check ((select app.role()) = 'system');

create policy auction_award_own on auction_award for select
  using (bidder_id = (select app.user_id()) or owner_id = (select app.user_id()));
create policy auction_award_read on auction_award for select using ((select app.role()) in ('operator', 'system'));
create policy auction_award_offer on auction_award for insert with check ((select app.role()) = 'system' and status = 'offered');
create policy auction_award_answer on auction_award for update
  using (bidder_id = (select app.user_id()) and status = 'offered') with check (status in ('accepted', 'declined'));
create policy auction_award_run on auction_award for update using ((select app.role()) = 'system');

-- What was announced and what was bid never changes.
revoke update on auction, auction_terms, auction_participant, auction_entry, auction_award from :app_role;
grant update (closes_at, status, sequence, head_hash, live, bidders, wake_at, writer, writer_epoch, writer_until, settled_at)
  on auction to :app_role;
grant update (status, joined_at) on auction_participant to :app_role;
grant update (status, order_id, followed_at, ended_at) on auction_award to :app_role;

alter table purchase_order drop constraint purchase_order_source_check;
alter table purchase_order add constraint purchase_order_source_check check (source in ('rfq', 'quote', 'auction'));
