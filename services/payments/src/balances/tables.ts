import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { DepositStatus } from './deposit.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const balance = pgTable('balance', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  currency: text('currency').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const deposit = pgTable('deposit', {
  id: uuid('id').primaryKey(),
  balanceId: uuid('balance_id').notNull(),
  userId: uuid('user_id').notNull(),
  auctionId: uuid('auction_id').notNull(),
  holdId: uuid('hold_id').notNull(),
  amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
  currency: text('currency').notNull(),
  status: text('status').$type<DepositStatus>().notNull(),
  orderId: uuid('order_id'),
  placedAt: instant('placed_at').notNull(),
  endedAt: instant('ended_at'),
});

export type Balance = typeof balance.$inferSelect;
export type Deposit = typeof deposit.$inferSelect;
