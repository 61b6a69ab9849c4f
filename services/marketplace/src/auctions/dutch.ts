import type { DutchPlay, Format } from './format.ts';
import type { DutchTerms } from './terms.ts';

/** The clock falls by steps; the first bid at or above it wins at what the clock shows. */
export const dutch: Format<'dutch'> = {
  start: () => ({ steps: 0 }),
  show: (terms, play) => ({ priceMinor: priceOf(terms, play), leaderId: null, reserveMet: null, round: null }),
  finish: () => ({ outcome: 'unsold', reason: 'no_bids' }),

  tickAt: (terms, play) =>
    priceOf(terms, play) > terms.floorMinor
      ? new Date(terms.opensAt.getTime() + (play.steps + 1) * terms.everyMs)
      : null,
  tick: (_, { steps }) => ({ play: { steps: steps + 1 } }),

  bid(terms, play, { bidderId, sequence, amountMinor }) {
    const priceMinor = priceOf(terms, play);
    if (amountMinor < priceMinor) return { refused: 'MARKETPLACE_BID_TOO_LOW', neededMinor: priceMinor };
    return { play, end: { outcome: 'sold', winnerId: bidderId, priceMinor, bidSequence: sequence } };
  },
};

function priceOf({ startingMinor, stepMinor, floorMinor }: DutchTerms, { steps }: DutchPlay): bigint {
  const fallen = startingMinor - BigInt(steps) * stepMinor;
  return fallen > floorMinor ? fallen : floorMinor;
}
