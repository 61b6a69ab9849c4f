-- People, how they sign in, what they may do, the organizations they act in, and every e-mail the platform sends.
-- Personal data is sealed (AES-256-GCM, bound to table, column and row); what is looked up is a keyed fingerprint;
-- passwords are argon2id, tokens are SHA-256. ':app_role' is replaced by the migration runner.

-- What the caller has presented (fingerprint of an e-mail, hash of a token): the one row it opens is all it opens.
create function app.presented() returns bytea language sql stable
  as $$ select case when app.role() is not null then decode(nullif(current_setting('app.presented', true), ''), 'hex') end $$;
-- Organizations whose membership of the actor was checked earlier in this transaction. Only people belong to one.
create function app.organization_ids() returns uuid[] language sql stable
  as $$ select case when app.user_id() is not null then nullif(current_setting('app.organization_ids', true), '')::uuid[] end $$;
-- People the actor shares a checked organization with.
create function app.companions() returns uuid[] language sql stable
  as $$ select case when app.user_id() is not null then nullif(current_setting('app.companions', true), '')::uuid[] end $$;

create table account (
  id uuid primary key,
  role text not null check (role in ('seller', 'buyer', 'operator')),
  status text not null check (status in ('active', 'suspended')),
  email bytea not null,
  full_name bytea not null,
  contact bytea,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table credential (
  user_id uuid primary key references account,
  -- Keyed fingerprint of the normalised e-mail.
  login bytea not null constraint credential_login_unique unique,
  password_hash text not null,
  created_at timestamptz not null
);

create table consent (
  id uuid primary key,
  user_id uuid not null references account,
  document text not null,
  version text not null,
  accepted_at timestamptz not null,
  ip text,
  user_agent text
);
create index consent_user on consent (user_id);

-- Failed passwords per e-mail and network, also of e-mails nobody has: both look the same from outside.
create table login_attempt (
  login bytea not null,
  network bytea not null,
  failures int not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (login, network)
);
create index login_attempt_age on login_attempt (last_failed_at);

create table session (
  id uuid primary key,
  user_id uuid not null references account,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ip text,
  user_agent text,
  -- Of the browser cookie's secret; null for API clients.
  secret_hash bytea unique,
  revoked_at timestamptz,
  revoked_because text
);
create index session_by_user on session (user_id, id);

create table refresh_token (
  hash bytea primary key,
  session_id uuid not null references session,
  user_id uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_token_user on refresh_token (user_id);
create index refresh_token_expiry on refresh_token (expires_at);

create table accreditation (
  id uuid primary key,
  user_id uuid not null references account,
  basis text not null check (basis in ('income', 'net_worth', 'professional', 'entity')),
  status text not null check (status in ('submitted', 'verified', 'rejected')),
  details bytea,
  attestation_version text not null,
  attested_at timestamptz not null,
  attested_ip text,
  decided_at timestamptz,
  decided_by uuid,
  notes text,
  expires_at timestamptz,
  constraint accreditation_verified_expires check (status <> 'verified' or expires_at is not null)
);
create index accreditation_user on accreditation (user_id, id);
create index accreditation_status on accreditation (status, id);
-- A second submission on the same basis waits for the first to be decided.
create unique index accreditation_one_pending on accreditation (user_id, basis) where status = 'submitted';

create table accreditation_document (
  accreditation_id uuid not null references accreditation,
  document_id uuid not null,
  user_id uuid not null references account,
  file_name text not null,
  sha256 text not null,
  size_bytes bigint not null,
  created_at timestamptz not null,
  primary key (accreditation_id, document_id)
);
create index accreditation_document_user on accreditation_document (user_id);

create table organization (
  id uuid primary key,
  name text not null,
  created_by uuid not null references account,
  created_at timestamptz not null
);
create index organization_creator on organization (created_by);

create table membership (
  organization_id uuid not null references organization,
  user_id uuid not null references account,
  role text not null check (role in ('owner', 'admin', 'member')),
  created_at timestamptz not null,
  primary key (organization_id, user_id)
);
create index membership_user on membership (user_id);

create table invitation (
  id uuid primary key,
  organization_id uuid not null references organization,
  email bytea not null,
  email_fingerprint bytea not null,
  role text not null check (role in ('owner', 'admin', 'member')),
  token_hash bytea not null unique,
  invited_by uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references account
);
create index invitation_organization on invitation (organization_id, email_fingerprint);

-- One row per notification; the row is the outbound operation (planned → sending → sent | failed).
create table mail (
  notification_id uuid primary key,
  template text not null,
  user_id uuid references account,
  -- Sealed address of somebody who need not have an account; null when user_id says who.
  recipient bytea,
  requested_by uuid references account,
  -- Sealed; forgotten once sent.
  data bytea,
  state text not null check (state in ('planned', 'sending', 'sent', 'failed')),
  attempts int not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint mail_addressed check (user_id is not null or recipient is not null)
);
create index mail_due on mail (due_at) where state = 'planned';
create index mail_leased on mail (lease_until) where state = 'sending';
create index mail_user on mail (user_id);
create index mail_requester on mail (requested_by);

alter table account enable row level security;
alter table account force row level security;
alter table credential enable row level security;
alter table credential force row level security;
alter table consent enable row level security;
alter table consent force row level security;
alter table login_attempt enable row level security;
alter table login_attempt force row level security;
alter table session enable row level security;
alter table session force row level security;
alter table refresh_token enable row level security;
alter table refresh_token force row level security;
alter table accreditation enable row level security;
alter table accreditation force row level security;
alter table accreditation_document enable row level security;
alter table accreditation_document force row level security;
alter table organization enable row level security;
alter table organization force row level security;
alter table membership enable row level security;
alter table membership force row level security;
alter table invitation enable row level security;
alter table invitation force row level security;
alter table mail enable row level security;
alter table mail force row level security;

-- Strangers may become sellers or buyers; only a system actor makes operators. Nobody's role or e-mail changes.
create policy account_register on account for insert
  with check ((select app.role()) = 'anonymous' and role in ('seller', 'buyer') and status = 'active');
create policy account_own on account for select
  using (id = (select app.user_id()) or id = any ((select app.companions())::uuid[]));
create policy account_edit on account for update using (id = (select app.user_id()) and status = 'active')
  with check (status = 'active');
create policy account_operator on account for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy account_suspend on account for update using ((select app.role()) = 'operator');
create policy account_seed on account for insert
  with check ((select app.role()) = 'system' and role = 'operator' and status = 'active');
revoke update on account from :app_role;
grant update (status, full_name, contact, updated_at) on account to :app_role;

create policy credential_register on credential for insert with check ((select app.role()) in ('anonymous', 'system'));
create policy credential_presented on credential for select
  using (login = (select app.presented()) and (select app.role()) in ('anonymous', 'operator', 'system'));
revoke update on credential from :app_role;

create policy consent_give on consent for insert with check ((select app.role()) = 'anonymous');
create policy consent_own on consent for select using (user_id = (select app.user_id()));
create policy consent_operator on consent for select using ((select app.role()) = 'operator');
revoke update on consent from :app_role;

create policy login_attempt_presented on login_attempt for select
  using (login = (select app.presented()) and (select app.role()) in ('anonymous', 'user'));
create policy login_attempt_open on login_attempt for insert
  with check (login = (select app.presented()) and (select app.role()) = 'anonymous');
create policy login_attempt_count on login_attempt for update
  using (login = (select app.presented()) and (select app.role()) in ('anonymous', 'user'));
create policy login_attempt_stale on login_attempt for select using ((select app.role()) = 'system');
create policy login_attempt_tidy on login_attempt for delete using ((select app.role()) = 'system');
revoke update on login_attempt from :app_role;
grant update (failures, last_failed_at, locked_until) on login_attempt to :app_role;
grant delete on login_attempt to :app_role;

-- A session that has ended is nobody's to change: it never comes back.
create policy session_start on session for insert with check (user_id = (select app.user_id()));
create policy session_own on session for select using (user_id = (select app.user_id()));
create policy session_use on session for update
  using (user_id = (select app.user_id()) and revoked_at is null) with check (user_id = (select app.user_id()));
create policy session_read on session for select using ((select app.role()) in ('operator', 'service', 'system'));
create policy session_end on session for update
  using ((select app.role()) = 'operator' and revoked_at is null)
  with check ((select app.role()) = 'operator' and revoked_at is not null);
create policy session_seen on session for update
  using ((select app.role()) = 'service' and secret_hash = (select app.presented()) and revoked_at is null);
revoke update on session from :app_role;
grant update (last_seen_at, revoked_at, revoked_because) on session to :app_role;

create policy refresh_token_presented on refresh_token for select
  using ((select app.role()) = 'anonymous' and hash = (select app.presented()));
create policy refresh_token_own on refresh_token for select using (user_id = (select app.user_id()));
create policy refresh_token_issue on refresh_token for insert with check (user_id = (select app.user_id()));
-- Used once, and used for ever.
create policy refresh_token_use on refresh_token for update
  using (user_id = (select app.user_id()) and used_at is null) with check (used_at is not null);
create policy refresh_token_stale on refresh_token for select using ((select app.role()) = 'system');
create policy refresh_token_tidy on refresh_token for delete using ((select app.role()) = 'system');
revoke update on refresh_token from :app_role;
grant update (used_at) on refresh_token to :app_role;
grant delete on refresh_token to :app_role;

create policy accreditation_submit on accreditation for insert
  with check (user_id = (select app.user_id()) and status = 'submitted');
create policy accreditation_own on accreditation for select using (user_id = (select app.user_id()));
create policy accreditation_read on accreditation for select using ((select app.role()) in ('operator', 'service'));
create policy accreditation_decide on accreditation for update using ((select app.role()) = 'operator');
revoke update on accreditation from :app_role;
grant update (status, decided_at, decided_by, notes, expires_at) on accreditation to :app_role;

create policy accreditation_document_own on accreditation_document using (user_id = (select app.user_id()));
create policy accreditation_document_operator on accreditation_document for select
  using ((select app.role()) = 'operator');
revoke update on accreditation_document from :app_role;

create policy organization_found on organization for insert with check (created_by = (select app.user_id()));
create policy organization_member on organization for select
  using (id = any ((select app.organization_ids())::uuid[]));
-- Locked while its members change, but never itself changed.
create policy organization_lock on organization for update using (id = any ((select app.organization_ids())::uuid[]))
  with check (false);
create policy organization_operator on organization for select using ((select app.role()) = 'operator');
revoke update on organization from :app_role;
grant update (name) on organization to :app_role;

create policy membership_own on membership for select using (user_id = (select app.user_id()));
create policy membership_inside on membership using (organization_id = any ((select app.organization_ids())::uuid[]));
create policy membership_operator on membership for select using ((select app.role()) = 'operator');
revoke update on membership from :app_role;
grant update (role) on membership to :app_role;
grant delete on membership to :app_role;

create policy invitation_inside on invitation using (organization_id = any ((select app.organization_ids())::uuid[]));
-- The link shows and locks its invitation; accepting it happens inside the organization.
create policy invitation_presented on invitation for select
  using (token_hash = (select app.presented()) and (select app.role()) in ('user', 'operator'));
create policy invitation_lock on invitation for update
  using (token_hash = (select app.presented())) with check (false);
create policy invitation_operator on invitation for select using ((select app.role()) = 'operator');
revoke update on invitation from :app_role;
grant update (accepted_at, accepted_by, expires_at) on invitation to :app_role;

create policy mail_system on mail using ((select app.role()) = 'system');
create policy mail_invite on mail for insert
  with check (requested_by = (select app.user_id()) and template = 'organization_invitation');
create policy mail_own on mail for select using (user_id = (select app.user_id()));
create policy mail_operator on mail for select using ((select app.role()) = 'operator');
revoke update on mail from :app_role;
grant update (state, attempts, due_at, lease_until, last_error, data, sent_at) on mail to :app_role;
