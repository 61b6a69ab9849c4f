import { canMove, type Transitions } from '@clearlot/kernel';
import { dealsErrors } from '../errors.ts';

export type DealStatus = 'draft' | 'open' | 'allocated' | 'locked' | 'settled' | 'closed' | 'cancelled';

/** A deal's life. `locked` is where settlement starts; past `settled` nothing moves any more. */
export const dealTransitions: Transitions<DealStatus> = {
  draft: ['open', 'cancelled'],
  open: ['allocated', 'locked', 'cancelled'],
  // Allocating again replaces an allocation that is not locked.
  allocated: ['allocated', 'locked', 'cancelled'],
  locked: ['settled', 'cancelled'],
  settled: ['closed'],
  closed: [],
  cancelled: [],
};

interface DealTerms {
  priceMinMinor: bigint;
  priceMaxMinor: bigint;
  minimumTicketMinor: bigint;
  maximumTicketMinor: bigint;
  opensAt: Date;
  closesAt: Date;
}

/** Errors: DEALS_DEAL_TERMS_INVALID with a pointer to each contradiction. */
export function checkTerms(terms: DealTerms): void {
  const errors = [
    terms.priceMaxMinor < terms.priceMinMinor && { pointer: '/priceMax', message: 'is under priceMin' },
    terms.maximumTicketMinor < terms.minimumTicketMinor && {
      pointer: '/maximumTicket',
      message: 'is under minimumTicket',
    },
    terms.closesAt <= terms.opensAt && { pointer: '/closesAt', message: 'is not after opensAt' },
  ].filter((error) => error !== false);
  if (errors.length > 0) throw dealsErrors.error('DEALS_DEAL_TERMS_INVALID', undefined, errors);
}

/** Offers, commitments and withdrawals are taken while a deal is open and inside its window. Errors: DEALS_DEAL_NOT_OPEN. */
export function checkOpen(deal: { status: DealStatus; opensAt: Date; closesAt: Date }, now: Date): void {
  if (deal.status !== 'open') throw dealsErrors.error('DEALS_DEAL_NOT_OPEN', `The deal is ${deal.status}.`);
  if (now < deal.opensAt) {
    throw dealsErrors.error('DEALS_DEAL_NOT_OPEN', `The deal opens at ${deal.opensAt.toISOString()}.`);
  }
  if (now >= deal.closesAt) {
    throw dealsErrors.error('DEALS_DEAL_NOT_OPEN', `The deal closed at ${deal.closesAt.toISOString()}.`);
  }
}

/** Errors: DEALS_DEAL_WRONG_STATUS naming both statuses. */
export function moveDeal(from: DealStatus, to: DealStatus): DealStatus {
  if (!canMove(dealTransitions, from, to)) {
    throw dealsErrors.error('DEALS_DEAL_WRONG_STATUS', `A deal that is ${from} cannot become ${to}.`);
  }
  return to;
}

/** Approvals and allocations are decided before the lock. Errors: DEALS_DEAL_WRONG_STATUS. */
export function checkDecidable(status: DealStatus): void {
  if (status !== 'open' && status !== 'allocated') {
    throw dealsErrors.error('DEALS_DEAL_WRONG_STATUS', `The deal is ${status}.`);
  }
}

/** The one price of a deal whose range leaves no choice, or the price set by its allocation. Errors: DEALS_PRICE_NOT_SET. */
export function settledPrice(deal: {
  priceMinor: bigint | null;
  priceMinMinor: bigint;
  priceMaxMinor: bigint;
}): bigint {
  if (deal.priceMinor !== null) return deal.priceMinor;
  if (deal.priceMinMinor === deal.priceMaxMinor) return deal.priceMinMinor;
  throw dealsErrors.error('DEALS_PRICE_NOT_SET');
}
