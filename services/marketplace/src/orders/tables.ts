import { bigint, boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AssayLimit, Basis, Grade, Incoterm, ProductType } from '../commodity/commodity.ts';
import { exactJson } from '../commodity/exact-json.ts';
import type { PriceAdjustment } from './new-order.ts';
import type { DeliveryStatus, OrderStatus, Side } from './order.ts';
import type { DeliverySettlement, FoundItem, ShippedItem } from './settlement.ts';

const whole = (name: string) => bigint(name, { mode: 'bigint' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const purchaseOrder = pgTable('purchase_order', {
  id: uuid('id').primaryKey(),
  source: text('source').$type<'rfq' | 'quote' | 'auction'>().notNull(),
  sourceId: uuid('source_id').notNull(),
  rfqId: uuid('rfq_id'),
  title: text('title').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  currency: text('currency').notNull(),
  amountMinor: whole('amount_minor').notNull(),
  escrowMinor: whole('escrow_minor').notNull(),
  releasedMinor: whole('released_minor').notNull(),
  refundedMinor: whole('refunded_minor').notNull(),
  status: text('status').$type<OrderStatus>().notNull(),
  incoterm: text('incoterm').$type<Incoterm>().notNull(),
  place: text('place').notNull(),
  quantityTolerancePpm: integer('quantity_tolerance_ppm').notNull(),
  inspectionDays: integer('inspection_days').notNull(),
  deadlineAt: instant('deadline_at'),
  fundedAt: instant('funded_at'),
  refundStartedAt: instant('refund_started_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const orderLine = pgTable('order_line', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  lineId: text('line_id').notNull(),
  title: text('title').notNull(),
  productType: text('product_type').$type<ProductType>().notNull(),
  grade: text('grade').$type<Grade>().notNull(),
  limits: exactJson<AssayLimit[]>('limits').notNull(),
  adjustments: exactJson<PriceAdjustment[]>('adjustments').notNull(),
  basis: text('basis').$type<Basis>().notNull(),
  quantityKg: whole('quantity_kg').notNull(),
  priceMinorPerTonne: whole('price_minor_per_tonne').notNull(),
  amountMinor: whole('amount_minor').notNull(),
  deliverFrom: instant('deliver_from').notNull(),
  deliverTo: instant('deliver_to').notNull(),
});

export const delivery = pgTable('delivery', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  sequence: integer('sequence').notNull(),
  items: exactJson<ShippedItem[]>('items').notNull(),
  reservedMinor: whole('reserved_minor').notNull(),
  final: boolean('final').notNull(),
  carrier: text('carrier').notNull(),
  tracking: text('tracking').notNull(),
  status: text('status').$type<DeliveryStatus>().notNull(),
  inspection: exactJson<FoundItem[]>('inspection'),
  settlement: exactJson<DeliverySettlement>('settlement'),
  payableMinor: whole('payable_minor'),
  releaseMinor: whole('release_minor'),
  refundMinor: whole('refund_minor'),
  shippedAt: instant('shipped_at').notNull(),
  deliveredAt: instant('delivered_at'),
  inspectedAt: instant('inspected_at'),
  acceptedAt: instant('accepted_at'),
  releasedAt: instant('released_at'),
  paidAt: instant('paid_at'),
  deadlineAt: instant('deadline_at'),
});

export const orderDocument = pgTable('order_document', {
  documentId: uuid('document_id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  deliveryId: uuid('delivery_id'),
  buyerId: uuid('buyer_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  uploaderId: uuid('uploader_id').notNull(),
  kind: text('kind').notNull(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const dispute = pgTable('dispute', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  deliveryId: uuid('delivery_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  openedBy: text('opened_by').$type<Side>().notNull(),
  reason: text('reason').notNull(),
  status: text('status').$type<'open' | 'resolved' | 'withdrawn'>().notNull(),
  proposedReleaseMinor: whole('proposed_release_minor'),
  proposedBy: text('proposed_by').$type<Side>(),
  releaseMinor: whole('release_minor'),
  refundMinor: whole('refund_minor'),
  resolvedBy: text('resolved_by').$type<'agreement' | 'operator'>(),
  resolution: text('resolution'),
  openedAt: instant('opened_at').notNull(),
  resolvedAt: instant('resolved_at'),
});

export const orderStep = pgTable('order_step', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  deliveryId: uuid('delivery_id'),
  buyerId: uuid('buyer_id').notNull(),
  supplierOwnerId: uuid('supplier_owner_id').notNull(),
  status: text('status').notNull(),
  note: text('note'),
  at: instant('at').notNull(),
});

export const orderIncident = pgTable('order_incident', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  deliveryId: uuid('delivery_id'),
  kind: text('kind').notNull(),
  status: text('status').$type<OrderStatus | DeliveryStatus>().notNull(),
  detail: text('detail').notNull(),
  at: instant('at').notNull(),
  resolvedAt: instant('resolved_at'),
});

export type Order = typeof purchaseOrder.$inferSelect;
export type OrderLine = typeof orderLine.$inferSelect;
export type Delivery = typeof delivery.$inferSelect;
export type OrderDocument = typeof orderDocument.$inferSelect;
export type Dispute = typeof dispute.$inferSelect;
export type OrderStep = typeof orderStep.$inferSelect;
export type OrderIncident = typeof orderIncident.$inferSelect;
