import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coefficient, normalisedPrice, qualityShares } from './meat.ts';

const criteria = [
  {
    criterionId: 'warranty',
    options: [
      { value: 'none', sharePpm: 0n },
      { value: 'year', sharePpm: 50_000n },
      { value: 'two', sharePpm: 100_000n },
    ],
  },
  { criterionId: 'origin', options: [{ value: 'low-carbon', sharePpm: 50_000n }] },
];

describe('the quality of a response', () => {
  it('475,000 at 10 % of at most 15 % compares as exactly 425,000', () => {
    const shares = qualityShares(criteria, { warranty: 'two' });
    expect(shares).toEqual({ claimedPpm: 100_000n, bestPpm: 150_000n });
    expect(coefficient(shares)).toEqual(fraction.of(19n, 17n));
    expect(normalisedPrice(fraction.of(475_000n), shares)).toEqual(fraction.of(425_000n));
  });

  it('what is not claimed, or is no option, counts as nothing', () => {
    expect(qualityShares(criteria, {}).claimedPpm).toBe(0n);
    expect(qualityShares(criteria, { warranty: 'ten', origin: 'toString', constructor: 'two' }).claimedPpm).toBe(0n);
  });

  it('without criteria the price stands as it is', () => {
    const price = fraction.of(10n, 3n);
    expect(normalisedPrice(price, qualityShares([], { warranty: 'two' }))).toEqual(price);
  });

  const shares = fc
    .tuple(fc.bigInt({ min: 0n, max: 999_999n }), fc.bigInt({ min: 0n, max: 1_000_000n }))
    .map(([bestPpm, of]) => ({ bestPpm, claimedPpm: (bestPpm * of) / 1_000_000n }));
  const price = fc.bigInt({ min: 1n, max: 10n ** 15n });

  it('more quality never compares dearer, and a lower price always compares cheaper', () => {
    fc.assert(
      fc.property(shares, price, price, ({ bestPpm, claimedPpm }, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const at = (minor: bigint, claimed: bigint) =>
          normalisedPrice(fraction.of(minor), { bestPpm, claimedPpm: claimed });
        expect(fraction.cmp(at(low, bestPpm), at(low, claimedPpm))).toBeLessThanOrEqual(0);
        expect(fraction.cmp(at(low, claimedPpm), at(high, claimedPpm))).toBe(low === high ? 0 : -1);
      }),
    );
  });

  it('a response without quality keeps its price, the best is discounted by exactly the best share', () => {
    fc.assert(
      fc.property(shares, price, ({ bestPpm }, minor) => {
        expect(normalisedPrice(fraction.of(minor), { bestPpm, claimedPpm: 0n })).toEqual(fraction.of(minor));
        const best = normalisedPrice(fraction.of(minor), { bestPpm, claimedPpm: bestPpm });
        expect(best).toEqual(fraction.of(minor * (1_000_000n - bestPpm), 1_000_000n));
      }),
    );
  });
});
