import { date, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const fxRate = pgTable('fx_rate', {
  rateId: uuid('rate_id').primaryKey(),
  base: text('base').notNull(),
  quote: text('quote').notNull(),
  /** Units of `quote` for one of `base`, as exact decimal text. */
  rate: numeric('rate', { precision: 30, scale: 12 }).notNull(),
  validOn: date('valid_on', { mode: 'string' }).notNull(),
  source: text('source').notNull(),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: instant('recorded_at').notNull(),
});

export const vatRate = pgTable('vat_rate', {
  rateId: uuid('rate_id').primaryKey(),
  country: text('country').notNull(),
  /** 0.13 is 13 %. */
  rate: numeric('rate', { precision: 8, scale: 6 }).notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  source: text('source').notNull(),
  recordedBy: text('recorded_by'),
  recordedAt: instant('recorded_at').notNull(),
});

export type FxRateRow = typeof fxRate.$inferSelect;
export type VatRateRow = typeof vatRate.$inferSelect;
