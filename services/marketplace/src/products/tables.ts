import { bigint, boolean, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Basis, Grade, ProductType } from '../commodity/commodity.ts';
import type { ProductStatus } from './product.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'bigint' });

export const product = pgTable('product', {
  id: uuid('id').primaryKey(),
  supplierId: uuid('supplier_id').notNull(),
  ownerId: uuid('owner_id').notNull(),
  productType: text('product_type').$type<ProductType>().notNull(),
  grade: text('grade').$type<Grade>().notNull(),
  title: text('title').notNull(),
  description: text('description').notNull(),
  assay: jsonb('assay').$type<{ analyte: string; ppb: number }[]>().notNull(),
  basis: text('basis').$type<Basis>().notNull(),
  packaging: text('packaging').notNull(),
  originCountry: text('origin_country').notNull(),
  minLotKg: whole('min_lot_kg').notNull(),
  capacityKgPerMonth: whole('capacity_kg_per_month').notNull(),
  currency: text('currency'),
  indicativePriceMinorPerTonne: whole('indicative_price_minor_per_tonne'),
  status: text('status').$type<ProductStatus>().notNull(),
  supplierName: text('supplier_name').notNull(),
  supplierVerified: boolean('supplier_verified').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type Product = typeof product.$inferSelect;
