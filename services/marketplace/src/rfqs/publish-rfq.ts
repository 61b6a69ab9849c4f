import type { Tx } from '@clearlot/service';
import type { JWK } from 'jose';
import type { Ctx } from '../clients.ts';
import { rfqErrors } from './errors.ts';
import { checkDeadlineAhead, checkDeadlineKept, moveRfq } from './rfq.ts';
import { findRfq, insertVersion, inviteSuppliers, lockRfq, saveRfq } from './store.ts';
import type { Rfq } from './tables.ts';

/**
 * Sends a draft out as version 1, with a key that its responses are sealed under until the deadline. Of a published RFQ it
 * changes nothing. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_RFQ_DEADLINE_PAST,
 * MARKETPLACE_RFQ_DEADLINE_EARLIER, MARKETPLACE_RFQ_NOBODY_INVITED, MARKETPLACE_RFQ_INVITATION_INVALID.
 */
export async function publishRfq(ctx: Ctx, rfqId: string): Promise<Rfq> {
  const { rfq: draft } = await ctx.read((work) => findRfq(work, rfqId));
  if (draft.buyerId !== ctx.actor.id) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
  const publicKey = draft.status === 'draft' ? await sealedUntil(ctx, draft) : null;
  return ctx.transaction('PublishRfq', async (tx) => {
    const { rfq, termsJson } = await lockRfq(tx, rfqId);
    if (rfq.status === 'published') return rfq;
    moveRfq(rfq.status, 'published');
    checkDeadlineAhead(rfq.deadlineAt, tx.now);
    // The seal would open at another time than the deadline.
    if (rfq.deadlineAt.getTime() !== draft.deadlineAt.getTime()) {
      throw rfqErrors.error('MARKETPLACE_RFQ_WRONG_STATUS', 'It was changed meanwhile. Try again.');
    }
    const change = { status: 'published', version: 1, publicKey, publishedAt: tx.now } as const;
    const published = await saveRfq(tx, rfq, change);
    const row = { rfqId, version: 1, buyerId: rfq.buyerId, terms: termsJson, invitedSupplierIds: [], reason: null };
    await insertVersion(tx, { ...row, createdAt: tx.now });
    if (rfq.visibility === 'invited') await invite(tx, rfq);
    return published;
  });
}

/**
 * The key of an RFQ, in custody until its deadline. It is made once: a draft whose publishing failed has one already, for the
 * deadline it had then.
 */
async function sealedUntil(ctx: Ctx, { id, deadlineAt }: Rfq): Promise<JWK> {
  checkDeadlineAhead(deadlineAt, ctx.clock.now());
  const seal = await ctx.clients.documents.createSeal({ sealId: id, opensAt: deadlineAt });
  const opensAt = seal.opensAt ?? deadlineAt;
  checkDeadlineKept(opensAt, deadlineAt);
  if (opensAt < deadlineAt) await ctx.clients.documents.extendSeal({ sealId: id, opensAt: deadlineAt });
  return JSON.parse(seal.publicKeyJwk) as JWK;
}

async function invite(tx: Tx, rfq: Rfq): Promise<void> {
  const { wanted, invited } = await inviteSuppliers(tx, rfq);
  if (wanted === 0) throw rfqErrors.error('MARKETPLACE_RFQ_NOBODY_INVITED');
  if (invited < wanted) throw rfqErrors.error('MARKETPLACE_RFQ_INVITATION_INVALID');
}
