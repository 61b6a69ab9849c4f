import type { Ctx } from '../clients.ts';
import { type LoadedEvaluation, loadEvaluation } from '../evaluation/load-evaluation.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { findRfq } from '../rfqs/store.ts';
import { type Choice, totalAmount } from './award.ts';
import type { ConstraintCost } from './constraint-costs.ts';
import { type SplitRequest, splitProblem } from './optimum.ts';
import { solveSplit } from './solve-split.ts';
import type { Split } from './split.ts';

export interface Scenario {
  loaded: LoadedEvaluation;
  request: SplitRequest;
  choices: Choice[];
  /** What is payable at the offered prices. */
  amountMinor: bigint;
  split: Split;
  costs: ConstraintCost[];
}

/**
 * What an award would be: the best split under these constraints, and what each of them costs. Changes nothing. Errors:
 * MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RESPONSES_SEALED, MARKETPLACE_AWARD_INFEASIBLE, MARKETPLACE_AWARD_TOO_HARD,
 * MARKETPLACE_AWARD_BUSY.
 */
export async function tryScenario(ctx: Ctx, rfqId: string, request: SplitRequest): Promise<Scenario> {
  const loaded = await ctx.read(async (work) => {
    const view = await findRfq(work, rfqId);
    if (view.rfq.buyerId !== ctx.actor.id) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
    return loadEvaluation(work, view, ctx.clock.now());
  });
  const { split, costs } = await solveSplit(splitProblem(loaded, request), true);
  const choices = split.items.map(({ offer, quantityKg }) => ({ offer: offer.ranked, quantityKg }));
  const amountMinor = totalAmount(choices);
  return { loaded, request, choices, amountMinor, split, costs };
}
