import { canMove, type Transitions } from '@clearlot/kernel';
import { quoteErrors } from './errors.ts';

export type QuoteStatus = 'requested' | 'quoted' | 'countered' | 'accepted' | 'declined' | 'cancelled' | 'expired';

/** The two sides of a quote. */
export type QuoteSide = 'buyer' | 'supplier';
export type Turn = QuoteSide | 'nobody';

/** A quote's way: the supplier quotes, the buyer counters, in turns, until one accepts or it ends. */
export const quoteTransitions: Transitions<QuoteStatus> = {
  requested: ['quoted', 'declined', 'cancelled', 'expired'],
  quoted: ['countered', 'accepted', 'declined', 'cancelled', 'expired'],
  countered: ['quoted', 'accepted', 'declined', 'cancelled', 'expired'],
  accepted: [],
  declined: [],
  cancelled: [],
  expired: [],
};

/** Errors: MARKETPLACE_QUOTE_WRONG_STATUS naming both statuses. */
export function moveQuote(from: QuoteStatus, to: QuoteStatus): QuoteStatus {
  if (!canMove(quoteTransitions, from, to)) {
    throw quoteErrors.error('MARKETPLACE_QUOTE_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

interface QuoteState {
  buyerId: string;
  supplierOwnerId: string;
  status: QuoteStatus;
  turn: Turn;
  round: number;
  roundsMax: number;
  expiresAt: Date;
}

/** Which side of a quote a person is on. Errors: MARKETPLACE_QUOTE_NOT_FOUND for neither. */
export function quoteSideOf(quote: QuoteState, userId: string): QuoteSide {
  if (quote.buyerId === userId) return 'buyer';
  if (quote.supplierOwnerId === userId) return 'supplier';
  throw quoteErrors.error('MARKETPLACE_QUOTE_NOT_FOUND');
}

/**
 * Checks that a side may answer now: the quote is open, it is that side's turn and the time has not passed. Errors:
 * MARKETPLACE_QUOTE_WRONG_STATUS, MARKETPLACE_QUOTE_NOT_YOUR_TURN, MARKETPLACE_QUOTE_EXPIRED.
 */
export function checkTurn(quote: QuoteState, side: QuoteSide, now: Date): void {
  if (quote.turn === 'nobody') {
    throw quoteErrors.error('MARKETPLACE_QUOTE_WRONG_STATUS', `It is ${quote.status}.`);
  }
  if (quote.turn !== side) throw quoteErrors.error('MARKETPLACE_QUOTE_NOT_YOUR_TURN');
  if (now >= quote.expiresAt) throw quoteErrors.error('MARKETPLACE_QUOTE_EXPIRED');
}

/**
 * Checks a side's next offer and answers how the quote stands with it. Rounds are bounded, an offer is firm until a time
 * to come, and a side's next price is better for the other than its last: a supplier goes down, a buyer up, as in
 * request-for-quote negotiation. Errors: MARKETPLACE_QUOTE_ROUNDS_EXHAUSTED, MARKETPLACE_QUOTE_VALIDITY_INVALID,
 * MARKETPLACE_QUOTE_NOT_IMPROVED, and those of {@link checkTurn}.
 */
export function offerNext(
  quote: QuoteState,
  side: QuoteSide,
  offer: { priceMinorPerTonne: bigint; validUntil: Date },
  lastOwnPrice: bigint | undefined,
  now: Date,
): { status: QuoteStatus; turn: QuoteSide; round: number; expiresAt: Date } {
  checkTurn(quote, side, now);
  if (quote.round >= quote.roundsMax) throw quoteErrors.error('MARKETPLACE_QUOTE_ROUNDS_EXHAUSTED');
  if (offer.validUntil <= now) throw quoteErrors.error('MARKETPLACE_QUOTE_VALIDITY_INVALID');
  const price = offer.priceMinorPerTonne;
  if (lastOwnPrice !== undefined && (side === 'supplier' ? price >= lastOwnPrice : price <= lastOwnPrice)) {
    throw quoteErrors.error('MARKETPLACE_QUOTE_NOT_IMPROVED');
  }
  const [to, turn] = side === 'supplier' ? (['quoted', 'buyer'] as const) : (['countered', 'supplier'] as const);
  return { status: moveQuote(quote.status, to), turn, round: quote.round + 1, expiresAt: offer.validUntil };
}

/**
 * Checks that a side may accept the offer of a round: the newest, made by the other side and still firm. Errors:
 * MARKETPLACE_QUOTE_ROUND_STALE, MARKETPLACE_QUOTE_WRONG_STATUS, and those of {@link checkTurn}.
 */
export function acceptRound(quote: QuoteState, side: QuoteSide, round: number, now: Date): QuoteStatus {
  checkTurn(quote, side, now);
  const status = moveQuote(quote.status, 'accepted');
  if (round !== quote.round) throw quoteErrors.error('MARKETPLACE_QUOTE_ROUND_STALE');
  return status;
}

/** What each side is told comes next. */
export const quoteNextSteps: Record<QuoteStatus, Record<QuoteSide, string>> = {
  requested: { buyer: 'Wait for the supplier to quote', supplier: 'Quote a price or decline' },
  quoted: { buyer: 'Accept, counter or decline', supplier: 'Wait for the buyer' },
  countered: { buyer: 'Wait for the supplier', supplier: 'Accept, quote again or decline' },
  accepted: { buyer: 'Fund the order', supplier: 'Ship when the order is funded' },
  declined: { buyer: 'Nothing: it was declined', supplier: 'Nothing: it was declined' },
  cancelled: { buyer: 'Nothing: you cancelled it', supplier: 'Nothing: the buyer cancelled it' },
  expired: { buyer: 'Ask again if you are still interested', supplier: 'Nothing: the time to answer has passed' },
};
