import type { Ctx } from '../clients.ts';
import { moveRfq } from './rfq.ts';
import { lockRfq, saveRfq } from './store.ts';
import type { Rfq } from './tables.ts';

/**
 * Ends an RFQ that has not been awarded; responses that are sealed stay so for ever. Errors: MARKETPLACE_RFQ_NOT_FOUND,
 * MARKETPLACE_RFQ_WRONG_STATUS.
 */
export async function cancelRfq(ctx: Ctx, input: { rfqId: string; reason: string }): Promise<Rfq> {
  return ctx.transaction('CancelRfq', async (tx) => {
    const { rfq } = await lockRfq(tx, input.rfqId);
    return saveRfq(tx, rfq, { status: moveRfq(rfq.status, 'cancelled'), cancelReason: input.reason });
  });
}
