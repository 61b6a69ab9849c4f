import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { CommitmentStatus } from './commitments/commitment.ts';
import type { DealStatus } from './deals/deal.ts';
import type { HoldingStatus } from './holdings/holding.ts';
import type { ParticipationStatus } from './participations/participation.ts';
import type { SettlementState } from './settlement/settlement.ts';

const shares = (name: string) => bigint(name, { mode: 'bigint' });
const minor = (name: string) => bigint(name, { mode: 'bigint' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const company = pgTable('company', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  legalName: text('legal_name').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const holding = pgTable('holding', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  companyId: uuid('company_id').notNull(),
  shareType: text('share_type').notNull(),
  quantity: shares('quantity').notNull(),
  reserved: shares('reserved').notNull().default(0n),
  status: text('status').$type<HoldingStatus>().notNull(),
  notes: text('notes'),
  originDealId: uuid('origin_deal_id'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const holdingDocument = pgTable('holding_document', {
  documentId: uuid('document_id').primaryKey(),
  holdingId: uuid('holding_id').notNull(),
  ownerId: uuid('owner_id').notNull(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const deal = pgTable('deal', {
  id: uuid('id').primaryKey(),
  companyId: uuid('company_id').notNull(),
  name: text('name').notNull(),
  targetShares: shares('target_shares').notNull(),
  priceMinMinor: minor('price_min_minor').notNull(),
  priceMaxMinor: minor('price_max_minor').notNull(),
  priceMinor: minor('price_minor'),
  currency: text('currency').notNull(),
  minimumTicketMinor: minor('minimum_ticket_minor').notNull(),
  maximumTicketMinor: minor('maximum_ticket_minor').notNull(),
  opensAt: instant('opens_at').notNull(),
  closesAt: instant('closes_at').notNull(),
  status: text('status').$type<DealStatus>().notNull(),
  createdAt: instant('created_at').notNull(),
});

export const participation = pgTable('participation', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  sellerId: uuid('seller_id').notNull(),
  holdingId: uuid('holding_id').notNull(),
  shareType: text('share_type').notNull(),
  requestedShares: shares('requested_shares').notNull(),
  minimumPriceMinor: minor('minimum_price_minor'),
  approvedShares: shares('approved_shares'),
  allocatedShares: shares('allocated_shares').notNull().default(0n),
  proceedsMinor: minor('proceeds_minor').notNull().default(0n),
  reservedShares: shares('reserved_shares').notNull(),
  status: text('status').$type<ParticipationStatus>().notNull(),
  notes: text('notes'),
  termsVersion: text('terms_version').notNull(),
  submittedAt: instant('submitted_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const commitment = pgTable('commitment', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  accreditationId: uuid('accreditation_id').notNull(),
  amountMinor: minor('amount_minor').notNull(),
  allocatedShares: shares('allocated_shares').notNull().default(0n),
  allocatedMinor: minor('allocated_minor').notNull().default(0n),
  status: text('status').$type<CommitmentStatus>().notNull(),
  notes: text('notes'),
  termsVersion: text('terms_version').notNull(),
  submittedAt: instant('submitted_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const timeline = pgTable('timeline', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  subjectType: text('subject_type').$type<'deal' | 'participation' | 'commitment'>().notNull(),
  subjectId: uuid('subject_id').notNull(),
  userId: uuid('user_id'),
  status: text('status').notNull(),
  note: text('note'),
  at: instant('at').notNull(),
});

export const settlement = pgTable('settlement', {
  dealId: uuid('deal_id').primaryKey(),
  id: uuid('id').notNull(),
  state: text('state').$type<SettlementState>().notNull(),
  deadlineAt: instant('deadline_at'),
  blockedReason: text('blocked_reason'),
  startedAt: instant('started_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const agreement = pgTable('agreement', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  participationId: uuid('participation_id').notNull(),
  commitmentId: uuid('commitment_id').notNull(),
  sellerId: uuid('seller_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  shareType: text('share_type').notNull(),
  shares: shares('shares').notNull(),
  amountMinor: minor('amount_minor').notNull(),
  documentId: uuid('document_id'),
  sellerSignedAt: instant('seller_signed_at'),
  buyerSignedAt: instant('buyer_signed_at'),
});

export const shareMovement = pgTable('share_movement', {
  agreementId: uuid('agreement_id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  fromHoldingId: uuid('from_holding_id').notNull(),
  toHoldingId: uuid('to_holding_id').notNull(),
  sellerId: uuid('seller_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  shares: shares('shares').notNull(),
  at: instant('at').notNull(),
});

export const incident = pgTable('incident', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  kind: text('kind').$type<'deadline_missed' | 'buyer_not_eligible'>().notNull(),
  detail: text('detail').notNull(),
  at: instant('at').notNull(),
  resolvedAt: instant('resolved_at'),
});

export type Deal = typeof deal.$inferSelect;
export type Holding = typeof holding.$inferSelect;
export type Participation = typeof participation.$inferSelect;
export type Commitment = typeof commitment.$inferSelect;
export type Agreement = typeof agreement.$inferSelect;
export type Settlement = typeof settlement.$inferSelect;
export type TimelineEntry = typeof timeline.$inferSelect;
