import type { Ctx } from '../clients.ts';
import { checkOpened } from '../rfqs/rfq.ts';
import { lockRfq, saveRfq } from '../rfqs/store.ts';
import type { Rfq } from '../rfqs/tables.ts';

/**
 * The buyer is done looking at the responses: the RFQ can be awarded. Done before, it stays as it is. Errors:
 * MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RESPONSES_SEALED, MARKETPLACE_RFQ_WRONG_STATUS.
 */
export async function evaluateRfq(ctx: Ctx, rfqId: string): Promise<Rfq> {
  return ctx.transaction('EvaluateRfq', async (tx) => {
    const { rfq } = await lockRfq(tx, rfqId);
    if (rfq.status === 'evaluated') return rfq;
    checkOpened(rfq);
    return saveRfq(tx, rfq, { status: 'evaluated' });
  });
}
