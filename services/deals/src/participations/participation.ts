import { canMove, type Transitions } from '@clearlot/kernel';
import { dealsErrors } from '../errors.ts';

export type ParticipationStatus =
  | 'submitted'
  | 'verified'
  | 'approved'
  | 'allocated'
  | 'docs_signed'
  | 'paid'
  | 'rejected'
  | 'withdrawn'
  | 'cancelled';

/** A seller's way through a deal. Allocating again may take an allocation back to approved. */
export const participationTransitions: Transitions<ParticipationStatus> = {
  submitted: ['verified', 'rejected', 'withdrawn', 'cancelled'],
  verified: ['approved', 'rejected', 'withdrawn', 'cancelled'],
  approved: ['allocated', 'rejected', 'withdrawn', 'cancelled'],
  allocated: ['approved', 'docs_signed', 'cancelled'],
  docs_signed: ['paid', 'cancelled'],
  paid: [],
  rejected: [],
  withdrawn: [],
  cancelled: [],
};

/** Errors: DEALS_PARTICIPATION_WRONG_STATUS naming both statuses. */
export function moveParticipation(from: ParticipationStatus, to: ParticipationStatus): ParticipationStatus {
  if (!canMove(participationTransitions, from, to)) {
    throw dealsErrors.error('DEALS_PARTICIPATION_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

interface Offer {
  shares: bigint;
  minimumPriceMinor: bigint | null;
}

/**
 * Whether a holding may be offered into a deal. Errors: DEALS_PARTICIPATION_WRONG_COMPANY,
 * DEALS_PARTICIPATION_EXCEEDS_HOLDING, DEALS_PARTICIPATION_PRICE_ABOVE_RANGE, DEALS_HOLDING_NOT_VERIFIED (turned down).
 */
export function checkOffer(
  offer: Offer,
  deal: { companyId: string; priceMaxMinor: bigint },
  holding: { companyId: string; quantity: bigint; reserved: bigint; status: string },
): void {
  if (holding.companyId !== deal.companyId) throw dealsErrors.error('DEALS_PARTICIPATION_WRONG_COMPANY');
  if (holding.status === 'rejected')
    throw dealsErrors.error('DEALS_HOLDING_NOT_VERIFIED', 'The holding was turned down.');
  const available = holding.quantity - holding.reserved;
  if (offer.shares > available) {
    throw dealsErrors.error('DEALS_PARTICIPATION_EXCEEDS_HOLDING', `${available} shares are available.`, [
      { pointer: '/sharesToSell', message: `is over the ${available} shares available` },
    ]);
  }
  if (offer.minimumPriceMinor !== null && offer.minimumPriceMinor > deal.priceMaxMinor) {
    throw dealsErrors.error('DEALS_PARTICIPATION_PRICE_ABOVE_RANGE', undefined, [
      { pointer: '/minimumPrice', message: 'is above the highest price of the deal' },
    ]);
  }
}

/** What an offer is worth at its own minimum, or at the lowest price of the deal: minor units. */
export function estimatedValueMinor(offer: Offer, priceMinMinor: bigint): bigint {
  return offer.shares * (offer.minimumPriceMinor ?? priceMinMinor);
}

/** Errors: DEALS_PARTICIPATION_EXCEEDS_REQUEST. */
export function checkApprovedShares(approved: bigint, requested: bigint): void {
  if (approved > requested) {
    throw dealsErrors.error('DEALS_PARTICIPATION_EXCEEDS_REQUEST', `${requested} shares were offered.`, [
      { pointer: '/approvedShares', message: `is over the ${requested} shares offered` },
    ]);
  }
}

/** What a seller is told comes next. */
export const participationNextSteps: Record<ParticipationStatus, string> = {
  submitted: 'Awaiting verification',
  verified: 'Awaiting approval',
  approved: 'Awaiting allocation',
  allocated: 'Sign your purchase agreements when they arrive',
  docs_signed: 'Awaiting the buyers’ wires; your payout follows',
  paid: 'Nothing: you have been paid',
  rejected: 'Nothing: the offer was turned down',
  withdrawn: 'Nothing: you withdrew',
  cancelled: 'Nothing: the offer was not filled or the deal was cancelled; your shares are free again',
};
