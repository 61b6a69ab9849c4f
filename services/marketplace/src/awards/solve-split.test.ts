import { fraction } from '@clearlot/kernel';
import { expect, it } from 'vitest';
import { solveSplit } from './solve-split.ts';
import { findSplit, type SplitProblem } from './split.ts';

const keys = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** Every supplier offers every line whole; prices differ by little. */
function problemOf(suppliers: number, lines: number, shareMaxPpm: bigint): SplitProblem {
  return {
    mode: 'by_line',
    lines: keys(lines, 'L').map((lineId) => ({ lineId, quantityKg: 100_000n })),
    offers: keys(suppliers, 'S').flatMap((supplierId, s) =>
      keys(lines, 'L').map((lineId, l) => ({
        supplierId,
        lineId,
        costPerTonne: fraction.of(1_250_000n + BigInt((s * 37 + l * 101) % 97)),
        minKg: 1n,
        maxKg: 100_000n,
      })),
    ),
    constraints: { shareMaxPpm },
  };
}

it('answers what is found without the thread, with the offers it was given', async () => {
  const problem = problemOf(4, 5, 400_000n);
  const { split, costs } = await solveSplit(problem, true);
  const direct = findSplit(problem);
  expect(split.cost).toEqual(direct?.cost);
  expect(split.items.every(({ offer }) => problem.offers.includes(offer))).toBe(true);
  expect(costs.map(({ constraint }) => constraint)).toEqual(['shareMaxPpm']);
});

it('refuses with the typed error of the rules', async () => {
  const impossible = solveSplit(problemOf(2, 5, 100_000n), false);
  await expect(impossible).rejects.toMatchObject({ code: 'MARKETPLACE_AWARD_INFEASIBLE', kind: 'mismatch' });
});

it('leaves this thread free while a hard one is worked on, and refuses more than it can take', async () => {
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 5);
  const many = await Promise.allSettled(
    Array.from({ length: 20 }, () => solveSplit(problemOf(12, 12, 180_000n), false)),
  );
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(3);
  const refused = many.filter((each) => each.status === 'rejected').map((each) => each.reason.code);
  expect(refused.filter((code) => code === 'MARKETPLACE_AWARD_BUSY')).toHaveLength(4);
}, 120_000);
