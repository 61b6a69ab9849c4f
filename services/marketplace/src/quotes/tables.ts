import { bigint, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Basis, Grade, Incoterm, ProductType } from '../commodity/commodity.ts';
import type { QuoteSide, QuoteStatus, Turn } from './quote.ts';

const whole = (name: string) => bigint(name, { mode: 'bigint' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Where and when goods are to be delivered; instants as text. */
export interface QuoteTerms {
  incoterm: Incoterm;
  place: string;
  deliverFrom: string;
  deliverTo: string;
  notes: string;
}

/** What the buyer asked, with the product as it was on offer then. */
export interface QuoteRequest extends QuoteTerms {
  productTitle: string;
  productType: ProductType;
  grade: Grade;
  basis: Basis;
}

export const quote = pgTable('quote', {
  id: uuid('id').primaryKey(),
  buyerId: uuid('buyer_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  productId: uuid('product_id').notNull(),
  currency: text('currency').notNull(),
  quantityKg: whole('quantity_kg').notNull(),
  status: text('status').$type<QuoteStatus>().notNull(),
  round: integer('round').notNull(),
  roundsMax: integer('rounds_max').notNull(),
  turn: text('turn').$type<Turn>().notNull(),
  expiresAt: instant('expires_at').notNull(),
  request: jsonb('request').$type<QuoteRequest>().notNull(),
  orderId: uuid('order_id'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const quoteOffer = pgTable('quote_offer', {
  quoteId: uuid('quote_id').notNull(),
  round: integer('round').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  madeBy: text('made_by').$type<QuoteSide>().notNull(),
  priceMinorPerTonne: whole('price_minor_per_tonne').notNull(),
  quantityKg: whole('quantity_kg').notNull(),
  terms: jsonb('terms').$type<QuoteTerms>().notNull(),
  validUntil: instant('valid_until').notNull(),
  madeAt: instant('made_at').notNull(),
});

export type Quote = typeof quote.$inferSelect;
export type QuoteOffer = typeof quoteOffer.$inferSelect;
