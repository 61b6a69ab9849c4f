import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const money = (name: string) => bigint(name, { mode: 'bigint' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const escrow = pgTable('escrow', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  dealName: text('deal_name'),
  currency: text('currency').notNull(),
  status: text('status', { enum: ['open', 'released', 'cancelled'] }).notNull(),
  openedAt: instant('opened_at').notNull(),
  releasedAt: instant('released_at'),
  cancelledAt: instant('cancelled_at'),
});

export const payment = pgTable('payment', {
  id: uuid('id').primaryKey(),
  dealId: uuid('deal_id').notNull(),
  userId: uuid('user_id').notNull(),
  type: text('type', { enum: ['incoming', 'outgoing'] }).notNull(),
  purpose: text('purpose', { enum: ['funding', 'top_up', 'payout', 'refund'] }).notNull(),
  commitmentId: uuid('commitment_id'),
  participationId: uuid('participation_id'),
  amountMinor: money('amount_minor').notNull(),
  confirmedMinor: money('confirmed_minor').notNull().default(0n),
  surplusMinor: money('surplus_minor').notNull().default(0n),
  currency: text('currency').notNull(),
  status: text('status', { enum: ['pending', 'partial', 'confirmed', 'cancelled'] }).notNull(),
  reference: text('reference').notNull(),
  createdAt: instant('created_at').notNull(),
  confirmedAt: instant('confirmed_at'),
});

export const wire = pgTable('wire', {
  id: uuid('id').primaryKey(),
  paymentId: uuid('payment_id').notNull(),
  userId: uuid('user_id').notNull(),
  wireReference: text('wire_reference').notNull(),
  wireKey: text('wire_key').notNull(),
  amountMinor: money('amount_minor').notNull(),
  surplusMinor: money('surplus_minor').notNull(),
  match: text('match', { enum: ['short', 'exact', 'over', 'duplicate', 'sent'] }).notNull(),
  receivedAt: instant('received_at').notNull(),
  recordedAt: instant('recorded_at').notNull(),
  recordedBy: text('recorded_by').notNull(),
});

export type EscrowRow = typeof escrow.$inferSelect;
export type PaymentRow = typeof payment.$inferSelect;
export type WireRow = typeof wire.$inferSelect;
