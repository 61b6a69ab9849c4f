import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestRemainder } from './apportion.ts';
import * as fraction from './fraction.ts';

const invalid = expect.objectContaining({ code: 'QUANTITY_INVALID' });
const sum = (parts: readonly bigint[]) => parts.reduce((a, b) => a + b, 0n);
const weightsOf = (max: bigint) =>
  fc.array(fc.bigInt({ min: 0n, max }), { minLength: 1, maxLength: 40 }).filter((weights) => sum(weights) > 0n);

/** The rule word for word on exact fractions: floors, then one unit at a time to whoever is owed the largest fraction. */
function bruteForce(total: bigint, weights: readonly bigint[]): bigint[] {
  const exact = weights.map((w) => fraction.mul(fraction.of(total), fraction.of(w, sum(weights))));
  const parts = exact.map(fraction.floor);
  const owed = exact.map((share, i) => fraction.sub(share, fraction.of(parts[i] ?? 0n)));
  while (sum(parts) < total) {
    let best = 0;
    for (const [i, rest] of owed.entries()) if (fraction.cmp(rest, owed[best] ?? rest) > 0) best = i;
    parts[best] = (parts[best] ?? 0n) + 1n;
    owed[best] = fraction.of(-1n);
  }
  return parts;
}

describe('largestRemainder', () => {
  test('agrees with the rule applied word for word on exact fractions', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 60n }), weightsOf(12n), (total, weights) => {
        expect(largestRemainder(total, weights)).toEqual(bruteForce(total, weights));
      }),
      { numRuns: 2000 },
    );
  });

  test('splits the total exactly, each part within one unit of its exact share, zero for zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), weightsOf(10n ** 18n), (total, weights) => {
        const parts = largestRemainder(total, weights);
        expect(sum(parts)).toBe(total);
        const weightSum = sum(weights);
        for (const [i, part] of parts.entries()) {
          const off = part * weightSum - total * (weights[i] ?? 0n);
          expect(off < weightSum && -off < weightSum).toBe(true);
          if (weights[i] === 0n) expect(part).toBe(0n);
        }
      }),
    );
  });

  test('gives nobody more than their weight while the total is not above the sum', () => {
    fc.assert(
      fc.property(weightsOf(1000n), fc.double({ min: 0, max: 1, noNaN: true }), (weights, share) => {
        const total = (sum(weights) * BigInt(Math.floor(share * 1e6))) / 1_000_000n;
        for (const [i, part] of largestRemainder(total, weights).entries())
          expect(part <= (weights[i] ?? 0n)).toBe(true);
      }),
    );
  });

  test('a larger weight never gets less', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 500n }), weightsOf(50n), (total, weights) => {
        const pairs = largestRemainder(total, weights).map((part, i) => ({ part, weight: weights[i] ?? 0n }));
        pairs.sort((a, b) => Number(a.weight - b.weight) || Number(a.part - b.part));
        for (const [i, { part }] of pairs.entries()) expect(part >= (pairs[i - 1]?.part ?? 0n)).toBe(true);
      }),
    );
  });

  test('equal remainders go to the lower index', () => {
    expect(largestRemainder(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
    expect(largestRemainder(2n, [5n, 5n, 5n])).toEqual([1n, 1n, 0n]);
    expect(largestRemainder(7n, [0n, 2n, 2n])).toEqual([0n, 4n, 3n]);
  });

  test('nothing to split needs no weight', () => {
    expect(largestRemainder(0n, [])).toEqual([]);
    expect(largestRemainder(0n, [0n, 3n])).toEqual([0n, 0n]);
  });

  test('refuses what cannot be split', () => {
    expect(() => largestRemainder(-1n, [1n])).toThrow(invalid);
    expect(() => largestRemainder(1n, [2n, -1n])).toThrow(invalid);
    expect(() => largestRemainder(1n, [])).toThrow(invalid);
    expect(() => largestRemainder(1n, [0n, 0n])).toThrow(invalid);
  });

  test('does not change its input', () => {
    const weights = Object.freeze([1n, 2n, 3n]);
    expect(largestRemainder(6n, weights)).not.toBe(weights);
    expect(largestRemainder(4n, weights)).toEqual([1n, 1n, 2n]);
  });

  test('100,000 weights at the size of real money are split exactly', () => {
    const weights = Array.from({ length: 100_000 }, (_, i) => BigInt((i * 7_919) % 1_000_003) * 1_000_000_007n + 1n);
    const total = (sum(weights) * 2n) / 3n;
    expect(sum(largestRemainder(total, weights))).toBe(total);
  });
});
