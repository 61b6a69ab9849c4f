import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PairingSide, pairAllocations } from './pairing.ts';

const failsWith = (code: string) => expect.objectContaining({ code });
const sum = (sides: readonly { shares: bigint }[]) => sides.reduce((total, { shares }) => total + shares, 0n);
const side = (prefix: string, shares: readonly bigint[]) => shares.map((n, i) => ({ id: `${prefix}${i}`, shares: n }));

/** Two sides with equal totals: the same number of shares cut at two sets of points; some get none. */
const balanced = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10n ** 6n }),
    fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 }),
    fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 }),
  )
  .map(([total, cutsS, cutsB]) => ({ sells: side('s', cut(total, cutsS)), buys: side('b', cut(total, cutsB)) }));

function cut(total: bigint, points: readonly number[]): bigint[] {
  const edges = [0n, ...points.map((p) => (total * BigInt(p)) / 1_000_000n), total].sort((a, b) => Number(a - b));
  return edges.slice(1).map((edge, i) => edge - (edges[i] ?? 0n));
}

describe('pairAllocations', () => {
  test('both marginals hold exactly, in at most S + B − 1 pairs of at least one share', () => {
    fc.assert(
      fc.property(balanced, ({ sells, buys }) => {
        const pairs = pairAllocations(sells, buys);
        for (const { id, shares } of sells) expect(sum(pairs.filter((p) => p.sellId === id))).toBe(shares);
        for (const { id, shares } of buys) expect(sum(pairs.filter((p) => p.buyId === id))).toBe(shares);
        const active = [...sells, ...buys].filter(({ shares }) => shares > 0n).length;
        expect(pairs.length).toBeLessThanOrEqual(Math.max(0, active - 1));
        expect(pairs.every(({ shares }) => shares > 0n)).toBe(true);
        expect(new Set(pairs.map((p) => `${p.sellId}/${p.buyId}`)).size).toBe(pairs.length);
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on input order and leaves its input alone', () => {
    fc.assert(
      fc.property(balanced, fc.infiniteStream(fc.nat()), ({ sells, buys }, random) => {
        const shuffle = (sides: readonly PairingSide[]) =>
          sides
            .map((s) => ({ s, key: random.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ s }) => s);
        const before = structuredClone({ sells, buys });
        expect(pairAllocations(shuffle(sells), shuffle(buys))).toEqual(pairAllocations(sells, buys));
        expect({ sells, buys }).toEqual(before);
      }),
    );
  });

  test('takes the largest first and skips those without shares', () => {
    expect(pairAllocations(side('s', [3n, 0n, 7n]), side('b', [5n, 5n]))).toEqual([
      { sellId: 's2', buyId: 'b0', shares: 5n },
      { sellId: 's2', buyId: 'b1', shares: 2n },
      { sellId: 's0', buyId: 'b1', shares: 3n },
    ]);
    expect(pairAllocations([], [])).toEqual([]);
    expect(pairAllocations(side('s', [0n]), [])).toEqual([]);
  });

  test('refuses sides that do not balance, negative shares and an id listed twice', () => {
    const unbalanced = failsWith('DEALS_ALLOCATION_UNBALANCED');
    expect(() => pairAllocations(side('s', [5n]), side('b', [4n]))).toThrow(unbalanced);
    expect(() => pairAllocations(side('s', [5n]), [])).toThrow(unbalanced);
    expect(() => pairAllocations(side('s', [5n, -1n]), side('b', [4n]))).toThrow(
      failsWith('DEALS_ALLOCATION_ORDER_INVALID'),
    );
    const twice = [...side('s', [2n]), ...side('s', [2n])];
    expect(() => pairAllocations(twice, side('b', [4n]))).toThrow(failsWith('DEALS_ALLOCATION_ORDER_DUPLICATE'));
  });
});
