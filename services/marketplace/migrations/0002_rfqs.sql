-- Requests for quotation, their versions, questions and answers, matches, and the sealed responses.

-- RFQs that the actor was found to see earlier in this transaction: their own, open ones, those they are invited to.
create function app.rfq_ids() returns uuid[] language sql stable
  as $$ select case when app.user_id() is not null then nullif(current_setting('app.rfq_ids', true), '')::uuid[] end $$;

create table rfq (
  id uuid primary key,
  buyer_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  visibility text not null check (visibility in ('open', 'invited')),
  currency text not null,
  status text not null check (status in
    ('draft', 'published', 'closed', 'evaluated', 'awarded', 'contracted', 'cancelled', 'expired')),
  -- The version of its terms in rfq_version; 0 while a draft that was never published.
  version int not null default 0,
  -- Of the lines of its terms, for lists.
  product_types text[] not null default '{}',
  deadline_at timestamptz not null,
  -- Until when a closed RFQ must be decided; then it expires.
  decide_by timestamptz not null,
  -- The public half of the key its responses are sealed under; documents keeps the private half until the deadline.
  public_key jsonb,
  published_at timestamptz,
  closed_at timestamptz,
  opened_at timestamptz,
  cancel_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Rows of an RFQ carry its buyer; this is what keeps them to the truth.
  unique (id, buyer_id),
  check (status <> 'draft' or version = 0)
);
create index rfq_buyer on rfq (buyer_id, id);
create index rfq_open on rfq (status, id);
create index rfq_due on rfq (deadline_at) where status = 'published';
create index rfq_undecided on rfq (decide_by) where status in ('closed', 'evaluated');

-- The terms as they were at each version, exactly as the buyer sent them (src/rfqs/terms.ts reads them). Version 0 is the
-- draft: its buyer's alone, and the only one that may change.
create table rfq_version (
  rfq_id uuid not null,
  version int not null,
  buyer_id uuid not null,
  terms jsonb not null,
  -- Of a draft: who will be invited when it is published.
  invited_supplier_ids uuid[] not null default '{}',
  reason text,
  created_at timestamptz not null,
  primary key (rfq_id, version),
  foreign key (rfq_id, buyer_id) references rfq (id, buyer_id)
);
create index rfq_version_buyer on rfq_version (buyer_id);

-- Made when an RFQ is published.
create table rfq_invitation (
  rfq_id uuid not null,
  supplier_id uuid not null,
  supplier_owner_id uuid not null,
  buyer_id uuid not null,
  created_at timestamptz not null,
  primary key (rfq_id, supplier_id),
  foreign key (rfq_id, buyer_id) references rfq (id, buyer_id),
  foreign key (supplier_id, supplier_owner_id) references supplier (id, owner_id)
);
create index rfq_invitation_supplier on rfq_invitation (supplier_owner_id);
create index rfq_invitation_buyer on rfq_invitation (buyer_id);

-- A question and its answer, for everybody who may see the RFQ; who asked is apart.
create table rfq_question (
  id uuid primary key,
  rfq_id uuid not null,
  buyer_id uuid not null,
  question text not null check (length(question) between 1 and 4000),
  answer text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  -- When who asked was told of the answer.
  told_at timestamptz,
  foreign key (rfq_id, buyer_id) references rfq (id, buyer_id)
);
create index rfq_question_rfq on rfq_question (rfq_id, id);
create index rfq_question_buyer on rfq_question (buyer_id);
create index rfq_question_untold on rfq_question (answered_at) where answered_at is not null and told_at is null;

create table rfq_question_asker (
  question_id uuid primary key references rfq_question,
  asker_id uuid not null
);
create index rfq_question_asker_own on rfq_question_asker (asker_id);

create table rfq_attachment (
  document_id uuid primary key,
  rfq_id uuid not null,
  buyer_id uuid not null,
  file_name text not null,
  sha256 text not null,
  created_at timestamptz not null,
  foreign key (rfq_id, buyer_id) references rfq (id, buyer_id)
);
create index rfq_attachment_rfq on rfq_attachment (rfq_id);

