import { bigint, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Incoterm } from '../commodity/commodity.ts';
import type { AwardStatus } from './award.ts';
import type { ContractStatus, StoredLine, StoredOrder } from './contract.ts';
import type { NoticeReason } from './notice.ts';
import type { SplitMode } from './split.ts';

const minor = (name: string) => bigint(name, { mode: 'bigint' });
const kilograms = (name: string) => bigint(name, { mode: 'bigint' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const award = pgTable('award', {
  id: uuid('id').primaryKey(),
  rfqId: uuid('rfq_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  mode: text('mode').$type<SplitMode>().notNull(),
  status: text('status').$type<AwardStatus>().notNull(),
  currency: text('currency').notNull(),
  amountMinor: minor('amount_minor').notNull(),
  basis: jsonb('basis').$type<Record<string, unknown>>().notNull(),
  justification: text('justification').notNull(),
  standstillUntil: instant('standstill_until').notNull(),
  decidedAt: instant('decided_at').notNull(),
  endedAt: instant('ended_at'),
});

export const awardItem = pgTable('award_item', {
  id: uuid('id').primaryKey(),
  awardId: uuid('award_id').notNull(),
  rfqId: uuid('rfq_id').notNull(),
  responseId: uuid('response_id').notNull(),
  offerId: text('offer_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  lineId: text('line_id').notNull(),
  incoterm: text('incoterm').$type<Incoterm>().notNull(),
  quantityKg: kilograms('quantity_kg').notNull(),
  priceMinorPerTonne: minor('price_minor_per_tonne').notNull(),
  amountMinor: minor('amount_minor').notNull(),
  line: jsonb('line').$type<StoredLine>().notNull(),
});

export const awardNotice = pgTable('award_notice', {
  id: uuid('id').primaryKey(),
  awardId: uuid('award_id').notNull(),
  rfqId: uuid('rfq_id').notNull(),
  responseId: uuid('response_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  outcome: text('outcome').$type<'won' | 'unsuccessful'>().notNull(),
  reasons: jsonb('reasons').$type<NoticeReason[]>().notNull(),
  standstillUntil: instant('standstill_until').notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
});

export const contract = pgTable('contract', {
  id: uuid('id').primaryKey(),
  awardId: uuid('award_id').notNull(),
  rfqId: uuid('rfq_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  status: text('status').$type<ContractStatus>().notNull(),
  currency: text('currency').notNull(),
  amountMinor: minor('amount_minor').notNull(),
  incoterm: text('incoterm').$type<Incoterm>().notNull(),
  terms: jsonb('terms').$type<StoredOrder>().notNull(),
  documentId: uuid('document_id'),
  buyerSignedAt: instant('buyer_signed_at'),
  sellerSignedAt: instant('seller_signed_at'),
  deadlineAt: instant('deadline_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type Award = typeof award.$inferSelect;
export type AwardItem = typeof awardItem.$inferSelect;
export type AwardNotice = typeof awardNotice.$inferSelect;
export type Contract = typeof contract.$inferSelect;
