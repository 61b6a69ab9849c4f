import { Worker } from 'node:worker_threads';
import { DomainError } from '@clearlot/kernel';
import type { ConstraintCost } from './constraint-costs.ts';
import { awardErrors } from './errors.ts';
import type { Split, SplitOffer, SplitProblem } from './split.ts';
import type { SplitAnswer, SplitTask } from './split-worker.ts';

/** Beyond this many waiting problems a further one is refused at once rather than answered late. */
const waitingMax = 16;

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, { resolve: (answer: SplitAnswer) => void; reject: (error: Error) => void }>();

/**
 * The best split, found in a thread of its own: a hard one takes seconds, in which this process goes on answering. With
 * what each constraint costs if asked. Errors: MARKETPLACE_AWARD_INFEASIBLE, MARKETPLACE_AWARD_TOO_HARD,
 * MARKETPLACE_AWARD_BUSY.
 */
export async function solveSplit<O extends SplitOffer>(
  problem: SplitProblem<O>,
  withCosts: boolean,
): Promise<{ split: Split<O>; costs: ConstraintCost[] }> {
  if (waiting.size >= waitingMax) throw awardErrors.error('MARKETPLACE_AWARD_BUSY');
  const offers = problem.offers.map(({ supplierId, lineId, costPerTonne, minKg, maxKg }) => ({
    ...{ supplierId, lineId, costPerTonne, minKg, maxKg },
  }));
  const task: SplitTask = { id: ++lastId, problem: { ...problem, offers }, withCosts };
  const answer = await new Promise<SplitAnswer>((resolve, reject) => {
    waiting.set(task.id, { resolve, reject });
    solver().postMessage(task);
  }).finally(() => waiting.delete(task.id));
  if ('refused' in answer) throw new DomainError(answer.refused);
  const { costs, items, ...split } = answer.solved;
  const itemOf = ({ index, quantityKg }: (typeof items)[number]) => {
    const offer = problem.offers[index];
    return offer ? [{ offer, quantityKg }] : [];
  };
  return { split: { ...split, items: items.flatMap(itemOf) }, costs };
}

function solver(): Worker {
  if (worker) return worker;
  const started = new Worker(new URL('./split-worker.ts', import.meta.url));
  // Never what keeps the process alive.
  started.unref();
  started.on('message', (answer: SplitAnswer) => waiting.get(answer.id)?.resolve(answer));
  started.on('error', (error) => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
  });
  worker = started;
  return started;
}
