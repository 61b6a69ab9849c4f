import type { Format, JapanesePlay, Result } from './format.ts';
import { incrementAt } from './increments.ts';
import { isPrice, type JapaneseTerms } from './terms.ts';

/**
 * The price rises by rounds. Anybody enters in the first; whoever does not stay in a round has left. The last one staying
 * wins at the price of that round. Do all leave at once, or is there no time for another round, the earliest to have said
 * so in the last round anybody stayed in wins at its price.
 */
export const japanese: Format<'japanese'> = {
  start: ({ startingMinor }) => ({ round: 1, priceMinor: startingMinor, active: null, staying: [], left: [] }),

  show: (_, { priceMinor, round }) => ({ priceMinor, leaderId: null, reserveMet: null, round }),

  finish: (_, { active, staying }) => won(staying) ?? won(active ?? []) ?? { outcome: 'unsold', reason: 'no_bids' },

  tickAt: (terms, { round }) => endOf(terms, round),

  tick(terms, play) {
    const { round, priceMinor, active, staying } = play;
    const raised = priceMinor + incrementAt(terms.increments, priceMinor);
    const isLast = endOf(terms, round + 1) > terms.closesAt || !isPrice(raised);
    if (staying.length < 2 || isLast) return { play, end: japanese.finish(terms, play) };
    const stayed = new Set(staying.map(({ bidderId }) => bidderId));
    const left = [...(active ?? []).filter(({ bidderId }) => !stayed.has(bidderId)), ...play.left];
    return { play: { round: round + 1, priceMinor: raised, active: staying, staying: [], left } };
  },

  stay(_, play, { bidderId, sequence, round }) {
    const isIn = (list: JapanesePlay['staying']) => list.some((each) => each.bidderId === bidderId);
    if (round !== play.round) return { refused: 'MARKETPLACE_BID_STALE' };
    if (play.active && !isIn(play.active)) return { refused: 'MARKETPLACE_BID_LEFT' };
    if (isIn(play.staying)) return { refused: 'MARKETPLACE_BID_ALREADY_MADE' };
    const bid = { sequence, bidderId, amountMinor: play.priceMinor };
    return { play: { ...play, staying: [...play.staying, bid] } };
  },
};

function endOf({ opensAt, roundMs }: JapaneseTerms, round: number): Date {
  return new Date(opensAt.getTime() + round * roundMs);
}

/** Bids are in order, so the first is the earliest. */
function won([first]: JapanesePlay['staying']): Result | undefined {
  if (!first) return undefined;
  const { bidderId, amountMinor, sequence } = first;
  return { outcome: 'sold', winnerId: bidderId, priceMinor: amountMinor, bidSequence: sequence };
}
