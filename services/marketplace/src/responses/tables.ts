import { customType, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { ResponseContentJson } from './content.ts';
import type { ResponseStatus } from './response.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const response = pgTable('response', {
  id: uuid('id').primaryKey(),
  rfqId: uuid('rfq_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  version: integer('version').notNull(),
  rfqVersion: integer('rfq_version').notNull(),
  acknowledgedVersion: integer('acknowledged_version'),
  status: text('status').$type<ResponseStatus>().notNull(),
  envelope: text('envelope').notNull(),
  contentSha256: bytes('content_sha256').notNull(),
  content: jsonb('content').$type<ResponseContentJson>(),
  receipt: text('receipt').notNull(),
  withdrawalReceipt: text('withdrawal_receipt'),
  submittedAt: instant('submitted_at').notNull(),
  acknowledgedAt: instant('acknowledged_at'),
  withdrawnAt: instant('withdrawn_at'),
  openedAt: instant('opened_at'),
});

export type Response = typeof response.$inferSelect;
