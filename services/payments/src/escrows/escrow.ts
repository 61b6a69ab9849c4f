import { minBigint, sumBigint, type Transitions } from '@clearlot/kernel';
import { paymentsErrors } from '../errors.ts';

export type EscrowStatus = 'open' | 'released' | 'cancelled';

/** An escrow ends in exactly one way; both ends are final. */
export const escrowTransitions = {
  open: ['released', 'cancelled'],
  released: [],
  cancelled: [],
} as const satisfies Transitions<EscrowStatus>;

/** One part of a release: money of a commitment for a participation. Minor units, above zero. */
export interface ReleaseItem {
  commitmentId: string;
  participationId: string;
  sellerId: string;
  amountMinor: bigint;
}

/** An active hold on a commitment's escrow. */
export interface HeldMoney {
  id: string;
  commitmentId: string;
  remainingMinor: bigint;
}

/** What a release moves: each capture takes from one hold for one participation; each payout is one participation's sum. */
export interface ReleasePlan {
  captures: { holdId: string; commitmentId: string; participationId: string; amountMinor: bigint }[];
  payouts: { participationId: string; sellerId: string; amountMinor: bigint }[];
  totalMinor: bigint;
}

/**
 * Plans a release: every commitment's items are exactly what is held of it, and nothing held is left over. Σ captures =
 * Σ payouts = Σ items. Errors: PAYMENTS_RELEASE_NOT_COVERED.
 */
export function planRelease(holds: readonly HeldMoney[], items: readonly ReleaseItem[]): ReleasePlan {
  if (items.length === 0 || items.some((item) => item.amountMinor <= 0n)) throw notCovered('An item is not above zero');
  const left = holds.map((hold) => ({ ...hold }));
  const captures: ReleasePlan['captures'] = [];
  const payouts = new Map<string, ReleasePlan['payouts'][number]>();
  for (const { commitmentId, participationId, sellerId, amountMinor } of items) {
    let missing = amountMinor;
    for (const hold of left) {
      if (hold.commitmentId !== commitmentId || hold.remainingMinor === 0n || missing === 0n) continue;
      const taken = minBigint(hold.remainingMinor, missing);
      hold.remainingMinor -= taken;
      missing -= taken;
      captures.push({ holdId: hold.id, commitmentId, participationId, amountMinor: taken });
    }
    if (missing > 0n) throw notCovered(`${missing} minor units of commitment ${commitmentId} are not held`);
    const payout = payouts.get(participationId) ?? { participationId, sellerId, amountMinor: 0n };
    if (payout.sellerId !== sellerId) throw notCovered(`Participation ${participationId} has two sellers`);
    payouts.set(participationId, { ...payout, amountMinor: payout.amountMinor + amountMinor });
  }
  const over = left.find((hold) => hold.remainingMinor > 0n);
  if (over) throw notCovered(`${over.remainingMinor} minor units of commitment ${over.commitmentId} would stay held`);
  return {
    captures,
    payouts: [...payouts.values()],
    totalMinor: sumBigint(items.map((item) => item.amountMinor)),
  };
}

function notCovered(detail: string) {
  return paymentsErrors.error('PAYMENTS_RELEASE_NOT_COVERED', detail);
}
