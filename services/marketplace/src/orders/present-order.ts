import { moneyToJson } from '@clearlot/kernel';
import { z } from 'zod';
import { assayLimitOut, basis, grade, incoterm, presentLimit, productType } from '../commodity/shapes.ts';
import { moneyOut } from '../shapes.ts';
import { nextSteps } from './next-steps.ts';
import { heldMinor, type OrderStatus } from './order.ts';
import { deliveryShape, presentDelivery } from './present-delivery.ts';
import { disputeShape, presentDispute } from './present-dispute.ts';
import { mostKg } from './settlement.ts';
import type { OrderState, OrderView } from './store.ts';
import type { Order, OrderDocument, OrderLine } from './tables.ts';

export const orderStatus = z.enum([
  'confirmed',
  'funded',
  'shipped',
  'delivered',
  'inspected',
  'accepted',
  'released',
  'disputed',
  'cancelled',
] satisfies OrderStatus[]);

const at = z.string().nullable();

export const orderShape = z.object({
  orderId: z.string(),
  source: z.enum(['rfq', 'quote', 'auction']),
  sourceId: z.string(),
  rfqId: z.string().nullable(),
  title: z.string(),
  buyerId: z.string(),
  supplierId: z.string(),
  supplierOwnerId: z.string(),
  status: orderStatus,
  currency: z.string(),
  amount: moneyOut,
  escrow: moneyOut,
  released: moneyOut,
  refunded: moneyOut,
  held: moneyOut,
  incoterm,
  place: z.string(),
  deadlineAt: at,
  fundedAt: at,
  createdAt: z.string(),
  updatedAt: z.string(),
  nextStep: z.object({ buyer: z.string(), supplier: z.string() }),
});

const lineShape = z.object({
  lineId: z.string(),
  title: z.string(),
  productType,
  grade,
  basis,
  quantityKg: z.number(),
  /** The most that may still be shipped. */
  shippableKg: z.number(),
  pricePerTonne: moneyOut,
  amount: moneyOut,
  limits: z.array(assayLimitOut),
  adjustments: z.array(
    z.object({ analyte: z.string(), referencePpb: z.number(), stepPpb: z.number(), perStep: moneyOut }),
  ),
  deliverFrom: z.string(),
  deliverTo: z.string(),
});

export const documentShape = z.object({
  documentId: z.string(),
  deliveryId: z.string().nullable(),
  uploaderId: z.string(),
  kind: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  createdAt: z.string(),
});

export const orderDetailShape = orderShape.extend({
  quantityTolerancePpm: z.number(),
  inspectionDays: z.number(),
  lines: z.array(lineShape),
  deliveries: z.array(deliveryShape),
  documents: z.array(documentShape),
  disputes: z.array(disputeShape),
  /** Your review of it. To nobody else: what others read of a review does not tell its order. */
  reviewId: z.string().nullable(),
  steps: z.array(
    z.object({ deliveryId: z.string().nullable(), status: z.string(), note: z.string().nullable(), at: z.string() }),
  ),
});

export function presentOrder(order: Order): z.input<typeof orderShape> {
  const money = (minor: bigint) => moneyToJson(minor, order.currency);
  return {
    orderId: order.id,
    source: order.source,
    sourceId: order.sourceId,
    rfqId: order.rfqId,
    title: order.title,
    buyerId: order.buyerId,
    supplierId: order.supplierId,
    supplierOwnerId: order.supplierOwnerId,
    status: order.status,
    currency: order.currency,
    amount: money(order.amountMinor),
    escrow: money(order.escrowMinor),
    released: money(order.releasedMinor),
    refunded: money(order.refundedMinor),
    held: money(heldMinor(order)),
    incoterm: order.incoterm,
    place: order.place,
    deadlineAt: order.deadlineAt?.toISOString() ?? null,
    fundedAt: order.fundedAt?.toISOString() ?? null,
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
    nextStep: nextSteps[order.status],
  };
}

export function presentOrderDetail({
  view,
  reviewId,
}: {
  view: OrderView;
  reviewId: string | null;
}): z.input<typeof orderDetailShape> {
  const { order } = view;
  return {
    ...presentOrder(order),
    quantityTolerancePpm: order.quantityTolerancePpm,
    inspectionDays: order.inspectionDays,
    lines: view.lines.map((line) => presentLine(view, line)),
    deliveries: view.deliveries.map((each) => presentDelivery(each, order.currency)),
    documents: view.documents.map(presentDocument),
    disputes: view.disputes.map((each) => presentDispute(each, order.currency)),
    reviewId,
    steps: view.steps.map(({ deliveryId, status, note, at }) => ({ deliveryId, status, note, at: at.toISOString() })),
  };
}

function presentLine({ order, deliveries }: OrderState, line: OrderLine): z.input<typeof lineShape> {
  const money = (minor: bigint) => moneyToJson(minor, order.currency);
  const closed = order.status === 'cancelled' || deliveries.some((each) => each.final);
  return {
    lineId: line.lineId,
    title: line.title,
    productType: line.productType,
    grade: line.grade,
    basis: line.basis,
    quantityKg: Number(line.quantityKg),
    shippableKg: closed ? 0 : Number(mostKg(line, deliveries, order.quantityTolerancePpm)),
    pricePerTonne: money(line.priceMinorPerTonne),
    amount: money(line.amountMinor),
    limits: line.limits.map(presentLimit),
    adjustments: line.adjustments.map(({ analyte, referencePpb, stepPpb, minorPerTonnePerStep }) => ({
      analyte,
      referencePpb: Number(referencePpb),
      stepPpb: Number(stepPpb),
      perStep: money(minorPerTonnePerStep),
    })),
    deliverFrom: line.deliverFrom.toISOString(),
    deliverTo: line.deliverTo.toISOString(),
  };
}

export function presentDocument(row: OrderDocument): z.input<typeof documentShape> {
  const { documentId, deliveryId, uploaderId, kind, fileName, sha256, createdAt } = row;
  return { documentId, deliveryId, uploaderId, kind, fileName, sha256, createdAt: createdAt.toISOString() };
}
