import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, meatRoundsTerms, minute, play, record, runs } from './auction.fixture.ts';
import { nextWakeAt, openAuction } from './auction.ts';
import { appendEntry } from './log.ts';
import { comparativePrice } from './meat-rounds.ts';

const refused = (code: string, neededMinor?: bigint) => ({
  ...{ outcome: 'refused', code, ...(neededMinor === undefined ? {} : { neededMinor }) },
});
const shown = (priceMinor: bigint, leaderId: string | null, round: number) => ({
  outcome: 'accepted',
  after: expect.objectContaining({ priceMinor, leaderId, round }),
});
const [second, third] = [21 * minute, 42 * minute];

describe('an auction in rounds of best value', () => {
  it('hides the bids of a round until it ends, and then ranks them by price less share', () => {
    const auction = play(meatRoundsTerms());
    expect(auction.bid('ann', 80_00n, minute)).toEqual(shown(100_00n, null, 1));
    expect(auction.bid('bob', 90_00n, minute, 150_000)).toEqual(shown(100_00n, null, 1));
    // 90.00 × 0.85 = 76.50 is less than 80.00.
    expect(auction.give({ type: 'advance' }, 18 * minute)).toEqual(shown(90_00n, 'bob', 1));
    expect(auction.bid('ann', 75_00n, second)).toEqual(shown(90_00n, 'bob', 2));
    expect(auction.give({ type: 'advance' }, 39 * minute)).toEqual(shown(75_00n, 'ann', 2));
    auction.bid('bob', 88_00n, third, 150_000);
    expect(auction.close()).toEqual({ outcome: 'sold', winnerId: 'bob', priceMinor: 88_00n, bidSequence: 6 });
    expect(auction.state.closedAt).toEqual(after(60 * minute));
  });

  it('takes one bid of a bidder in a round, each lower than the last by a step', () => {
    const auction = play(meatRoundsTerms());
    expect(auction.bid('ann', 100_01n)).toEqual(refused('MARKETPLACE_BID_TOO_HIGH', 100_00n));
    expect(auction.bid('ann', 100_00n)).toMatchObject({ outcome: 'accepted' });
    expect(auction.bid('ann', 50_00n)).toEqual(refused('MARKETPLACE_BID_ALREADY_MADE'));
    expect(auction.bid('ann', 99_01n, second)).toEqual(refused('MARKETPLACE_BID_TOO_HIGH', 99_00n));
    expect(auction.bid('ann', 1n, second)).toMatchObject({ outcome: 'accepted' });
    expect(auction.bid('ann', 1n, third)).toEqual(refused('MARKETPLACE_BID_TOO_HIGH'));
    expect(auction.bid('bob', 100_00n, third)).toMatchObject({ outcome: 'accepted' });
    expect(auction.retract('bob', 8, third)).toEqual(refused('MARKETPLACE_BID_RETRACTION_OVER'));
  });

  it('takes nothing in a pause; without pauses one round ends as the next begins', () => {
    const auction = play(meatRoundsTerms());
    expect(nextWakeAt(openAuction(meatRoundsTerms()))).toEqual(after(0));
    expect(auction.bid('ann', 80_00n, 18 * minute - 1)).toEqual(shown(100_00n, null, 1));
    expect(nextWakeAt(auction.state)).toEqual(after(18 * minute));
    expect(auction.bid('bob', 70_00n, 18 * minute)).toEqual(refused('MARKETPLACE_AUCTION_PAUSED'));
    expect(nextWakeAt(auction.state)).toEqual(after(second));
    expect(auction.bid('bob', 70_00n, second - 1)).toEqual(refused('MARKETPLACE_AUCTION_PAUSED'));
    expect(auction.bid('bob', 70_00n, second)).toEqual(shown(80_00n, 'ann', 2));
    const seamless = play(meatRoundsTerms({ pauseMs: undefined, roundMs: 20 * minute }));
    seamless.bid('ann', 80_00n, 20 * minute - 1);
    expect(seamless.bid('ann', 70_00n, 20 * minute)).toEqual(shown(80_00n, 'ann', 2));
  });

  it('keeps the share that a bidder first bid with', () => {
    const auction = play(meatRoundsTerms());
    for (const share of [-1, 900_001, 0.5, Number.NaN]) {
      expect(auction.bid('ann', 80_00n, minute, share)).toEqual(refused('MARKETPLACE_BID_SHARE_INVALID'));
    }
    auction.bid('ann', 80_00n, minute, 900_000);
    expect(auction.bid('ann', 70_00n, second, 0)).toEqual(refused('MARKETPLACE_BID_SHARE_CHANGED'));
    expect(auction.bid('ann', 70_00n, second)).toEqual(refused('MARKETPLACE_BID_SHARE_CHANGED'));
    expect(auction.bid('ann', 70_00n, second, 900_000)).toMatchObject({ outcome: 'accepted' });
  });

  it('goes to the earlier of equal comparative prices, and a lower price is as late as its bid', () => {
    const auction = play(meatRoundsTerms());
    auction.bid('ann', 90_00n);
    auction.bid('bob', 100_00n, minute, 200_000);
    auction.bid('ann', 80_00n, second);
    // 80.00 and 100.00 × 0.8.
    expect(auction.close()).toMatchObject({ winnerId: 'bob', priceMinor: 100_00n });
  });

  it('is won by the best of those that meet the reserve, and unsold without any', () => {
    const auction = play(meatRoundsTerms({ reserveMinor: 80_00n }));
    auction.bid('bob', 90_00n, minute, 500_000);
    expect(auction.give({ type: 'advance' }, 18 * minute)).toMatchObject({
      after: { leaderId: 'bob', reserveMet: false },
    });
    auction.bid('ann', 80_00n, second);
    expect(auction.give({ type: 'advance' }, 39 * minute)).toMatchObject({
      after: { leaderId: 'ann', reserveMet: true },
    });
    expect(auction.close()).toMatchObject({ winnerId: 'ann', priceMinor: 80_00n });
    const unmet = play(meatRoundsTerms({ reserveMinor: 80_00n }));
    unmet.bid('ann', 80_01n);
    expect(unmet.close()).toEqual({ outcome: 'unsold', reason: 'reserve_not_met' });
    expect(play(meatRoundsTerms()).close()).toEqual({ outcome: 'unsold', reason: 'no_bids' });
  });

  it('answers a retry though the share is found to be another by then', () => {
    const bid = { type: 'bid', bidderId: 'ann', key: 'k', standing: 'eligible', amountMinor: 80_00n } as const;
    const { log } = record(meatRoundsTerms(), [{ command: { ...bid, sharePpm: 50_000 }, ms: minute }]);
    expect(appendEntry(log, { ...bid, sharePpm: 60_000 }, after(second))).toMatchObject({ entries: [], sequence: 2 });
  });

  it.each([
    ['in no round', { rounds: 0 }],
    ['in half a round', { rounds: 0.5 }],
    ['in eleven rounds', { rounds: 11, roundMs: 60_000, pauseMs: 0, closesAt: after(11 * minute) }],
    ['closing before the last round ends', { closesAt: after(60 * minute - 1) }],
    ['closing after the last round ends', { closesAt: after(60 * minute + 1) }],
    ['with rounds of no length', { roundMs: 0, pauseMs: 30 * minute }],
    ['with pauses before they begin', { roundMs: 22 * minute, pauseMs: -3 * minute }],
    ['with a step of nothing', { stepMinor: 0n }],
    ['starting under the reserve', { reserveMinor: 100_01n }],
    ['with a reserve of nothing', { reserveMinor: 0n }],
  ])('is not held %s', (_, more) => {
    expect(() => openAuction(meatRoundsTerms(more))).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_AUCTION_TERMS_INVALID' }),
    );
  });

  const shares = new Map([
    ['ann', 0],
    ['bob', 100_000],
    ['cyd', 250_000],
    ['dan', 333_333],
  ]);
  const bids = fc
    .array(
      fc.record({
        bidderId: fc.constantFrom(...shares.keys()),
        amountMinor: fc.bigInt({ min: 1n, max: 101_00n }),
        ms: fc.integer({ min: 0, max: 60 * minute - 1 }),
      }),
      { maxLength: 30 },
    )
    .map((list) => list.toSorted((a, b) => a.ms - b.ms));

  it('goes to the best last offer whatever was bid when, and shows each round only after its end', () => {
    fc.assert(
      fc.property(bids, (list) => {
        const { entries, log } = record(meatRoundsTerms(), [
          ...list.map(({ bidderId, amountMinor, ms }, index) => ({
            command: {
              ...{ type: 'bid' as const, bidderId, amountMinor, key: `${index}`, standing: 'eligible' as const },
              sharePpm: shares.get(bidderId),
            } as const,
            ms,
          })),
          { command: { type: 'advance' }, ms: 60 * minute },
        ]);
        const last = new Map<string, { bidderId: string; priceMinor: bigint; sequence: number; round: number }>();
        let price = '10000';
        for (const { command, decision, sequence } of entries) {
          if (decision.outcome === 'refused') continue;
          const { round, priceMinor } = decision.after;
          if (command.type === 'advance') price = priceMinor ?? price;
          if (command.type !== 'bid') continue;
          expect(priceMinor).toBe(price);
          const { bidderId, amountMinor } = command;
          const before = last.get(bidderId);
          expect(round).toBeGreaterThan(before?.round ?? 0);
          expect(BigInt(amountMinor)).toBeLessThanOrEqual(before ? before.priceMinor - 1_00n : 100_00n);
          last.set(bidderId, { bidderId, priceMinor: BigInt(amountMinor), sequence, round: round ?? 0 });
        }
        const score = (each: { bidderId: string; priceMinor: bigint }) =>
          comparativePrice({ amountMinor: each.priceMinor, sharePpm: shares.get(each.bidderId) ?? 0 });
        const [best] = [...last.values()].sort((a, b) => Number(score(a) - score(b)) || a.sequence - b.sequence);
        const won = best && { winnerId: best.bidderId, priceMinor: best.priceMinor, bidSequence: best.sequence };
        expect(log.state.result).toEqual(won ? { outcome: 'sold', ...won } : { outcome: 'unsold', reason: 'no_bids' });
      }),
      runs(300),
    );
  });
});
