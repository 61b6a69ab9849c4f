import { canMove, type Transitions } from '@clearlot/kernel';
import { dealsErrors } from '../errors.ts';

export type SettlementState =
  | 'agreements_requested'
  | 'signing'
  | 'funding'
  | 'releasing'
  | 'paying_out'
  | 'settled'
  | 'cancelled';

/**
 * The settlement of one deal. Up to `funding` it can be undone (agreements voided, escrow refunded, shares freed);
 * `releasing` is the pivot, and from there it only goes forward.
 */
export const settlementTransitions: Transitions<SettlementState> = {
  agreements_requested: ['signing', 'cancelled'],
  signing: ['funding', 'cancelled'],
  funding: ['releasing', 'cancelled'],
  releasing: ['paying_out'],
  paying_out: ['settled'],
  settled: [],
  cancelled: [],
};

const HOUR_MS = 3_600_000;

/** How long each state may take before someone must look. */
export const settlementPatienceMs: Record<SettlementState, number | null> = {
  agreements_requested: HOUR_MS,
  signing: 72 * HOUR_MS,
  funding: 5 * 24 * HOUR_MS,
  releasing: HOUR_MS,
  paying_out: 2 * 24 * HOUR_MS,
  settled: null,
  cancelled: null,
};

/** Moves on and sets the new state's deadline. Errors: DEALS_ALREADY_RELEASED, DEALS_SETTLEMENT_WRONG_STATE. */
export function moveSettlement(
  from: SettlementState,
  to: SettlementState,
  now: Date,
): { state: SettlementState; deadlineAt: Date | null; updatedAt: Date } {
  if (!canMove(settlementTransitions, from, to)) {
    const released = to === 'cancelled' && from !== 'cancelled';
    const code = released ? 'DEALS_ALREADY_RELEASED' : 'DEALS_SETTLEMENT_WRONG_STATE';
    throw dealsErrors.error(code, `The settlement is ${from}.`);
  }
  const patience = settlementPatienceMs[to];
  return { state: to, deadlineAt: patience === null ? null : later(now, patience), updatedAt: now };
}

/** The first state and its deadline. */
export function startSettlement(now: Date): { state: SettlementState; deadlineAt: Date } {
  return { state: 'agreements_requested', deadlineAt: later(now, HOUR_MS) };
}

function later(now: Date, ms: number): Date {
  const at = structuredClone(now);
  at.setTime(now.getTime() + ms);
  return at;
}

interface SignedAgreement {
  participationId: string;
  commitmentId: string;
  sellerSignedAt: Date | null;
  buyerSignedAt: Date | null;
}

/** True when every agreement of this participation carries its seller's signature. */
export function sellerSignedAll(agreements: readonly SignedAgreement[], participationId: string): boolean {
  return agreements.every((each) => each.participationId !== participationId || each.sellerSignedAt !== null);
}

/** True when every agreement of this commitment carries its buyer's signature. */
export function buyerSignedAll(agreements: readonly SignedAgreement[], commitmentId: string): boolean {
  return agreements.every((each) => each.commitmentId !== commitmentId || each.buyerSignedAt !== null);
}

/** True when nobody's signature is missing. */
export function everybodySigned(agreements: readonly SignedAgreement[]): boolean {
  return agreements.every((each) => each.sellerSignedAt !== null && each.buyerSignedAt !== null);
}
