import type { Ctx } from '../clients.ts';
import { listCountingResponses } from '../responses/store.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { checkOpened } from '../rfqs/rfq.ts';
import { findRfq, type RfqView } from '../rfqs/store.ts';
import type { OpenedResponse } from './evaluation.ts';
import { supplierNames, toOpened } from './load-evaluation.ts';

/** An RFQ with the opened responses that one person may see. */
export interface SeenOffers extends RfqView {
  responses: OpenedResponse[];
  names: ReadonlyMap<string, string>;
}

/**
 * The opened offers of an RFQ as `userId` may see them: its buyer all, a supplier its own, nobody any before the opening.
 * Errors: MARKETPLACE_RFQ_NOT_FOUND, also for who has none to see; MARKETPLACE_RESPONSES_SEALED.
 */
export async function listOffers(ctx: Ctx, { rfqId, userId }: { rfqId: string; userId: string }): Promise<SeenOffers> {
  // Reads as that person, who shows what is theirs: the policies of the rows decide here as they do behind every route. Without
  // roles, because offers are between a buyer and each supplier, whatever else the person is.
  return ctx.as({ kind: 'user', id: userId, roles: [] }).read(async (work) => {
    const view = await findRfq(work, rfqId);
    checkOpened(view.rfq);
    const responses = await listCountingResponses(work, rfqId);
    if (responses.length === 0 && view.rfq.buyerId !== userId) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
    const names = await supplierNames(
      work,
      responses.map(({ supplierId }) => supplierId),
    );
    return { ...view, names, responses: responses.map((each) => toOpened(each, view.rfq)) };
  });
}
