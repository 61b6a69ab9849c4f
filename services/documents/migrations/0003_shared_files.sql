-- Files of the marketplace, and who else may read one.

alter table file drop constraint file_purpose_check;
alter table file add constraint file_purpose_check check (purpose in
  ('holding_proof', 'accreditation_evidence', 'supplier_evidence', 'rfq_attachment', 'order_document'));

create table file_share (
  document_id uuid not null references file,
  -- Null: everybody who is signed in.
  reader_id uuid,
  shared_at timestamptz not null,
  unique nulls not distinct (document_id, reader_id)
);
create index file_share_reader on file_share (reader_id);

-- The files whose shares with the actor were found in this transaction.
create function app.shared_files() returns uuid[] language sql stable
  as $$ select case when app.user_id() is not null then nullif(current_setting('app.shared_files', true), '')::uuid[] end $$;

alter table file_share enable row level security;
alter table file_share force row level security;

create policy file_share_service on file_share for select using ((select app.role()) = 'service');
create policy file_share_add on file_share for insert with check ((select app.role()) = 'service');
create policy file_share_reader on file_share for select using (reader_id = (select app.user_id()));
create policy file_share_everybody on file_share for select using ((select app.role()) = 'user' and reader_id is null);

create policy file_shared on file for select using (id = any ((select app.shared_files())::uuid[]));

revoke update on file_share from :app_role;
