import type { Ctx } from '../clients.ts';
import { checkOpen } from '../deals/deal.ts';
import { joinDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import type { Commitment, Deal } from '../schema.ts';
import { moveCommitment } from './commitment.ts';
import { lockCommitment, saveCommitment } from './store.ts';

/**
 * Takes a commitment back while the deal is open. Errors: DEALS_COMMITMENT_NOT_FOUND, DEALS_DEAL_NOT_OPEN,
 * DEALS_COMMITMENT_WRONG_STATUS.
 */
export async function withdrawCommitment(
  ctx: Ctx,
  commitmentId: string,
): Promise<{ commitment: Commitment; deal: Deal }> {
  return ctx.transaction('WithdrawCommitment', async (tx) => {
    const before = await lockCommitment(tx, commitmentId);
    if (before?.buyerId !== ctx.actor.id) throw dealsErrors.error('DEALS_COMMITMENT_NOT_FOUND');
    const deal = await joinDeal(tx, before.dealId);
    checkOpen(deal, tx.now);
    const status = moveCommitment(before.status, 'withdrawn');
    return { commitment: await saveCommitment(tx, before, { status }, deal.currency), deal };
  });
}
