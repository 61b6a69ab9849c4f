import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOfConstraints, requireSplit } from './constraint-costs.ts';
import { bestByTrying, isFeasible, scoreOf, smallProblems } from './split.fixture.ts';
import { findSplit, type SplitConstraints, type SplitProblem } from './split.ts';

const numRuns = process.env.SPLIT_RUNS ? Number(process.env.SPLIT_RUNS) : 5_000;

const kgOf = (problem: SplitProblem, items: { offer: object; quantityKg: bigint }[]) =>
  problem.offers.map((offer) => items.find((item) => item.offer === offer)?.quantityKg ?? 0n);

describe('the best split', () => {
  it('is what trying every split finds, and is feasible', () => {
    fc.assert(
      fc.property(smallProblems, (problem) => {
        const split = findSplit(problem);
        const expected = bestByTrying(problem);
        if (!split) {
          expect(expected).toBeUndefined();
          return;
        }
        const amounts = { kg: kgOf(problem, split.items) };
        expect(isFeasible(problem, amounts)).toBe(true);
        expect(scoreOf(problem, amounts)).toEqual(expected);
        expect(split.cost).toEqual(expected?.cost);
      }),
      { numRuns },
    );
  }, 120_000);

  it('is refused rather than unproven when the search is longer than allowed', () => {
    const problem = threeSuppliers('by_share', { suppliersMax: 1, shareMaxPpm: 600_000n });
    expect(() => findSplit({ ...problem, constraints: { suppliersMax: 2 } }, 1)).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_AWARD_TOO_HARD' }),
    );
  });

  it.each([
    [
      {},
      '300000',
      [
        ['c', 20_000n],
        ['a', 10_000n],
      ],
    ],
    [
      { suppliersMax: 1 },
      '330000',
      [
        ['a', 20_000n],
        ['a', 10_000n],
      ],
    ],
  ] as [SplitConstraints, string, [string, bigint][]][])('with %j', (constraints, cost, items) => {
    const split = findSplit(threeSuppliers('by_line', constraints));
    expect(split && fraction.toString(split.cost)).toBe(cost);
    expect(split?.items.map(({ offer, quantityKg }) => [offer.supplierId, quantityKg])).toEqual(items);
  });

  it('stays within seconds for 12 suppliers and 20 lines under every constraint', () => {
    const split = findSplit(large());
    expect(split?.supplierIds.length).toBeLessThanOrEqual(5);
  }, 10_000);
});

describe('the cost of a constraint', () => {
  it('is what the best split saves without it, and nothing where it does not bind', () => {
    const problem = threeSuppliers('by_line', { suppliersMax: 1, shareMinPpm: 100_000n });
    const costs = costOfConstraints(problem, requireSplit(problem));
    expect(costs).toEqual([
      { constraint: 'suppliersMax', saves: fraction.of(30_000n) },
      { constraint: 'shareMinPpm', saves: fraction.of(0n) },
    ]);
  });

  it('is never below zero, and is the difference that trying every split finds', () => {
    fc.assert(
      fc.property(smallProblems, (problem) => {
        const split = findSplit(problem);
        if (!split) return;
        for (const { constraint, saves } of costOfConstraints(problem, split)) {
          const { supplierMaxKg, ...limits } = problem.constraints;
          const without = constraint.startsWith('supplierMaxKg')
            ? limits
            : { ...limits, supplierMaxKg, [constraint]: undefined };
          const best = bestByTrying({ ...problem, constraints: without });
          expect(saves).toEqual(best && fraction.sub(split.cost, best.cost));
          expect(saves?.num).toBeGreaterThanOrEqual(0n);
        }
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  }, 120_000);
});

describe('what stands in the way of a split', () => {
  const refusal = (problem: SplitProblem) => {
    try {
      requireSplit(problem);
      return undefined;
    } catch (error) {
      const { code, params } = error as { code: string; params?: Record<string, string> };
      return [code, params?.constraints];
    }
  };

  it.each<[string, SplitProblem, string]>([
    ['one constraint', threeSuppliers('by_share', { suppliersMin: 4 }), 'suppliersMin'],
    [
      'two that contradict each other, either of which could go',
      threeSuppliers('by_share', { suppliersMax: 1, shareMaxPpm: 600_000n }),
      'suppliersMax,shareMaxPpm',
    ],
    [
      'one of several, the others of which may stay',
      threeSuppliers('by_share', { suppliersMin: 4, shareMinPpm: 600_000n, suppliersMax: 3 }),
      'suppliersMin',
    ],
    ['a limit on one supplier', threeSuppliers('whole', { supplierMaxKg: new Map([['a', 1n]]) }), 'supplierMaxKg/a'],
    ['a line nobody offers', { ...threeSuppliers('by_line', {}), offers: [] }, 'lines/x,lines/y'],
    ['the mode', { ...threeSuppliers('whole', {}), offers: threeSuppliers('whole', {}).offers.slice(1) }, 'mode'],
  ])('is named: %s', (_case, problem, constraints) => {
    expect(refusal(problem)).toEqual(['MARKETPLACE_AWARD_INFEASIBLE', constraints]);
  });

  it('is named together where no single constraint would do', () => {
    const limits = new Map([
      ['a', 1n],
      ['b', 1n],
      ['c', 1n],
    ]);
    expect(refusal(threeSuppliers('by_share', { supplierMaxKg: limits, suppliersMin: 4 }))).toEqual([
      'MARKETPLACE_AWARD_INFEASIBLE',
      'suppliersMin,supplierMaxKg/a,supplierMaxKg/b,supplierMaxKg/c',
    ]);
  });
});

/** Twenty tonnes of x, cheapest from c, and ten of y, cheapest from a; only a offers both. */
function threeSuppliers(mode: SplitProblem['mode'], constraints: SplitConstraints): SplitProblem {
  const offer = (supplierId: string, lineId: string, minor: bigint) => ({
    ...{ supplierId, lineId, costPerTonne: fraction.of(minor), minKg: 1n, maxKg: 20_000n },
  });
  return {
    mode,
    lines: [
      { lineId: 'x', quantityKg: 20_000n },
      { lineId: 'y', quantityKg: 10_000n },
    ],
    offers: [offer('a', 'x', 11_500n), offer('a', 'y', 10_000n), offer('b', 'x', 12_000n), offer('c', 'x', 10_000n)],
    constraints,
  };
}

function large(): SplitProblem {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const lines = Array.from({ length: 20 }, (_, index) => ({
    lineId: `line ${index}`,
    quantityKg: BigInt(200_000 + random(1_000_000)),
  }));
  const offers = Array.from({ length: 12 }, (_, supplier) =>
    lines.map(({ lineId, quantityKg }) => ({
      supplierId: `supplier ${supplier}`,
      lineId,
      costPerTonne: fraction.of(BigInt(80_000_000 + random(20_000_000)), BigInt(900 + random(100))),
      minKg: quantityKg / BigInt(3 + random(20)),
      maxKg: (quantityKg * BigInt(40 + random(80))) / 100n,
    })),
  ).flat();
  const constraints = { suppliersMin: 3, suppliersMax: 5, shareMinPpm: 100_000n, shareMaxPpm: 400_000n };
  return { mode: 'by_share', lines, offers, constraints };
}
