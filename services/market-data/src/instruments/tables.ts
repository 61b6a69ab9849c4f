import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Form, Grade, Incoterm, Product, TaxBasis, Unit } from './instrument.ts';

export const instrument = pgTable('instrument', {
  instrumentId: uuid('instrument_id').primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  product: text('product').$type<Product>().notNull(),
  grade: text('grade').$type<Grade>().notNull(),
  form: text('form').$type<Form>().notNull(),
  region: text('region').notNull(),
  incoterm: text('incoterm').$type<Incoterm>().notNull(),
  currency: text('currency').notNull(),
  unit: text('unit').$type<Unit>().notNull(),
  taxBasis: text('tax_basis').$type<TaxBasis>().notNull(),
  /** Counts the changes of its newest figures, of any source. */
  sequence: bigint('sequence', { mode: 'bigint' }).notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
});

export type InstrumentRow = typeof instrument.$inferSelect;
