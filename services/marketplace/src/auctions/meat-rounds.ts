import type { Format, MeatRoundsPlay, Offer } from './format.ts';
import { isPrice, type MeatRoundsTerms } from './terms.ts';

const million = 1_000_000n;
const sharePpmMax = 900_000;

/**
 * A reverse auction in rounds (MEAT: most economically advantageous tender). In each, a bidder may bid once, below the own
 * price before; nobody sees the bids before it ends. Among the offers that meet the reserve the best has the lowest
 * {@link comparativePrice}, and is paid its own price.
 */
export const meatRounds: Format<'meat_rounds'> = {
  start: () => ({ round: 1, paused: false, shown: [], hidden: [] }),

  show(terms, { round, shown }) {
    const [leader] = shown;
    const reserveMet = terms.reserveMinor === undefined ? null : leader !== undefined && isMet(terms, leader);
    return {
      priceMinor: leader?.amountMinor ?? terms.startingMinor,
      leaderId: leader?.bidderId ?? null,
      reserveMet,
      round,
    };
  },

  finish(terms, play) {
    const [best] = bestFirst(terms, play);
    if (!best) return { outcome: 'unsold', reason: 'no_bids' };
    if (!isMet(terms, best)) return { outcome: 'unsold', reason: 'reserve_not_met' };
    const { bidderId, amountMinor, sequence } = best;
    return { outcome: 'sold', winnerId: bidderId, priceMinor: amountMinor, bidSequence: sequence };
  },

  tickAt({ opensAt, roundMs, pauseMs = 0 }, { round, paused }) {
    const endsMs = opensAt.getTime() + round * roundMs + (round - 1) * pauseMs;
    return new Date(paused ? endsMs + pauseMs : endsMs);
  },

  tick(terms, play) {
    const { round, paused } = play;
    if (paused) return { play: { ...play, round: round + 1, paused: false } };
    const shown: MeatRoundsPlay = { ...play, shown: bestFirst(terms, play), hidden: [] };
    if (round === terms.rounds) return { play: shown, end: meatRounds.finish(terms, shown) };
    return { play: terms.pauseMs ? { ...shown, paused: true } : { ...shown, round: round + 1 } };
  },

  bid(terms, play, bid, sharePpm) {
    const { paused, shown, hidden } = play;
    const isOwn = ({ bidderId }: Offer) => bidderId === bid.bidderId;
    if (paused) return { refused: 'MARKETPLACE_AUCTION_PAUSED' };
    if (hidden.some(isOwn)) return { refused: 'MARKETPLACE_BID_ALREADY_MADE' };
    if (!isShare(sharePpm)) return { refused: 'MARKETPLACE_BID_SHARE_INVALID' };
    const own = shown.find(isOwn);
    if (own && own.sharePpm !== sharePpm) return { refused: 'MARKETPLACE_BID_SHARE_CHANGED' };
    const neededMinor = own ? own.amountMinor - terms.stepMinor : terms.startingMinor;
    if (bid.amountMinor > neededMinor) {
      const refused = 'MARKETPLACE_BID_TOO_HIGH';
      return isPrice(neededMinor) ? { refused, neededMinor } : { refused };
    }
    return { play: { ...play, hidden: [...hidden, { ...bid, sharePpm }] } };
  },
};

/** What offers are ranked by: price × (1 − share), exactly, in millionths of a minor unit. */
export function comparativePrice({ amountMinor, sharePpm }: Pick<Offer, 'amountMinor' | 'sharePpm'>): bigint {
  return amountMinor * (million - BigInt(sharePpm));
}

/** Each bidder's last offer; those that miss the reserve after all that meet it. */
function bestFirst(terms: MeatRoundsTerms, { shown, hidden }: MeatRoundsPlay): Offer[] {
  const last = new Map([...shown, ...hidden].map((offer) => [offer.bidderId, offer]));
  return [...last.values()].sort((a, b) => {
    const met = Number(isMet(terms, b)) - Number(isMet(terms, a));
    const [ofA, ofB] = [comparativePrice(a), comparativePrice(b)];
    return met || (ofA === ofB ? a.sequence - b.sequence : ofA < ofB ? -1 : 1);
  });
}

function isMet({ reserveMinor }: MeatRoundsTerms, { amountMinor }: Offer): boolean {
  return reserveMinor === undefined || amountMinor <= reserveMinor;
}

function isShare(ppm: number): boolean {
  return Number.isSafeInteger(ppm) && ppm >= 0 && ppm <= sharePpmMax;
}
