import { bigint, customType, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A person. `email`, `full_name` and `contact` are sealed; see accounts/sealed-account.ts. */
export const account = pgTable('account', {
  id: uuid('id').primaryKey(),
  role: text('role').$type<'seller' | 'buyer' | 'supplier' | 'operator'>().notNull(),
  status: text('status').$type<'active' | 'suspended'>().notNull(),
  email: bytes('email').notNull(),
  fullName: bytes('full_name').notNull(),
  contact: bytes('contact'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** How a person signs in: keyed fingerprint of the e-mail, argon2id of the password. */
export const credential = pgTable('credential', {
  userId: uuid('user_id').primaryKey(),
  login: bytes('login').notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const consent = pgTable('consent', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  document: text('document').notNull(),
  version: text('version').notNull(),
  acceptedAt: instant('accepted_at').notNull(),
  ip: text('ip'),
  userAgent: text('user_agent'),
});

export const loginAttempt = pgTable('login_attempt', {
  login: bytes('login').notNull(),
  network: bytes('network').notNull(),
  failures: integer('failures').notNull(),
  lastFailedAt: instant('last_failed_at').notNull(),
  lockedUntil: instant('locked_until'),
});

export const session = pgTable('session', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  ip: text('ip'),
  userAgent: text('user_agent'),
  secretHash: bytes('secret_hash'),
  revokedAt: instant('revoked_at'),
  revokedBecause: text('revoked_because'),
});

export const refreshToken = pgTable('refresh_token', {
  hash: bytes('hash').primaryKey(),
  sessionId: uuid('session_id').notNull(),
  userId: uuid('user_id').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

export const accreditation = pgTable('accreditation', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  basis: text('basis').$type<'income' | 'net_worth' | 'professional' | 'entity'>().notNull(),
  status: text('status').$type<'submitted' | 'verified' | 'rejected'>().notNull(),
  details: bytes('details'),
  attestationVersion: text('attestation_version').notNull(),
  attestedAt: instant('attested_at').notNull(),
  attestedIp: text('attested_ip'),
  decidedAt: instant('decided_at'),
  decidedBy: uuid('decided_by'),
  notes: text('notes'),
  expiresAt: instant('expires_at'),
});

export const accreditationDocument = pgTable('accreditation_document', {
  accreditationId: uuid('accreditation_id').notNull(),
  documentId: uuid('document_id').notNull(),
  userId: uuid('user_id').notNull(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  sizeBytes: bigint('size_bytes', { mode: 'bigint' }).notNull(),
  createdAt: instant('created_at').notNull(),
});

export const organization = pgTable('organization', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const membership = pgTable('membership', {
  organizationId: uuid('organization_id').notNull(),
  userId: uuid('user_id').notNull(),
  role: text('role').$type<'owner' | 'admin' | 'member'>().notNull(),
  createdAt: instant('created_at').notNull(),
});

export const invitation = pgTable('invitation', {
  id: uuid('id').primaryKey(),
  organizationId: uuid('organization_id').notNull(),
  email: bytes('email').notNull(),
  emailFingerprint: bytes('email_fingerprint').notNull(),
  role: text('role').$type<'owner' | 'admin' | 'member'>().notNull(),
  tokenHash: bytes('token_hash').notNull(),
  invitedBy: uuid('invited_by').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  acceptedAt: instant('accepted_at'),
  acceptedBy: uuid('accepted_by'),
});

/** One e-mail: planned → sending → sent | failed. */
export const mail = pgTable('mail', {
  notificationId: uuid('notification_id').primaryKey(),
  template: text('template').notNull(),
  userId: uuid('user_id'),
  recipient: bytes('recipient'),
  requestedBy: uuid('requested_by'),
  data: bytes('data'),
  state: text('state').$type<'planned' | 'sending' | 'sent' | 'failed'>().notNull(),
  attempts: integer('attempts').notNull(),
  dueAt: instant('due_at').notNull(),
  leaseUntil: instant('lease_until'),
  lastError: text('last_error'),
  createdAt: instant('created_at').notNull(),
  sentAt: instant('sent_at'),
});
