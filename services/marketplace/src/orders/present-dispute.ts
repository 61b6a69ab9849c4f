import { moneyToJson } from '@clearlot/kernel';
import { z } from 'zod';
import { moneyOut } from '../shapes.ts';
import type { DisputeOutcome } from './open-dispute.ts';
import type { Dispute } from './tables.ts';

const side = z.enum(['buyer', 'supplier']);

export const disputeShape = z.object({
  disputeId: z.string(),
  orderId: z.string(),
  deliveryId: z.string(),
  openedBy: side,
  reason: z.string(),
  status: z.enum(['open', 'resolved', 'withdrawn']),
  proposedRelease: moneyOut.nullable(),
  proposedBy: side.nullable(),
  release: moneyOut.nullable(),
  refund: moneyOut.nullable(),
  currency: z.string(),
  resolvedBy: z.enum(['agreement', 'operator']).nullable(),
  resolution: z.string().nullable(),
  openedAt: z.string(),
  resolvedAt: z.string().nullable(),
});

export const disputeOutcomeShape = disputeShape.extend({ orderStatus: z.string() });

export function presentDispute(row: Dispute, currency: string): z.input<typeof disputeShape> {
  const money = (minor: bigint | null) => (minor === null ? null : moneyToJson(minor, currency));
  return {
    disputeId: row.id,
    orderId: row.orderId,
    deliveryId: row.deliveryId,
    openedBy: row.openedBy,
    reason: row.reason,
    status: row.status,
    proposedRelease: money(row.proposedReleaseMinor),
    proposedBy: row.proposedBy,
    release: money(row.releaseMinor),
    refund: money(row.refundMinor),
    currency,
    resolvedBy: row.resolvedBy,
    resolution: row.resolution,
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}

export function presentDisputeOutcome({ order, dispute }: DisputeOutcome): z.input<typeof disputeOutcomeShape> {
  return { ...presentDispute(dispute, order.currency), orderStatus: order.status };
}
