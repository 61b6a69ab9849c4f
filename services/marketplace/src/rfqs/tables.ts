import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { JWK } from 'jose';
import type { RfqStatus } from './rfq.ts';
import type { RfqTermsJson } from './terms.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const rfq = pgTable('rfq', {
  id: uuid('id').primaryKey(),
  buyerId: uuid('buyer_id').notNull(),
  title: text('title').notNull(),
  visibility: text('visibility').$type<'open' | 'invited'>().notNull(),
  currency: text('currency').notNull(),
  status: text('status').$type<RfqStatus>().notNull(),
  version: integer('version').notNull(),
  productTypes: text('product_types').array().notNull(),
  deadlineAt: instant('deadline_at').notNull(),
  decideBy: instant('decide_by').notNull(),
  publicKey: jsonb('public_key').$type<JWK>(),
  publishedAt: instant('published_at'),
  closedAt: instant('closed_at'),
  openedAt: instant('opened_at'),
  cancelReason: text('cancel_reason'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const rfqVersion = pgTable(
  'rfq_version',
  {
    rfqId: uuid('rfq_id').notNull(),
    version: integer('version').notNull(),
    buyerId: uuid('buyer_id').notNull(),
    terms: jsonb('terms').$type<RfqTermsJson>().notNull(),
    invitedSupplierIds: uuid('invited_supplier_ids').array().notNull().default([]),
    reason: text('reason'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rfqId, table.version] })],
);

export const rfqInvitation = pgTable(
  'rfq_invitation',
  {
    rfqId: uuid('rfq_id').notNull(),
    supplierId: uuid('supplier_id').notNull(),
    supplierOwnerId: uuid('supplier_owner_id').notNull(),
    buyerId: uuid('buyer_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rfqId, table.supplierId] })],
);

export const rfqAttachment = pgTable('rfq_attachment', {
  documentId: uuid('document_id').primaryKey(),
  rfqId: uuid('rfq_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  createdAt: instant('created_at').notNull(),
});

export type Rfq = typeof rfq.$inferSelect;
export type RfqVersion = typeof rfqVersion.$inferSelect;
export type RfqInvitation = typeof rfqInvitation.$inferSelect;
export type RfqAttachment = typeof rfqAttachment.$inferSelect;
