import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { checkTerms } from './check-terms.ts';
import { insertRfq } from './store.ts';
import type { Rfq } from './tables.ts';
import { type RfqTerms, type RfqTermsJson, rfqTerms } from './terms.ts';

/** An RFQ as its buyer writes it. */
export interface RfqDraft {
  title: string;
  currency: string;
  visibility: Rfq['visibility'];
  terms: RfqTermsJson;
  invitedSupplierIds: string[];
}

/** Drafts an RFQ, which only its buyer sees. Errors: MARKETPLACE_RFQ_TERMS_INVALID, CURRENCY_UNKNOWN. */
export async function createRfq(ctx: Ctx, input: RfqDraft): Promise<Rfq> {
  const terms = rfqTerms.parse(input.terms);
  checkTerms(terms, input.currency);
  return ctx.transaction('CreateRfq', async (tx) => {
    const { title, currency, visibility } = input;
    const row: Rfq = {
      ...{ id: newId(), buyerId: ctx.actor.id, title, visibility, currency, status: 'draft', version: 0 },
      ...listed(terms),
      ...{ publicKey: null, publishedAt: null, closedAt: null, openedAt: null, cancelReason: null },
      ...{ createdAt: tx.now, updatedAt: tx.now },
    };
    await insertRfq(tx, row, input.terms, input.invitedSupplierIds);
    return row;
  });
}

/** What an RFQ's row repeats of its terms, so that lists and timers need not read them. */
export function listed(terms: RfqTerms): Pick<Rfq, 'productTypes' | 'deadlineAt' | 'decideBy'> {
  const productTypes = [...new Set(terms.lines.map(({ productType }) => productType))];
  return { productTypes, deadlineAt: terms.deadlineAt, decideBy: terms.decideBy };
}
