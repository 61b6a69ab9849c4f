import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AssayLimit, Basis, Grade, Incoterm, ProductType } from '../commodity/commodity.ts';
import { exactJson } from '../commodity/exact-json.ts';
import type { PublicState } from './public-view.ts';
import type { FormatName } from './terms.ts';

const whole = (name: string) => bigint(name, { mode: 'bigint' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What is auctioned and how it is delivered; instants as text. */
export interface Goods {
  productType: ProductType;
  grade: Grade;
  basis: Basis;
  limits: AssayLimit[];
  incoterm: Incoterm;
  place: string;
  deliverFrom: string;
  deliverTo: string;
}

/** A question of best value; each answer takes its share off the price that is compared. */
export interface Criterion {
  criterionId: string;
  title: string;
  options: { value: string; title: string; sharePpm: number }[];
}

export type AwardStatus = 'offered' | 'accepted' | 'declined' | 'lapsed';

export const auction = pgTable('auction', {
  id: uuid('id').primaryKey(),
  saleId: uuid('sale_id').notNull(),
  lot: integer('lot').notNull(),
  ownerId: uuid('owner_id').notNull(),
  supplierId: uuid('supplier_id'),
  title: text('title').notNull(),
  description: text('description').notNull(),
  format: text('format').$type<FormatName>().notNull(),
  currency: text('currency').notNull(),
  goods: exactJson<Goods>('goods').notNull(),
  quantityKg: whole('quantity_kg').notNull(),
  publicTerms: jsonb('public_terms').$type<Record<string, unknown>>().notNull(),
  criteria: jsonb('criteria').$type<Criterion[]>().notNull(),
  depositMinor: whole('deposit_minor').notNull(),
  confirmHours: integer('confirm_hours').notNull(),
  opensAt: instant('opens_at').notNull(),
  closesAt: instant('closes_at').notNull(),
  status: text('status').$type<'scheduled' | 'open' | 'closed' | 'cancelled'>().notNull(),
  sequence: whole('sequence').notNull(),
  headHash: text('head_hash').notNull(),
  live: jsonb('live').$type<PublicState>().notNull(),
  bidders: integer('bidders').notNull(),
  wakeAt: instant('wake_at'),
  writer: text('writer'),
  writerEpoch: whole('writer_epoch').notNull(),
  writerUntil: instant('writer_until'),
  settledAt: instant('settled_at'),
  createdAt: instant('created_at').notNull(),
});

export const auctionTerms = pgTable('auction_terms', {
  auctionId: uuid('auction_id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  terms: jsonb('terms').notNull(),
});

export const auctionParticipant = pgTable(
  'auction_participant',
  {
    auctionId: uuid('auction_id').notNull(),
    bidderId: uuid('bidder_id').notNull(),
    alias: integer('alias').notNull(),
    depositId: uuid('deposit_id'),
    sharePpm: integer('share_ppm').notNull(),
    answers: jsonb('answers').$type<Record<string, string>>().notNull(),
    status: text('status').$type<'pending' | 'admitted' | 'refused'>().notNull(),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.auctionId, table.bidderId] })],
);

export const auctionAward = pgTable('auction_award', {
  id: uuid('id').primaryKey(),
  auctionId: uuid('auction_id').notNull(),
  rank: integer('rank').notNull(),
  ownerId: uuid('owner_id').notNull(),
  bidderId: uuid('bidder_id').notNull(),
  depositId: uuid('deposit_id'),
  priceMinor: whole('price_minor').notNull(),
  bidSequence: whole('bid_sequence').notNull(),
  status: text('status').$type<AwardStatus>().notNull(),
  confirmBy: instant('confirm_by').notNull(),
  orderId: uuid('order_id'),
  followedAt: instant('followed_at'),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
});

export type Auction = typeof auction.$inferSelect;
export type AuctionParticipant = typeof auctionParticipant.$inferSelect;
export type AuctionAward = typeof auctionAward.$inferSelect;
