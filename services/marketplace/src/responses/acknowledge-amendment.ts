import type { Ctx } from '../clients.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { checkTakesResponses } from '../rfqs/rfq.ts';
import { joinRfq } from '../rfqs/store.ts';
import { standsFor } from './response.ts';
import { lockSealed, saveResponse } from './store.ts';
import type { Response } from './tables.ts';
import { verifiedSupplier } from './verified-supplier.ts';

/**
 * The supplier's sealed response stands for the amended terms as it is. Nobody can look whether it fits them: one that does
 * not will not be current. Acknowledging again changes nothing. Errors: MARKETPLACE_RFQ_NOT_FOUND,
 * MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_SUPPLIER_NOT_VERIFIED, MARKETPLACE_RESPONSE_LATE, MARKETPLACE_RESPONSE_STALE,
 * MARKETPLACE_RESPONSE_NOT_FOUND.
 */
export async function acknowledgeAmendment(ctx: Ctx, input: { rfqId: string; rfqVersion: number }): Promise<Response> {
  return ctx.transaction('AcknowledgeAmendment', async (tx) => {
    const { rfq } = await joinRfq(tx, input.rfqId);
    await verifiedSupplier(tx, ctx.actor.id);
    checkTakesResponses(rfq, tx.now);
    if (input.rfqVersion !== rfq.version) throw rfqErrors.error('MARKETPLACE_RESPONSE_STALE');
    const row = await lockSealed(tx, rfq.id);
    if (!row) throw rfqErrors.error('MARKETPLACE_RESPONSE_NOT_FOUND');
    if (standsFor(row) === rfq.version) return row;
    return saveResponse(tx, row, { acknowledgedVersion: rfq.version, acknowledgedAt: tx.now });
  });
}
