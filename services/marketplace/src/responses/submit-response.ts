import { newId } from '@clearlot/kernel';
import type { JWK } from 'jose';
import type { Ctx } from '../clients.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { checkTakesResponses } from '../rfqs/rfq.ts';
import { joinRfq } from '../rfqs/store.ts';
import { seal } from '../sealing/envelope.ts';
import type { Receipt } from '../sealing/receipts.ts';
import { checkContent } from './check-content.ts';
import { type ResponseContentJson, responseContent } from './content.ts';
import { countHandIns, insertResponse, lockSealed, saveResponse } from './store.ts';
import type { Response } from './tables.ts';
import { verifiedSupplier } from './verified-supplier.ts';

/** A hand-in as its supplier is answered: once, because nobody can read it again before the deadline. */
export interface HandIn {
  response: Response;
  /** Hex; what `contentSha256` hashes together with the content. */
  nonce: string;
  content: ResponseContentJson;
}

/**
 * Seals a supplier's response to an RFQ and takes it in, in place of an earlier one. It is in time if its transaction began
 * before the deadline; the closing waits for it. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RFQ_WRONG_STATUS,
 * MARKETPLACE_SUPPLIER_NOT_VERIFIED, MARKETPLACE_RESPONSE_LATE, MARKETPLACE_RESPONSE_STALE,
 * MARKETPLACE_RESPONSE_CONTENT_INVALID.
 */
export async function submitResponse(
  ctx: Ctx,
  input: { rfqId: string; rfqVersion: number; content: ResponseContentJson },
): Promise<HandIn> {
  const content = responseContent.parse(input.content);
  return ctx.transaction('SubmitResponse', async (tx) => {
    const { rfq, terms } = await joinRfq(tx, input.rfqId);
    const supplierId = await verifiedSupplier(tx, ctx.actor.id);
    checkTakesResponses(rfq, tx.now);
    if (input.rfqVersion !== rfq.version) throw rfqErrors.error('MARKETPLACE_RESPONSE_STALE');
    checkContent(terms, content, rfq.currency);

    // Before the count, so that two hand-ins of one supplier come one after the other.
    const earlier = await lockSealed(tx, rfq.id);
    const version = (await countHandIns(tx, rfq.id)) + 1;
    if (earlier) await saveResponse(tx, earlier, { status: 'replaced' });
    const sealed = await seal(rfq.publicKey as JWK, { rfqId: rfq.id, supplierId, version }, input.content);
    const responseId = newId();
    const receipt: Receipt = {
      ...{ responseId, rfqId: rfq.id, rfqVersion: rfq.version, supplierId, version },
      contentSha256: sealed.contentSha256.toString('hex'),
      envelopeSha256: sealed.envelopeSha256.toString('hex'),
      submittedAt: tx.now.toISOString(),
    };
    const row: Response = {
      ...{ id: responseId, rfqId: rfq.id, supplierId, supplierOwnerId: ctx.actor.id, buyerId: rfq.buyerId, version },
      ...{ rfqVersion: rfq.version, acknowledgedVersion: null, status: 'sealed', envelope: sealed.envelope },
      ...{ contentSha256: sealed.contentSha256, content: null, receipt: await ctx.clients.receipts.sign(receipt) },
      ...{ withdrawalReceipt: null, submittedAt: tx.now, acknowledgedAt: null, withdrawnAt: null, openedAt: null },
    };
    await insertResponse(tx, row);
    return { response: row, nonce: sealed.nonce, content: input.content };
  });
}
