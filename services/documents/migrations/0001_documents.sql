-- Files people upload, agreements they sign, and the trail of both.
-- People see a row when one of its own columns names them; nothing is looked up in another table to decide that.

create table file (
  id uuid primary key,
  owner_id uuid not null,
  purpose text not null check (purpose in ('holding_proof', 'accreditation_evidence')),
  -- The object the file proves: a holding or an accreditation.
  subject_id uuid not null,
  file_name text not null,
  -- What the bytes are, decided on arrival; never what the uploader merely claimed.
  media_type text not null,
  size_bytes int not null check (size_bytes between 1 and 10485760),
  -- Of the clear bytes.
  sha256 bytea not null check (length(sha256) = 32),
  -- AES-256-GCM, bound to this row.
  sealed bytea not null,
  created_at timestamptz not null,
  retention_until timestamptz not null,
  unique (owner_id, purpose, subject_id, sha256)
);
alter table file alter column sealed set storage external;
create index file_created on file (created_at, id);

-- One row per settlement, so that a request and its cancellation settle the same in any order.
create table settlement_package (
  settlement_id uuid primary key,
  deal_id uuid not null,
  status text not null check (status in ('issued', 'voided')),
  created_at timestamptz not null,
  voided_at timestamptz,
  void_reason text,
  check ((status = 'voided') = (voided_at is not null))
);

create table agreement (
  id uuid primary key,
  agreement_id uuid not null unique,
  settlement_id uuid not null references settlement_package,
  deal_id uuid not null,
  deal_name text not null,
  company_name text not null,
  participation_id uuid not null,
  commitment_id uuid not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  -- The legal names as printed, sealed and bound to this row.
  parties_sealed bytea not null,
  share_type text not null,
  shares bigint not null check (shares > 0),
  currency text not null,
  price_minor bigint not null check (price_minor > 0),
  amount_minor bigint not null check (amount_minor > 0),
  title text not null,
  status text not null check (status in ('sent', 'signed', 'voided')),
  -- Of the PDF that is signed.
  original_sha256 bytea not null check (length(original_sha256) = 32),
  issued_at timestamptz not null,
  seller_signed_at timestamptz,
  buyer_signed_at timestamptz,
  completed_at timestamptz,
  -- The PDF with its certificate: who is making it until when, and when it was stored.
  final_claimed_until timestamptz,
  final_stored_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  retention_until timestamptz not null,
  check (seller_id <> buyer_id),
  check ((completed_at is not null) = (seller_signed_at is not null and buyer_signed_at is not null)),
  check (status <> 'signed' or completed_at is not null),
  check (status <> 'sent' or completed_at is null),
  check ((status = 'voided') = (voided_at is not null)),
  check (final_stored_at is null or completed_at is not null),
  -- For what repeats its parties: nobody adds to an agreement by claiming to be a party of it.
  unique (id, seller_id, buyer_id)
);
create index agreement_seller on agreement (seller_id, issued_at);
create index agreement_buyer on agreement (buyer_id, issued_at);
create index agreement_deal on agreement (deal_id, issued_at);
create index agreement_settlement on agreement (settlement_id);
create index agreement_issued on agreement (issued_at, id);
create index agreement_unfinished on agreement (completed_at) where completed_at is not null and final_stored_at is null;

-- The bytes: the original that is signed, and the final with the certificate. Written once, never changed.
create table agreement_pdf (
  document_id uuid not null,
  version text not null check (version in ('original', 'final')),
  seller_id uuid not null,
  buyer_id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  size_bytes int not null,
  sealed bytea not null,
  created_at timestamptz not null,
  primary key (document_id, version),
  foreign key (document_id, seller_id, buyer_id) references agreement (id, seller_id, buyer_id)
);
alter table agreement_pdf alter column sealed set storage external;
create index agreement_pdf_seller on agreement_pdf (seller_id);
create index agreement_pdf_buyer on agreement_pdf (buyer_id);

create table signature (
  id uuid primary key,
  document_id uuid not null,
  signer_id uuid not null,
  signer_role text not null check (signer_role in ('seller', 'buyer')),
  seller_id uuid not null,
  buyer_id uuid not null,
  -- The name as typed, sealed and bound to this row.
  typed_name_sealed bytea not null,
  consent_text text not null,
  -- Of the PDF that was shown and signed.
  document_sha256 bytea not null check (length(document_sha256) = 32),
  ip text not null,
  user_agent text not null,
  signed_at timestamptz not null,
  unique (document_id, signer_role),
  foreign key (document_id, seller_id, buyer_id) references agreement (id, seller_id, buyer_id),
  check (signer_id = case signer_role when 'seller' then seller_id else buyer_id end)
);
create index signature_seller on signature (seller_id);
create index signature_buyer on signature (buyer_id);

