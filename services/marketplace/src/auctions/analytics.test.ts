import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from './analytics.ts';
import {
  after,
  anyTerms,
  dutchTerms,
  englishTerms,
  meatRoundsTerms,
  minute,
  record,
  runs,
  sealedTerms,
  steps,
} from './auction.fixture.ts';
import type { Command } from './auction.ts';
import { toJson } from './log-json.ts';
import type { AuctionTerms } from './terms.ts';

const bid = (bidderId: string, amountMinor: bigint, ms: number, sharePpm?: number) => ({
  command: { type: 'bid', bidderId, key: `${ms}`, standing: 'eligible', amountMinor, sharePpm } as Command,
  ms,
});
const end = { command: { type: 'advance' } as Command, ms: 90 * minute };
const analysed = (terms: AuctionTerms, list: Parameters<typeof record>[1]) =>
  analyse(terms, record(terms, list).entries);

describe('the analytics of an auction', () => {
  it('are counted from its log', () => {
    const softClose = {
      windowMs: 5 * minute,
      extensionMs: 5 * minute,
      extensionsMax: 2,
      hardStopAt: after(90 * minute),
    };
    const terms = englishTerms({ softClose, retractUntilMsBeforeClose: 10 * minute });
    const numbers = analysed(terms, [
      bid('ann', 9_00n, minute),
      bid('ann', 20_00n, 2 * minute),
      bid('bob', 15_00n, 3 * minute),
      bid('cyd', 40_00n, 4 * minute),
      { command: { type: 'retract', bidderId: 'bob', key: 'r', bidSequence: 4 } as Command, ms: 5 * minute },
      { command: { type: 'retract', bidderId: 'bob', key: 's', bidSequence: 4 } as Command, ms: 6 * minute },
      bid('bob', 50_00n, 58 * minute),
      bid('ann', 45_00n, 62 * minute + 1),
      end,
    ]);
    const at = (ms: number) => after(ms).toISOString();
    expect(numbers).toEqual({
      ...{ bidsAccepted: 5, refused: 2, retractions: 1, leadChanges: 2, extensions: 1, extensionMs: 3 * minute },
      refusedByCode: { MARKETPLACE_BID_TOO_LOW: 1, MARKETPLACE_BID_NOT_LAST: 1 },
      bidders: [
        { bidderId: 'ann', bidsAccepted: 2, refused: 1 },
        { bidderId: 'bob', bidsAccepted: 2, refused: 1 },
        { bidderId: 'cyd', bidsAccepted: 1, refused: 0 },
      ],
      pricePath: [
        { sequence: 1, at: at(minute), priceMinor: 10_00n },
        { sequence: 4, at: at(3 * minute), priceMinor: 15_50n },
        { sequence: 5, at: at(4 * minute), priceMinor: 20_50n },
        { sequence: 8, at: at(58 * minute), priceMinor: 41_00n },
        { sequence: 9, at: at(62 * minute + 1), priceMinor: 46_00n },
      ],
      ...{ firstBidAt: at(2 * minute), lastBidAt: at(62 * minute + 1), firstBidAfterMs: 2 * minute },
      ...{ bidsInLastMinute: 1, finalPricePpm: 4_600_000n },
    });
  });

  it('tell a price that nobody saw before the close by the close, and one that fell by what is left of it', () => {
    const sealed = analysed(sealedTerms('sealed_second'), [bid('ann', 30_00n, 1), bid('bob', 20_00n, 2), end]);
    expect(sealed).toMatchObject({ leadChanges: 0, finalPricePpm: 2_000_000n, pricePath: [{ priceMinor: 20_00n }] });
    const dutch = analysed(dutchTerms(), [bid('ann', 70_00n, 25 * minute)]);
    expect(dutch).toMatchObject({ finalPricePpm: 700_000n, bidsInLastMinute: 1, bidsAccepted: 1 });
    const rounds = analysed(meatRoundsTerms(), [bid('ann', 80_00n, 1), bid('bob', 90_00n, 2, 500_000), end]);
    expect(rounds.pricePath.map(({ priceMinor }) => priceMinor)).toEqual([100_00n, 90_00n]);
  });

  it('of an auction that nobody bid in are nothing', () => {
    expect(analyse(englishTerms(), [])).toMatchObject({
      bidsAccepted: 0,
      bidders: [],
      pricePath: [],
      firstBidAt: null,
    });
    expect(analysed(englishTerms(), [end])).toMatchObject({ finalPricePpm: null, firstBidAfterMs: null });
  });

  it('add up, whatever was asked', () => {
    fc.assert(
      fc.property(anyTerms, steps, (terms, list) => {
        const { log, entries } = record(terms, [...list, end]);
        const numbers = analyse(terms, entries);
        const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
        const asked = entries.filter(({ command }) => command.type !== 'advance').length;
        expect(numbers.bidsAccepted + numbers.retractions + numbers.refused).toBe(asked);
        expect(sum(Object.values(numbers.refusedByCode))).toBe(numbers.refused);
        expect(sum(numbers.bidders.map((each) => each.refused))).toBe(numbers.refused);
        expect(sum(numbers.bidders.map((each) => each.bidsAccepted))).toBe(numbers.bidsAccepted);
        expect(numbers.extensionMs).toBe(log.state.closesAt.getTime() - terms.closesAt.getTime());
        const { result } = log.state;
        if (result?.outcome === 'sold') expect(numbers.pricePath.at(-1)?.priceMinor).toBe(result.priceMinor);
        expect(analyse(terms, JSON.parse(JSON.stringify(entries)))).toEqual(numbers);
        expect(() => JSON.stringify(toJson(numbers))).not.toThrow();
      }),
      runs(200),
    );
  });
});