-- Suppliers an RFQ was matched with, and why: terms is [{ term, weight, score, because }].
create table rfq_match (
  rfq_id uuid not null,
  supplier_id uuid not null,
  supplier_owner_id uuid not null,
  buyer_id uuid not null,
  -- Parts per thousand.
  score int not null check (score between 0 and 1000),
  terms jsonb not null,
  matched_at timestamptz not null,
  primary key (rfq_id, supplier_id),
  foreign key (rfq_id, buyer_id) references rfq (id, buyer_id),
  foreign key (supplier_id, supplier_owner_id) references supplier (id, owner_id)
);
create index rfq_match_supplier on rfq_match (supplier_owner_id);
create index rfq_match_buyer on rfq_match (buyer_id);

-- One row for each hand-in; at most one of a supplier counts. `envelope` is a JWE that opens at the deadline only.
create table response (
  id uuid primary key,
  rfq_id uuid not null,
  supplier_id uuid not null,
  supplier_owner_id uuid not null,
  buyer_id uuid not null,
  -- Counts a supplier's hand-ins for this RFQ from 1.
  version int not null,
  -- The terms it was made for; below the RFQ's version it is stale until a later version is acknowledged.
  rfq_version int not null,
  acknowledged_version int check (acknowledged_version > rfq_version),
  status text not null check (status in ('sealed', 'replaced', 'withdrawn', 'opened', 'unreadable')),
  envelope text not null,
  -- Of the sealed document, which holds a random nonce: without it nobody can try contents until the hash fits.
  content_sha256 bytea not null,
  -- The clear content, from the opening on.
  content jsonb,
  receipt text not null,
  withdrawal_receipt text,
  submitted_at timestamptz not null,
  acknowledged_at timestamptz,
  withdrawn_at timestamptz,
  opened_at timestamptz,
  unique (rfq_id, supplier_id, version),
  foreign key (rfq_id, buyer_id) references rfq (id, buyer_id),
  foreign key (supplier_id, supplier_owner_id) references supplier (id, owner_id),
  check ((content is not null) = (status = 'opened'))
);
create unique index response_counting on response (rfq_id, supplier_id) where status in ('sealed', 'opened');
create index response_supplier on response (supplier_owner_id, id);
create index response_buyer on response (buyer_id);

