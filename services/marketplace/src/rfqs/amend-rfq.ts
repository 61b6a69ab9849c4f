import { events } from '@clearlot/proto/events';
import type { Ctx } from '../clients.ts';
import { checkTerms } from './check-terms.ts';
import { listed } from './create-rfq.ts';
import { rfqErrors } from './errors.ts';
import { checkBeforeDeadline, checkDeadlineKept } from './rfq.ts';
import { findRfq, insertVersion, lockRfq, saveRfq } from './store.ts';
import type { Rfq } from './tables.ts';
import { type RfqTermsJson, rfqTerms } from './terms.ts';

/**
 * Changes the terms of a published RFQ: a new version, which responses must be made for or acknowledge. Errors:
 * MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_RFQ_CLOSED, MARKETPLACE_RFQ_DEADLINE_EARLIER,
 * MARKETPLACE_RFQ_TERMS_INVALID.
 */
export async function amendRfq(ctx: Ctx, input: { rfqId: string; terms: RfqTermsJson; reason: string }): Promise<Rfq> {
  const { rfqId, reason } = input;
  const terms = rfqTerms.parse(input.terms);
  const check = (rfq: Rfq, now: Date) => {
    if (rfq.buyerId !== ctx.actor.id) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
    checkBeforeDeadline(rfq, now);
    checkDeadlineKept(rfq.deadlineAt, terms.deadlineAt);
    checkTerms(terms, rfq.currency);
  };
  const { rfq: found } = await ctx.read((work) => findRfq(work, rfqId));
  check(found, ctx.clock.now());
  // First, so that the key never leaves custody before the new deadline; should the rest fail, the RFQ opens later.
  if (terms.deadlineAt > found.deadlineAt) {
    await ctx.clients.documents.extendSeal({ sealId: rfqId, opensAt: terms.deadlineAt });
  }
  return ctx.transaction('AmendRfq', async (tx) => {
    const { rfq } = await lockRfq(tx, rfqId);
    check(rfq, tx.now);
    const version = rfq.version + 1;
    const { buyerId } = rfq;
    const row = { rfqId, version, buyerId, terms: input.terms, invitedSupplierIds: [], reason, createdAt: tx.now };
    await insertVersion(tx, row);
    const amended = await saveRfq(tx, rfq, { version, ...listed(terms) }, { reason, terms: input.terms });
    tx.emit(events.rfqAmended, rfqId, { rfqId, buyerId, version });
    return amended;
  });
}
