import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Grade, Incoterm, Product, Unit } from '../instruments/instrument.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'bigint' });

export const trade = pgTable('trade', {
  tradeId: text('trade_id').primaryKey(),
  contractId: uuid('contract_id'),
  buyerId: uuid('buyer_id').notNull(),
  sellerId: uuid('seller_id').notNull(),
  product: text('product').$type<Product>().notNull(),
  grade: text('grade').$type<Grade>().notNull(),
  incoterm: text('incoterm').$type<Incoterm>().notNull(),
  currency: text('currency').notNull(),
  unit: text('unit').$type<Unit>().notNull(),
  quantityKg: whole('quantity_kg').notNull(),
  priceMicros: whole('price_micros').notNull(),
  tradedAt: instant('traded_at').notNull(),
  receivedAt: instant('received_at').notNull(),
  windowStart: instant('window_start').notNull(),
  windowEnd: instant('window_end').notNull(),
  status: text('status').$type<'pending' | 'published' | 'withheld' | 'withdrawn'>().notNull(),
  decidedAt: instant('decided_at'),
});

export type TradeRow = typeof trade.$inferSelect;
