import {
  type Act,
  type Bid,
  inOrder,
  isLastOf,
  type ProxyPlay,
  type Refusal,
  type Result,
  type Shown,
  type Turn,
} from './format.ts';
import { incrementAt } from './increments.ts';
import { type EnglishTerms, isPrice, type ReverseTerms } from './terms.ts';

/** 1 where prices rise, -1 where they fall: `side * amount` is greater for the better amount. */
type Side = 1n | -1n;
type Terms = EnglishTerms | ReverseTerms;

/** The play of an auction whose bids are limits that bid for their bidders; one direction of {@link Side}. */
export function proxyRules(side: Side) {
  const isBetter = (a: bigint, b: bigint) => side * a > side * b;
  const best = (a: bigint, b: bigint) => (isBetter(a, b) ? a : b);
  const worst = (a: bigint, b: bigint) => (isBetter(a, b) ? b : a);
  const next = (terms: Terms, minor: bigint) => minor + side * incrementAt(terms.increments, minor);

  /**
   * The second limit plus its increment, capped at the leader's own; at least the starting price, and the reserve once the
   * leader's limit meets it. It depends on the limits alone, not on the order they came in.
   */
  function priceOf(terms: Terms, { leader, secondMinor }: ProxyPlay): bigint {
    if (!leader) return terms.startingMinor;
    const bidUp = secondMinor === null ? terms.startingMinor : worst(leader.amountMinor, next(terms, secondMinor));
    const price = best(terms.startingMinor, bidUp);
    return isMet(terms, leader) ? best(price, terms.reserveMinor ?? price) : price;
  }

  const isMet = ({ reserveMinor }: Terms, leader: Bid | null) =>
    leader !== null && (reserveMinor === undefined || !isBetter(reserveMinor, leader.amountMinor));

  /** Equal limits: the earlier leads. */
  function place(terms: Terms, play: ProxyPlay, bid: Bid): ProxyPlay {
    const { leader, secondMinor, buyNowOpen } = play;
    const placed: ProxyPlay = { ...play, bids: { bid, earlier: play.bids } };
    if (!leader || leader.bidderId === bid.bidderId) placed.leader = bid;
    else if (isBetter(bid.amountMinor, leader.amountMinor)) {
      placed.leader = bid;
      placed.secondMinor = leader.amountMinor;
    } else placed.secondMinor = secondMinor === null ? bid.amountMinor : best(secondMinor, bid.amountMinor);
    placed.buyNowOpen = buyNowOpen && isBetter(terms.buyNowMinor ?? 0n, priceOf(terms, placed));
    return placed;
  }

  return {
    start: ({ buyNowMinor }: Terms): ProxyPlay => ({
      ...{ bids: null, leader: null, secondMinor: null },
      buyNowOpen: buyNowMinor !== undefined,
    }),

    show: (terms: Terms, play: ProxyPlay): Shown => ({
      priceMinor: priceOf(terms, play),
      leaderId: play.leader?.bidderId ?? null,
      reserveMet: terms.reserveMinor === undefined ? null : isMet(terms, play.leader),
      round: null,
    }),

    finish(terms: Terms, play: ProxyPlay): Result {
      if (!play.leader) return { outcome: 'unsold', reason: 'no_bids' };
      if (!isMet(terms, play.leader)) return { outcome: 'unsold', reason: 'reserve_not_met' };
      const { bidderId, sequence } = play.leader;
      return { outcome: 'sold', winnerId: bidderId, priceMinor: priceOf(terms, play), bidSequence: sequence };
    },

    /** Others bid at least an increment past the price; the leader past the own limit. */
    bid(terms: Terms, play: ProxyPlay, bid: Act & { amountMinor: bigint }): Turn<ProxyPlay> | Refusal {
      const { leader } = play;
      const raises = leader?.bidderId === bid.bidderId;
      const needed = !leader
        ? terms.startingMinor
        : raises
          ? leader.amountMinor + side
          : next(terms, priceOf(terms, play));
      if (isBetter(needed, bid.amountMinor)) {
        const refused = side === 1n ? 'MARKETPLACE_BID_TOO_LOW' : 'MARKETPLACE_BID_TOO_HIGH';
        return isPrice(needed) ? { refused, neededMinor: needed } : { refused };
      }
      const placed = place(terms, play, bid);
      return { play: placed, takesLead: !raises && placed.leader?.bidderId === bid.bidderId };
    },

    buyNow({ buyNowMinor }: Terms, play: ProxyPlay, { bidderId, sequence }: Act): Turn<ProxyPlay> | Refusal {
      if (buyNowMinor === undefined) return { refused: 'MARKETPLACE_BID_NOT_OF_FORMAT' };
      if (!play.buyNowOpen) return { refused: 'MARKETPLACE_BID_BUY_NOW_OVER' };
      const end: Result = { outcome: 'sold', winnerId: bidderId, priceMinor: buyNowMinor, bidSequence: sequence };
      return { play: { ...play, buyNowOpen: false }, end };
    },

    /** Everything but the end of buying now is as if the bid had never been made. */
    retract(terms: Terms, play: ProxyPlay, act: Act & { bidSequence: number }): Turn<ProxyPlay> | Refusal {
      if (!isLastOf(play.bids, act.bidderId, act.bidSequence)) return { refused: 'MARKETPLACE_BID_NOT_LAST' };
      const remaining = inOrder(play.bids, act.bidSequence);
      const none: ProxyPlay = { bids: null, leader: null, secondMinor: null, buyNowOpen: play.buyNowOpen };
      return { play: remaining.reduce((sum, bid) => place(terms, sum, bid), none) };
    },
  };
}
