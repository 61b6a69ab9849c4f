import { integer, jsonb, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { MatchTerm } from './match.ts';

export const rfqMatch = pgTable(
  'rfq_match',
  {
    rfqId: uuid('rfq_id').notNull(),
    supplierId: uuid('supplier_id').notNull(),
    supplierOwnerId: uuid('supplier_owner_id').notNull(),
    buyerId: uuid('buyer_id').notNull(),
    score: integer('score').notNull(),
    terms: jsonb('terms').$type<MatchTerm[]>().notNull(),
    matchedAt: timestamp('matched_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.rfqId, table.supplierId] })],
);

export type RfqMatch = typeof rfqMatch.$inferSelect;
