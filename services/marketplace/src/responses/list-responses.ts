import type { Ctx } from '../clients.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { checkOpened } from '../rfqs/rfq.ts';
import { findRfq } from '../rfqs/store.ts';
import { type CountingResponse, listCountingResponses, listHandIns } from './store.ts';
import type { Response } from './tables.ts';

/** The opened responses, for the RFQ's buyer. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RESPONSES_SEALED. */
export async function listResponses(ctx: Ctx, rfqId: string): Promise<CountingResponse[]> {
  return ctx.read(async (work) => {
    const { rfq } = await findRfq(work, rfqId);
    if (rfq.buyerId !== ctx.actor.id) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
    checkOpened(rfq);
    return listCountingResponses(work, rfqId);
  });
}

/** The actor's own hand-ins with their receipts, newest first. Errors: MARKETPLACE_RFQ_NOT_FOUND. */
export async function listMyResponses(ctx: Ctx, rfqId: string): Promise<Response[]> {
  return ctx.read(async (work) => {
    await findRfq(work, rfqId);
    return listHandIns(work, rfqId, ctx.actor.id);
  });
}
