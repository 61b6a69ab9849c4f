import {
  type Act,
  type Bid,
  type Bids,
  inOrder,
  isLastOf,
  linked,
  type Refusal,
  type Result,
  ranked,
  type SealedPlay,
  type Shown,
  type Turn,
} from './format.ts';
import type { SealedTerms } from './terms.ts';

/**
 * Sealed bids. A bidder may raise the own bid, and lowers it by retraction only. The highest wins, equal ones by sequence,
 * at its own price (first) or the second bidder's, at least starting price and reserve (second).
 */
export function sealedPrice(pays: 'first' | 'second') {
  return {
    start: (): SealedPlay => ({ bids: null }),
    show: (): Shown => ({ priceMinor: null, leaderId: null, reserveMet: null, round: null }),

    finish({ startingMinor, reserveMinor }: SealedTerms, { bids }: SealedPlay): Result {
      const [winner, second] = ranked(bids, 1n);
      if (!winner) return { outcome: 'unsold', reason: 'no_bids' };
      if (winner.amountMinor < (reserveMinor ?? 0n)) return { outcome: 'unsold', reason: 'reserve_not_met' };
      const secondMinor = highest(startingMinor, reserveMinor ?? 0n, second?.amountMinor ?? 0n);
      const priceMinor = pays === 'first' ? winner.amountMinor : secondMinor;
      return { outcome: 'sold', winnerId: winner.bidderId, priceMinor, bidSequence: winner.sequence };
    },

    bid(terms: SealedTerms, { bids }: SealedPlay, bid: Act & { amountMinor: bigint }): Turn<SealedPlay> | Refusal {
      const own = lastOf(bids, bid.bidderId);
      const needed = own ? own.amountMinor + 1n : terms.startingMinor;
      if (bid.amountMinor < needed) return { refused: 'MARKETPLACE_BID_TOO_LOW', neededMinor: needed };
      return { play: { bids: { bid, earlier: bids } } };
    },

    /** The bidder's bid before it, if any, stands again. */
    retract(_: SealedTerms, { bids }: SealedPlay, act: Act & { bidSequence: number }): Turn<SealedPlay> | Refusal {
      if (!isLastOf(bids, act.bidderId, act.bidSequence)) return { refused: 'MARKETPLACE_BID_NOT_LAST' };
      return { play: { bids: linked(inOrder(bids, act.bidSequence)) } };
    },
  };
}

function lastOf(bids: Bids | null, bidderId: string): Bid | undefined {
  for (let each = bids; each; each = each.earlier) if (each.bid.bidderId === bidderId) return each.bid;
  return undefined;
}

function highest(first: bigint, ...rest: readonly bigint[]): bigint {
  let high = first;
  for (const each of rest) if (each > high) high = each;
  return high;
}
