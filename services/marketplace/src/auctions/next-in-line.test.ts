import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyTerms,
  dutchTerms,
  englishTerms,
  japaneseTerms,
  meatRoundsTerms,
  minute,
  play,
  record,
  reverseTerms,
  runs,
  sealedTerms,
  steps,
} from './auction.fixture.ts';
import type { AuctionState } from './auction.ts';
import { replay } from './log.ts';
import type { LogEntry } from './log-json.ts';
import { comparativePrice } from './meat-rounds.ts';
import { type NextInLine, nextInLine } from './next-in-line.ts';

/** Everybody who is offered the lot one after the other, when each passes. */
function offers(state: AuctionState): NextInLine[] {
  const passedOver = new Set<string>();
  const list: NextInLine[] = [];
  for (let next = nextInLine(state, passedOver); next; next = nextInLine(state, passedOver)) {
    list.push(next);
    passedOver.add(next.bidderId);
  }
  return list;
}
const offer = (bidderId: string, priceMinor: bigint, bidSequence: number) => ({ bidderId, priceMinor, bidSequence });
const ended = (auction: ReturnType<typeof play>) => {
  auction.close();
  return auction.state;
};

describe('next in line', () => {
  it('are the bidders of an English auction by their limits, at them, without what was taken back', () => {
    const auction = play(englishTerms({ reserveMinor: 30_00n, retractUntilMsBeforeClose: 0 }));
    auction.bid('ann', 29_99n);
    auction.bid('bob', 50_00n);
    auction.bid('cyd', 60_00n);
    auction.bid('dan', 60_00n);
    auction.bid('eve', 70_00n);
    auction.bid('fay', 80_00n);
    auction.retract('fay', 6);
    expect(nextInLine(auction.state, new Set())).toBeNull();
    expect(offers(ended(auction))).toEqual([offer('cyd', 60_00n, 3), offer('dan', 60_00n, 4), offer('bob', 50_00n, 2)]);
  });

  it('of equal limits is the earlier', () => {
    const auction = play(englishTerms());
    for (const bidder of ['ann', 'bob', 'cyd']) auction.bid(bidder, 20_00n);
    auction.bid('dan', 50_00n);
    expect(offers(ended(auction))).toEqual([offer('ann', 20_00n, 1), offer('bob', 20_00n, 2)]);
    const sealed = play(sealedTerms('sealed_second', { reserveMinor: 15_00n }));
    for (const bidder of ['ann', 'bob', 'cyd']) sealed.bid(bidder, 20_00n);
    sealed.bid('dan', 14_99n);
    expect(offers(ended(sealed))).toEqual([offer('bob', 20_00n, 2), offer('cyd', 20_00n, 3)]);
  });

  it('of a reverse auction mirror it', () => {
    const auction = play(reverseTerms({ reserveMinor: 900_00n }));
    auction.bid('ann', 950_00n);
    auction.bid('bob', 850_00n);
    auction.bid('cyd', 700_00n);
    expect(offers(ended(auction))).toEqual([offer('bob', 850_00n, 2)]);
  });

  it('of a lot had at once pay their limit, but not more than it was had for', () => {
    const auction = play(englishTerms({ buyNowMinor: 60_00n }));
    auction.bid('ann', 80_00n);
    auction.bid('bob', 20_00n);
    auction.buyNow('cyd');
    expect(auction.state.result).toMatchObject({ winnerId: 'cyd', priceMinor: 60_00n });
    expect(offers(auction.state)).toEqual([offer('ann', 60_00n, 1), offer('bob', 20_00n, 2)]);
    const alone = play(reverseTerms({ buyNowMinor: 500_00n }));
    alone.buyNow('cyd');
    expect(offers(alone.state)).toEqual([]);
  });

  it('of a Japanese auction are those who stayed longest, at the price of their last round', () => {
    const auction = play(japaneseTerms());
    for (const bidder of ['ann', 'bob', 'cyd', 'dan', 'eve']) auction.stay(bidder, 1, minute);
    for (const bidder of ['dan', 'cyd', 'bob']) auction.stay(bidder, 2, 11 * minute);
    for (const bidder of ['bob', 'cyd']) auction.stay(bidder, 3, 21 * minute);
    auction.stay('cyd', 4, 31 * minute);
    const state = ended(auction);
    expect(state.result).toMatchObject({ winnerId: 'cyd', priceMinor: 25_00n });
    expect(offers(state)).toEqual([
      ...[offer('bob', 20_00n, 9), offer('dan', 15_00n, 6), offer('ann', 10_00n, 1), offer('eve', 10_00n, 5)],
    ]);
  });

  it('in rounds of best value are ranked as the winner was, at their own price', () => {
    const auction = play(meatRoundsTerms({ reserveMinor: 90_00n }));
    auction.bid('ann', 70_00n);
    auction.bid('bob', 75_00n, minute, 100_000);
    auction.bid('cyd', 90_00n, minute, 500_000);
    auction.bid('dan', 90_01n, minute, 900_000);
    expect(offers(ended(auction))).toEqual([offer('bob', 75_00n, 2), offer('ann', 70_00n, 1)]);
  });

  it('is nobody in a Dutch auction, in one that did not sell, and in one still open', () => {
    const dutch = play(dutchTerms());
    dutch.bid('ann', 49_99n);
    dutch.bid('bob', 100_00n);
    expect(offers(dutch.state)).toEqual([]);
    const unsold = play(englishTerms({ reserveMinor: 30_00n }));
    unsold.bid('ann', 20_00n);
    unsold.bid('bob', 25_00n);
    expect(offers(ended(unsold))).toEqual([]);
  });

  it('whatever was bid, everybody whose bid could win is asked once, at their word, and never for the better of the owner', () => {
    fc.assert(
      fc.property(anyTerms, steps, (terms, list) => {
        const { log, entries } = record(terms, [...list, { command: { type: 'advance' }, ms: 90 * minute }]);
        const asked = offers(log.state);
        expect(offers(replay(terms, entries).log.state)).toEqual(asked);
        const { result } = log.state;
        const standing = standingBids(entries);
        const limitOf = (bidderId: string) => standing.get(bidderId)?.amountMinor ?? 0n;
        const falls = terms.format === 'reverse' || terms.format === 'meat_rounds';
        const reserveMinor = 'reserveMinor' in terms ? terms.reserveMinor : undefined;
        const couldWin = [...standing.values()].filter(({ bidderId, amountMinor }) => {
          if (result?.outcome !== 'sold' || bidderId === result.winnerId || terms.format === 'dutch') return false;
          return reserveMinor === undefined || (falls ? amountMinor <= reserveMinor : amountMinor >= reserveMinor);
        });
        expect(asked.map(({ bidderId }) => bidderId).sort()).toEqual(couldWin.map(({ bidderId }) => bidderId).sort());
        if (result?.outcome !== 'sold') return;
        const worth = (bidderId: string, priceMinor: bigint) => {
          if (terms.format !== 'meat_rounds') return falls ? -priceMinor : priceMinor;
          return -comparativePrice({ amountMinor: priceMinor, sharePpm: standing.get(bidderId)?.sharePpm ?? 0 });
        };
        let before = worth(result.winnerId, result.priceMinor);
        for (const { bidderId, priceMinor, bidSequence } of asked) {
          expect(bidderId).not.toBe('owner');
          expect(bidSequence).toBe(standing.get(bidderId)?.sequence);
          const limit = limitOf(bidderId);
          const isBoughtAtOnce = entries[result.bidSequence - 1]?.command.type === 'buy_now';
          if (!isBoughtAtOnce) expect(priceMinor).toBe(limit);
          else expect(falls ? priceMinor >= limit : priceMinor <= limit).toBe(true);
          expect(worth(bidderId, priceMinor)).toBeLessThanOrEqual(before);
          before = worth(bidderId, priceMinor);
        }
      }),
      runs(500),
    );
  });
});

/** Each bidder's last accepted bid that was not taken back, read from the log. */
function standingBids(entries: readonly LogEntry[]) {
  const accepted = entries.filter(({ decision }) => decision.outcome === 'accepted');
  const back = new Set(accepted.map(({ command }) => (command.type === 'retract' ? command.bidSequence : 0)));
  const standing = new Map<string, { bidderId: string; sequence: number; amountMinor: bigint; sharePpm: number }>();
  for (const { sequence, command, decision } of accepted) {
    if (back.has(sequence) || decision.outcome !== 'accepted') continue;
    if (command.type !== 'bid' && command.type !== 'stay') continue;
    const amountMinor = BigInt(command.type === 'bid' ? command.amountMinor : (decision.after.priceMinor ?? 0));
    const sharePpm = command.type === 'bid' ? (command.sharePpm ?? 0) : 0;
    standing.set(command.bidderId, { bidderId: command.bidderId, sequence, amountMinor, sharePpm });
  }
  return standing;
}
