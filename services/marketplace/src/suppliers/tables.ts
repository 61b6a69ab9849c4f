import { boolean, date, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Incoterm } from '../commodity/commodity.ts';
import type { SupplierStatus } from './supplier.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const supplier = pgTable('supplier', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  legalName: text('legal_name').notNull(),
  country: text('country').notNull(),
  about: text('about').notNull(),
  website: text('website'),
  regions: text('regions').array().notNull(),
  incoterms: text('incoterms').array().$type<Incoterm[]>().notNull(),
  capabilities: text('capabilities').array().notNull(),
  status: text('status').$type<SupplierStatus>().notNull(),
  notes: text('notes'),
  submittedAt: instant('submitted_at'),
  decidedAt: instant('decided_at'),
  deliveredOrders: integer('delivered_orders').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const supplierCertificate = pgTable('supplier_certificate', {
  id: uuid('id').primaryKey(),
  supplierId: uuid('supplier_id').notNull(),
  ownerId: uuid('owner_id').notNull(),
  kind: text('kind').notNull(),
  number: text('number').notNull(),
  issuedBy: text('issued_by').notNull(),
  validFrom: date('valid_from').notNull(),
  expiresOn: date('expires_on').notNull(),
  documentId: uuid('document_id'),
  supplierVerified: boolean('supplier_verified').notNull().default(false),
  createdAt: instant('created_at').notNull(),
});

export const supplierDocument = pgTable('supplier_document', {
  documentId: uuid('document_id').primaryKey(),
  supplierId: uuid('supplier_id').notNull(),
  ownerId: uuid('owner_id').notNull(),
  kind: text('kind').notNull(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  createdAt: instant('created_at').notNull(),
});

export type Supplier = typeof supplier.$inferSelect;
export type SupplierCertificate = typeof supplierCertificate.$inferSelect;
export type SupplierDocument = typeof supplierDocument.$inferSelect;
