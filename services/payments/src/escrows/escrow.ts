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
    const own = left.filter((hold) => hold.commitmentId === commitmentId);
    const { taken, missing } = takeFrom(own, amountMinor);
    captures.push(...taken.map((each) => ({ ...each, commitmentId, participationId })));
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

/** What of an order's escrow one delivery settles. Minor units, each zero or above. */
export interface PartTerms {
  releaseMinor: bigint;
  refundMinor: bigint;
  /** The last one: whatever is left goes back too. */
  final: boolean;
}

/** Money on its way out of an escrow: from a hold, or from what is not held. */
export interface Taken {
  holdId?: string;
  amountMinor: bigint;
}

/** What settling a part moves: `releases` to the payee, `returns` to the buyer. */
export interface PartPlan {
  releases: Taken[];
  returns: Taken[];
  refundedMinor: bigint;
  /** What stays held for further parts. */
  heldMinor: bigint;
}

/**
 * Plans a part: it releases and refunds exactly what it says out of what is held; a final one also returns everything that
 * would stay, held or not. Σ holds = Σ releases + Σ returns from holds + `heldMinor`. Errors: PAYMENTS_RELEASE_NOT_COVERED.
 */
export function planPart(holds: readonly HeldMoney[], availableMinor: bigint, part: PartTerms): PartPlan {
  if (part.releaseMinor < 0n || part.refundMinor < 0n) throw notCovered('An amount is below zero');
  const left = holds.map((hold) => ({ ...hold }));
  const release = takeFrom(left, part.releaseMinor);
  const refund = takeFrom(left, part.refundMinor);
  const missing = release.missing + refund.missing;
  if (missing > 0n) throw notCovered(`${missing} minor units are not held`);
  const restMinor = sumBigint(left.map((hold) => hold.remainingMinor));
  const returns: Taken[] = refund.taken;
  if (part.final) {
    returns.push(...takeFrom(left, restMinor).taken);
    if (availableMinor > 0n) returns.push({ amountMinor: availableMinor });
  }
  return {
    releases: release.taken,
    returns,
    refundedMinor: sumBigint(returns.map((each) => each.amountMinor)),
    heldMinor: part.final ? 0n : restMinor,
  };
}

/** Takes an amount from holds in their order, as far as they go, and lowers what remains of them. */
function takeFrom(holds: HeldMoney[], amountMinor: bigint) {
  const taken: { holdId: string; amountMinor: bigint }[] = [];
  let missing = amountMinor;
  for (const hold of holds) {
    const part = minBigint(hold.remainingMinor, missing);
    if (part === 0n) continue;
    hold.remainingMinor -= part;
    missing -= part;
    taken.push({ holdId: hold.id, amountMinor: part });
  }
  return { taken, missing };
}

function notCovered(detail: string) {
  return paymentsErrors.error('PAYMENTS_RELEASE_NOT_COVERED', detail);
}