-- What happened to a document, in the order it happened: seq is drawn under the agreement's row lock.
create table document_event (
  seq bigint generated always as identity primary key,
  document_id uuid not null,
  kind text not null check (kind in ('stored', 'issued', 'viewed', 'signed', 'completed', 'voided')),
  at timestamptz not null,
  actor_id text not null,
  actor_role text not null check (actor_role in ('owner', 'seller', 'buyer', 'clearlot')),
  ip text,
  sha256 bytea,
  owner_id uuid,
  seller_id uuid,
  buyer_id uuid,
  -- Not asked of files, which have no parties.
  foreign key (document_id, seller_id, buyer_id) references agreement (id, seller_id, buyer_id)
);
create index document_event_document on document_event (document_id, seq);
create index document_event_owner on document_event (owner_id);
create index document_event_seller on document_event (seller_id);
create index document_event_buyer on document_event (buyer_id);
-- The first time each person opened each version is a fact; the hundredth is noise.
create unique index document_event_first_view on document_event (document_id, actor_id, sha256) where kind = 'viewed';

alter table file enable row level security;
alter table file force row level security;
alter table settlement_package enable row level security;
alter table settlement_package force row level security;
alter table agreement enable row level security;
alter table agreement force row level security;
alter table agreement_pdf enable row level security;
alter table agreement_pdf force row level security;
alter table signature enable row level security;
alter table signature force row level security;
alter table document_event enable row level security;
alter table document_event force row level security;

create policy file_owner on file for select using (owner_id = (select app.user_id()));
create policy file_staff on file for select using ((select app.role()) in ('operator', 'service'));
create policy file_store on file for insert with check ((select app.role()) = 'service');

create policy settlement_package_system on settlement_package using ((select app.role()) = 'system');
create policy settlement_package_operator on settlement_package for select using ((select app.role()) = 'operator');

create policy agreement_party on agreement for select
  using (seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy agreement_staff on agreement for select using ((select app.role()) in ('operator', 'service'));
create policy agreement_sign on agreement for update
  using (seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy agreement_system on agreement using ((select app.role()) = 'system');

-- A policy cannot compare a row with what it was: a party signs for nobody else, voids nothing and changes nothing signed.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a party may only sign, and only for itself' using errcode = '42501';
end $$;
create trigger agreement_signing before update on agreement for each row
  when (app.user_id() is not null and (old.status <> 'sent' or new.status = 'voided'
    or (app.user_id() <> new.seller_id and new.seller_signed_at is distinct from old.seller_signed_at)
    or (app.user_id() <> new.buyer_id and new.buyer_signed_at is distinct from old.buyer_signed_at)))
  execute function refuse_change();

create policy agreement_pdf_party on agreement_pdf for select
  using (seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy agreement_pdf_operator on agreement_pdf for select using ((select app.role()) = 'operator');
create policy agreement_pdf_store on agreement_pdf for insert with check ((select app.role()) = 'system');

create policy signature_party on signature for select
  using (seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy signature_staff on signature for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy signature_own on signature for insert with check (signer_id = (select app.user_id()));

-- Each adds to the trail what it does itself; the second signer also that the agreement is complete.
create policy document_event_party on document_event for select
  using (owner_id = (select app.user_id()) or seller_id = (select app.user_id()) or buyer_id = (select app.user_id()));
create policy document_event_staff on document_event for select using ((select app.role()) in ('operator', 'system'));
create policy document_event_by_party on document_event for insert
  with check ((seller_id = (select app.user_id()) or buyer_id = (select app.user_id()))
    and (kind = 'completed' or (kind in ('viewed', 'signed') and actor_id = (select app.actor()))));
create policy document_event_by_service on document_event for insert
  with check ((select app.role()) = 'service' and kind = 'stored');
create policy document_event_by_system on document_event for insert
  with check ((select app.role()) = 'system' and kind in ('issued', 'voided'));

-- Bytes, signatures and trail are append-only; of an agreement only its progress changes, never its terms.
revoke update on file, agreement_pdf, signature, document_event, agreement, settlement_package from :app_role;
grant update (status, voided_at, void_reason) on settlement_package to :app_role;
grant update (status, seller_signed_at, buyer_signed_at, completed_at, final_claimed_until, final_stored_at, voided_at, void_reason)
  on agreement to :app_role;
