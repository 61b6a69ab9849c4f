import type { JsonWebKey } from 'node:crypto';
import { bigint, customType, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AgreementKind, AgreementStatus, SignerRole } from './agreements/agreement.ts';
import type { StoredSupplyTerms } from './agreements/supply-terms.ts';
import type { FilePurpose } from './files/file.ts';

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const file = pgTable('file', {
  id: uuid().primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  purpose: text().$type<FilePurpose>().notNull(),
  subjectId: uuid('subject_id').notNull(),
  fileName: text('file_name').notNull(),
  mediaType: text('media_type').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  sha256: bytea().notNull(),
  sealed: bytea().notNull(),
  createdAt: instant('created_at').notNull(),
  retentionUntil: instant('retention_until').notNull(),
});

export const fileShare = pgTable('file_share', {
  documentId: uuid('document_id').notNull(),
  readerId: uuid('reader_id'),
  sharedAt: instant('shared_at').notNull(),
});

export const settlementPackage = pgTable('settlement_package', {
  settlementId: uuid('settlement_id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  status: text().$type<'issued' | 'voided'>().notNull(),
  createdAt: instant('created_at').notNull(),
  voidedAt: instant('voided_at'),
  voidReason: text('void_reason'),
});

export const agreement = pgTable('agreement', {
  id: uuid().primaryKey(),
  agreementId: uuid('agreement_id').notNull(),
  settlementId: uuid('settlement_id').notNull(),
  dealId: uuid('deal_id').notNull(),
  dealName: text('deal_name').notNull(),
  kind: text().$type<AgreementKind>().notNull(),
  terms: jsonb().$type<StoredSupplyTerms>(),
  companyName: text('company_name'),
  participationId: uuid('participation_id'),
  commitmentId: uuid('commitment_id'),
  sellerId: uuid('seller_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  partiesSealed: bytea('parties_sealed').notNull(),
  shareType: text('share_type'),
  shares: bigint({ mode: 'bigint' }),
  currency: text().notNull(),
  priceMinor: bigint('price_minor', { mode: 'bigint' }),
  amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
  title: text().notNull(),
  status: text().$type<AgreementStatus>().notNull(),
  originalSha256: bytea('original_sha256').notNull(),
  issuedAt: instant('issued_at').notNull(),
  sellerSignedAt: instant('seller_signed_at'),
  buyerSignedAt: instant('buyer_signed_at'),
  completedAt: instant('completed_at'),
  finalClaimedUntil: instant('final_claimed_until'),
  finalStoredAt: instant('final_stored_at'),
  voidedAt: instant('voided_at'),
  voidReason: text('void_reason'),
  retentionUntil: instant('retention_until').notNull(),
});

export const agreementPdf = pgTable(
  'agreement_pdf',
  {
    documentId: uuid('document_id').notNull(),
    version: text().$type<'original' | 'final'>().notNull(),
    sellerId: uuid('seller_id').notNull(),
    buyerId: uuid('buyer_id').notNull(),
    sha256: bytea().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sealed: bytea().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.version] })],
);

export const signature = pgTable('signature', {
  id: uuid().primaryKey(),
  documentId: uuid('document_id').notNull(),
  signerId: uuid('signer_id').notNull(),
  signerRole: text('signer_role').$type<SignerRole>().notNull(),
  sellerId: uuid('seller_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  typedNameSealed: bytea('typed_name_sealed').notNull(),
  consentText: text('consent_text').notNull(),
  documentSha256: bytea('document_sha256').notNull(),
  ip: text().notNull(),
  userAgent: text('user_agent').notNull(),
  signedAt: instant('signed_at').notNull(),
});

export const documentEvent = pgTable('document_event', {
  seq: bigint({ mode: 'bigint' }).generatedAlwaysAsIdentity().primaryKey(),
  documentId: uuid('document_id').notNull(),
  kind: text().$type<'stored' | 'issued' | 'viewed' | 'signed' | 'completed' | 'voided'>().notNull(),
  at: instant('at').notNull(),
  actorId: text('actor_id').notNull(),
  actorRole: text('actor_role').$type<'owner' | 'seller' | 'buyer' | 'clearlot'>().notNull(),
  ip: text(),
  sha256: bytea(),
  ownerId: uuid('owner_id'),
  sellerId: uuid('seller_id'),
  buyerId: uuid('buyer_id'),
});

export const seal = pgTable('seal', {
  id: uuid().primaryKey(),
  publicKey: jsonb('public_key').$type<JsonWebKey>().notNull(),
  privateKeySealed: bytea('private_key_sealed').notNull(),
  opensAt: instant('opens_at').notNull(),
  createdAt: instant('created_at').notNull(),
  openedAt: instant('opened_at'),
});
