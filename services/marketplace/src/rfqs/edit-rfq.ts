import type { Ctx } from '../clients.ts';
import { checkTerms } from './check-terms.ts';
import { listed, type RfqDraft } from './create-rfq.ts';
import { rfqErrors } from './errors.ts';
import { lockRfq, saveDraft } from './store.ts';
import type { Rfq } from './tables.ts';
import { rfqTerms } from './terms.ts';

/**
 * Writes a draft anew. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RFQ_WRONG_STATUS once it was published,
 * MARKETPLACE_RFQ_TERMS_INVALID, CURRENCY_UNKNOWN.
 */
export async function editRfq(ctx: Ctx, rfqId: string, input: RfqDraft): Promise<Rfq> {
  const terms = rfqTerms.parse(input.terms);
  checkTerms(terms, input.currency);
  return ctx.transaction('EditRfq', async (tx) => {
    const { rfq } = await lockRfq(tx, rfqId);
    if (rfq.status !== 'draft') throw rfqErrors.error('MARKETPLACE_RFQ_WRONG_STATUS', `It is ${rfq.status}.`);
    const { title, currency, visibility } = input;
    return saveDraft(tx, rfq, { title, currency, visibility, ...listed(terms) }, input.terms, input.invitedSupplierIds);
  });
}
