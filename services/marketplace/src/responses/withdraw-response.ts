import { createHash } from 'node:crypto';
import { events } from '@clearlot/proto/events';
import type { Ctx } from '../clients.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { checkTakesResponses } from '../rfqs/rfq.ts';
import { joinRfq } from '../rfqs/store.ts';
import { lockSealed, saveResponse } from './store.ts';
import type { Response } from './tables.ts';

/**
 * Takes the supplier's response back; the answer's `withdrawalReceipt` proves it. Errors: MARKETPLACE_RFQ_NOT_FOUND,
 * MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_RESPONSE_LATE, MARKETPLACE_RESPONSE_NOT_FOUND.
 */
export async function withdrawResponse(ctx: Ctx, rfqId: string): Promise<Response> {
  return ctx.transaction('WithdrawResponse', async (tx) => {
    const { rfq } = await joinRfq(tx, rfqId);
    checkTakesResponses(rfq, tx.now);
    const row = await lockSealed(tx, rfqId);
    if (!row) throw rfqErrors.error('MARKETPLACE_RESPONSE_NOT_FOUND');
    const withdrawalReceipt = await ctx.clients.receipts.sign({
      ...{ responseId: row.id, rfqId, rfqVersion: row.rfqVersion, supplierId: row.supplierId, version: row.version },
      contentSha256: row.contentSha256.toString('hex'),
      envelopeSha256: createHash('sha256').update(row.envelope).digest('hex'),
      submittedAt: row.submittedAt.toISOString(),
      withdrawnAt: tx.now.toISOString(),
    });
    tx.emit(events.responseWithdrawn, row.id, { responseId: row.id, rfqId, supplierId: row.supplierId });
    return saveResponse(tx, row, { status: 'withdrawn', withdrawnAt: tx.now, withdrawalReceipt });
  });
}
