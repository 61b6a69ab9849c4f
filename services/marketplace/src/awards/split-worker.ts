import { parentPort } from 'node:worker_threads';
import { type DomainErrorParts, isDomainError } from '@clearlot/kernel';
import { type ConstraintCost, costOfConstraints, requireSplit } from './constraint-costs.ts';
import type { Split, SplitProblem } from './split.ts';

/** A problem to solve, and whether to say what each constraint costs. */
export interface SplitTask {
  id: number;
  problem: SplitProblem;
  withCosts: boolean;
}

/** Its answer: quantities by the place of their offer in the problem. */
export type SplitAnswer = { id: number } & (
  | { solved: Omit<Split, 'items'> & { items: { index: number; quantityKg: bigint }[]; costs: ConstraintCost[] } }
  | { refused: DomainErrorParts }
);

/** The thread that solve-split.ts starts: one task after the other. */
parentPort?.on('message', (task: SplitTask) => parentPort?.postMessage(solve(task)));

function solve({ id, problem, withCosts }: SplitTask): SplitAnswer {
  try {
    const split = requireSplit(problem);
    const items = split.items.map(({ offer, quantityKg }) => ({ index: problem.offers.indexOf(offer), quantityKg }));
    return { id, solved: { ...split, items, costs: withCosts ? costOfConstraints(problem, split) : [] } };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    // An error crosses to another thread as its parts only.
    const { code, kind, title, detail, errors, params } = error;
    return { id, refused: { code, kind, title, detail, errors, params } };
  }
}