do $$
declare t text;
begin
  foreach t in array array['rfq', 'rfq_version', 'rfq_invitation', 'rfq_question', 'rfq_question_asker', 'rfq_attachment',
    'rfq_match', 'response'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- What operators and the service's own tasks see whole. Drafts and sealed responses are kept from operators below.
  foreach t in array array['rfq_invitation', 'rfq_question', 'rfq_attachment', 'rfq_match'] loop
    execute format('create policy %I on %I for select using ((select app.role()) in (''operator'', ''system''))', t || '_oversight', t);
  end loop;
end $$;

create policy rfq_own on rfq for select using (buyer_id = (select app.user_id()));
create policy rfq_open on rfq for select
  using (visibility = 'open' and version > 0 and (select app.role()) = 'user');
create policy rfq_invited on rfq for select using (version > 0 and id = any ((select app.rfq_ids())::uuid[]));
create policy rfq_oversight on rfq for select
  using ((select app.role()) = 'system' or ((select app.role()) = 'operator' and version > 0));
create policy rfq_add on rfq for insert with check (buyer_id = (select app.user_id()) and status = 'draft');
create policy rfq_run on rfq for update using (buyer_id = (select app.user_id()));
create policy rfq_close on rfq for update using ((select app.role()) = 'system');
-- Only time closes an RFQ and opens its responses: its buyer can neither bring the deadline forward nor change the key.
create trigger rfq_facts before update on rfq for each row
  when (app.role() = 'user' and (
    (old.status = 'published' and new.status not in ('published', 'cancelled'))
    or new.status = 'expired' or new.closed_at is distinct from old.closed_at
    or new.opened_at is distinct from old.opened_at
    or (old.version > 0 and (new.deadline_at < old.deadline_at or new.public_key is distinct from old.public_key
      or new.currency <> old.currency or new.visibility <> old.visibility))))
  execute function refuse_change();

create policy rfq_version_own on rfq_version for select using (buyer_id = (select app.user_id()));
create policy rfq_version_seen on rfq_version for select
  using (version > 0 and rfq_id = any ((select app.rfq_ids())::uuid[]));
create policy rfq_version_oversight on rfq_version for select
  using ((select app.role()) = 'system' or ((select app.role()) = 'operator' and version > 0));
create policy rfq_version_add on rfq_version for insert with check (buyer_id = (select app.user_id()));
create policy rfq_version_edit on rfq_version for update using (buyer_id = (select app.user_id()) and version = 0);

create policy rfq_invitation_own on rfq_invitation for select
  using (supplier_owner_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy rfq_invitation_add on rfq_invitation for insert with check (buyer_id = (select app.user_id()));

create policy rfq_question_seen on rfq_question for select using (rfq_id = any ((select app.rfq_ids())::uuid[]));
create policy rfq_question_ask on rfq_question for insert
  with check (rfq_id = any ((select app.rfq_ids())::uuid[]) and answer is null and (select app.role()) = 'user');
create policy rfq_question_answer on rfq_question for update using (buyer_id = (select app.user_id()));
create policy rfq_question_tell on rfq_question for update using ((select app.role()) = 'system');

-- Who asked is nobody's business, the buyer's least; besides this row only the audit trail knows.
create policy rfq_question_asker_own on rfq_question_asker for select using (asker_id = (select app.user_id()));
create policy rfq_question_asker_tell on rfq_question_asker for select using ((select app.role()) = 'system');
create policy rfq_question_asker_add on rfq_question_asker for insert with check (asker_id = (select app.user_id()));

create policy rfq_attachment_seen on rfq_attachment for select using (rfq_id = any ((select app.rfq_ids())::uuid[]));
create policy rfq_attachment_add on rfq_attachment for insert with check (buyer_id = (select app.user_id()));

create policy rfq_match_own on rfq_match for select
  using (supplier_owner_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy rfq_match_add on rfq_match for insert with check ((select app.role()) = 'system');

-- Until it is opened a response is its supplier's alone; that there is one is as secret as what it says.
create policy response_own on response for select using (supplier_owner_id = (select app.user_id()));
create policy response_opened on response for select
  using (status = 'opened' and (buyer_id = (select app.user_id()) or (select app.role()) = 'operator'));
create policy response_oversight on response for select using ((select app.role()) = 'system');
create policy response_add on response for insert
  with check (supplier_owner_id = (select app.user_id()) and status = 'sealed');
create policy response_take_back on response for update using (supplier_owner_id = (select app.user_id()))
  with check (status in ('sealed', 'replaced', 'withdrawn'));
create policy response_open on response for update using ((select app.role()) = 'system');
-- Not in the policy: it would hide what has ended from its supplier's locks.
create trigger response_ended before update on response for each row
  when (app.role() = 'user' and old.status <> 'sealed') execute function refuse_change();

-- Whose a row is and what was asked, sealed and signed never changes, only how far it got.
revoke update on rfq, rfq_version, rfq_invitation, rfq_question, rfq_question_asker, rfq_attachment, rfq_match, response
  from :app_role;
grant update (title, visibility, currency, status, version, product_types, deadline_at, decide_by, public_key, published_at,
  closed_at, opened_at, cancel_reason, updated_at) on rfq to :app_role;
grant update (terms, invited_supplier_ids) on rfq_version to :app_role;
grant update (answer, answered_at, told_at) on rfq_question to :app_role;
grant update (status, content, acknowledged_version, acknowledged_at, withdrawal_receipt, withdrawn_at, opened_at) on response
  to :app_role;
