import type { Ctx } from '../clients.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { findRfq } from '../rfqs/store.ts';
import { type LoadedEvaluation, loadEvaluation, supplierNames } from './load-evaluation.ts';

export interface NamedEvaluation extends LoadedEvaluation {
  names: ReadonlyMap<string, string>;
}

/** The ranking of an RFQ as it is now, for its buyer. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RESPONSES_SEALED. */
export async function showEvaluation(ctx: Ctx, rfqId: string): Promise<NamedEvaluation> {
  return ctx.read(async (work) => {
    const view = await findRfq(work, rfqId);
    if (view.rfq.buyerId !== ctx.actor.id) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
    const loaded = await loadEvaluation(work, view, ctx.clock.now());
    const ids = loaded.responses.map(({ supplierId }) => supplierId);
    return { ...loaded, names: await supplierNames(work, ids) };
  });
}
