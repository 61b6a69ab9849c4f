import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideWindow } from './anonymity.ts';

// Few people, so that every way to be too few or too much of one comes up.
const trade = fc.record({
  buyerId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  sellerId: fc.constantFrom('p', 'q', 'r', 's', 't'),
  quantityKg: fc.bigInt({ min: 1n, max: 100_000n }),
  priceMicros: fc.bigInt({ min: 1n, max: 10n ** 15n }),
});
const window = fc.array(trade, { minLength: 1, maxLength: 14 });
const anonymity = fc.integer({ min: 3, max: 5 });

/** A trade of the n-th of these people, so much at such a price. */
const of = (who: number, quantityKg: bigint, priceMicros: bigint) => ({
  ...{ buyerId: `buyer ${who}`, sellerId: `seller ${who}`, quantityKg, priceMicros },
});

/** Said another way than the rule: per person and side, what they made of the quantity. */
function model(trades: readonly ReturnType<typeof of>[], least: number): boolean {
  const total = trades.reduce((sum, each) => sum + each.quantityKg, 0n);
  return (['buyerId', 'sellerId'] as const).every((side) => {
    const people = [...new Set(trades.map((each) => each[side]))];
    const shares = people.map((who) =>
      trades.filter((each) => each[side] === who).reduce((sum, each) => sum + each.quantityKg, 0n),
    );
    return people.length >= least && shares.every((share) => share * 2n <= total);
  });
}

describe('a window', () => {
  it('is published with enough buyers and sellers and nobody above half of it, and never otherwise', () => {
    const seen = { published: 0, withheld: 0 };
    fc.assert(
      fc.property(window, anonymity, (trades, least) => {
        const { outcome } = decideWindow(trades, least);
        expect(outcome).toBe(model(trades, least) ? 'published' : 'withheld');
        seen[outcome]++;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.published, seen.withheld)).toBeGreaterThan(100);
  });

  it('is told by the average weighted by quantity, half-even to the micro, which is between its prices', () => {
    fc.assert(
      fc.property(window, (trades) => {
        const decision = decideWindow(trades, 3);
        fc.pre(decision.outcome === 'published');
        const weighted = trades.map((each) => fraction.of(each.priceMicros * each.quantityKg));
        const quantity = trades.map((each) => fraction.of(each.quantityKg)).reduce(fraction.add);
        const exact = fraction.div(weighted.reduce(fraction.add), quantity);
        expect(decision.priceMicros).toBe(fraction.roundHalfEven(exact));
        const prices = trades.map((each) => each.priceMicros);
        expect(prices.some((each) => each <= decision.priceMicros)).toBe(true);
        expect(prices.some((each) => each >= decision.priceMicros)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is told the same whatever order its trades came in', () => {
    const shuffled = window.chain((trades) =>
      fc.tuple(
        fc.constant(trades),
        fc.shuffledSubarray(trades, { minLength: trades.length, maxLength: trades.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anonymity, ([trades, other], least) => {
        expect(decideWindow(other, least)).toEqual(decideWindow(trades, least));
      }),
    );
  });

  it('rounds a tie to the even micro', () => {
    const tied = (micros: bigint) => decideWindow([of(1, 1n, micros), of(2, 1n, micros), of(3, 2n, micros + 1n)], 3);
    expect(tied(100n)).toEqual({ outcome: 'published', priceMicros: 100n });
    expect(tied(101n)).toEqual({ outcome: 'published', priceMicros: 102n });
  });

  it('in which somebody has exactly half is published, with a kilogram more it is not', () => {
    expect(decideWindow([of(1, 10n, 5n), of(2, 5n, 5n), of(3, 5n, 5n)], 3)).toEqual({
      ...{ outcome: 'published', priceMicros: 5n },
    });
    expect(decideWindow([of(1, 11n, 5n), of(2, 5n, 5n), of(3, 5n, 5n)], 3)).toEqual({
      ...{ outcome: 'withheld', reason: 'dominant_buyer' },
    });
  });

  it('says why it is withheld', () => {
    const three = [of(1, 1n, 5n), of(2, 1n, 5n), of(3, 1n, 5n)];
    const reasonOf = (change: Partial<ReturnType<typeof of>>, least = 3) => {
      const decision = decideWindow([...three.slice(1), { ...of(1, 1n, 5n), ...change }], least);
      return decision.outcome === 'withheld' ? decision.reason : undefined;
    };
    expect(reasonOf({ buyerId: 'buyer 2' })).toBe('few_buyers');
    expect(reasonOf({ sellerId: 'seller 2' })).toBe('few_sellers');
    expect(reasonOf({}, 4)).toBe('few_buyers');
    expect(reasonOf({ quantityKg: 3n })).toBe('dominant_buyer');
    const fourBuyers = [...three, { ...of(4, 2n, 5n), sellerId: 'seller 1' }];
    expect(decideWindow(fourBuyers, 3)).toEqual({ outcome: 'withheld', reason: 'dominant_seller' });
  });
});
