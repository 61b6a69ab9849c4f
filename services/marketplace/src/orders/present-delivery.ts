import { moneyToJson } from '@clearlot/kernel';
import { z } from 'zod';
import { assayLimitOut, assayValueOut, presentLimit, presentValue } from '../commodity/shapes.ts';
import { moneyOut } from '../shapes.ts';
import type { DeliverySettlement, SettlementTerm } from './settlement.ts';
import type { DeliveryOutcome } from './ship-delivery.ts';
import type { Delivery } from './tables.ts';

const at = z.string().nullable();

const termShape = z.object({
  lineId: z.string(),
  wetKg: z.number(),
  moisturePpb: z.number(),
  dryKg: z.string(),
  payableKg: z.string(),
  pricePerTonne: moneyOut,
  adjustments: z.array(
    z.object({ analyte: z.string(), foundPpb: z.number().nullable(), steps: z.number(), perTonne: moneyOut }),
  ),
  brokenLimits: z.array(assayLimitOut),
  amount: moneyOut,
});

export const deliveryShape = z.object({
  deliveryId: z.string(),
  sequence: z.number(),
  status: z.enum(['shipped', 'delivered', 'inspected', 'accepted', 'releasing', 'released', 'disputed']),
  items: z.array(z.object({ lineId: z.string(), massKg: z.number() })),
  final: z.boolean(),
  carrier: z.string(),
  tracking: z.string(),
  reserved: moneyOut,
  inspection: z
    .array(
      z.object({
        lineId: z.string(),
        wetKg: z.number(),
        moisturePpb: z.number(),
        assay: z.array(assayValueOut),
      }),
    )
    .nullable(),
  settlement: z
    .object({
      of: z.enum(['inspected', 'shipped']),
      terms: z.array(termShape),
      total: moneyOut,
      payable: moneyOut,
    })
    .nullable(),
  release: moneyOut.nullable(),
  refund: moneyOut.nullable(),
  shippedAt: z.string(),
  deliveredAt: at,
  inspectedAt: at,
  acceptedAt: at,
  releasedAt: at,
  paidAt: at,
  deadlineAt: at,
});

export const deliveryOutcomeShape = deliveryShape.extend({ orderId: z.string(), orderStatus: z.string() });

export function presentDelivery(row: Delivery, currency: string): z.input<typeof deliveryShape> {
  const money = (minor: bigint | null) => (minor === null ? null : moneyToJson(minor, currency));
  const text = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    deliveryId: row.id,
    sequence: row.sequence,
    status: row.status,
    items: row.items.map(({ lineId, massKg }) => ({ lineId, massKg: Number(massKg) })),
    final: row.final,
    carrier: row.carrier,
    tracking: row.tracking,
    reserved: moneyToJson(row.reservedMinor, currency),
    inspection:
      row.inspection?.map(({ lineId, wetKg, moisturePpb, assay }) => ({
        lineId,
        wetKg: Number(wetKg),
        moisturePpb: Number(moisturePpb),
        assay: assay.map(presentValue),
      })) ?? null,
    settlement: row.settlement && presentSettlement(row.settlement, currency),
    release: money(row.releaseMinor),
    refund: money(row.refundMinor),
    shippedAt: row.shippedAt.toISOString(),
    deliveredAt: text(row.deliveredAt),
    inspectedAt: text(row.inspectedAt),
    acceptedAt: text(row.acceptedAt),
    releasedAt: text(row.releasedAt),
    paidAt: text(row.paidAt),
    deadlineAt: text(row.deadlineAt),
  };
}

export function presentDeliveryOutcome({ order, delivery }: DeliveryOutcome): z.input<typeof deliveryOutcomeShape> {
  return { ...presentDelivery(delivery, order.currency), orderId: order.id, orderStatus: order.status };
}

function presentSettlement({ of, terms, totalMinor, payableMinor }: DeliverySettlement, currency: string) {
  return {
    of,
    terms: terms.map((term) => presentTerm(term, currency)),
    total: moneyToJson(totalMinor, currency),
    payable: moneyToJson(payableMinor, currency),
  };
}

function presentTerm(term: SettlementTerm, currency: string): z.input<typeof termShape> {
  return {
    lineId: term.lineId,
    wetKg: Number(term.wetKg),
    moisturePpb: Number(term.moisturePpb),
    dryKg: term.dryKg,
    payableKg: term.payableKg,
    pricePerTonne: moneyToJson(term.priceMinorPerTonne, currency),
    adjustments: term.adjustments.map(({ analyte, foundPpb, steps, minorPerTonne }) => ({
      analyte,
      foundPpb: foundPpb === null ? null : Number(foundPpb),
      steps: Number(steps),
      perTonne: moneyToJson(minorPerTonne, currency),
    })),
    brokenLimits: term.brokenLimits.map(presentLimit),
    amount: moneyToJson(term.amountMinor, currency),
  };
}
