import type { Ctx } from '../clients.ts';
import { checkOpen } from '../deals/deal.ts';
import { joinDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import type { Participation } from '../schema.ts';
import { moveParticipation } from './participation.ts';
import { lockParticipation, saveParticipation } from './store.ts';

/**
 * Takes an offer back while the deal is open; its shares are free again. Errors: DEALS_PARTICIPATION_NOT_FOUND,
 * DEALS_DEAL_NOT_OPEN, DEALS_PARTICIPATION_WRONG_STATUS.
 */
export async function withdrawParticipation(ctx: Ctx, participationId: string): Promise<Participation> {
  return ctx.transaction('WithdrawParticipation', async (tx) => {
    const before = await lockParticipation(tx, participationId);
    if (before?.sellerId !== ctx.actor.id) throw dealsErrors.error('DEALS_PARTICIPATION_NOT_FOUND');
    checkOpen(await joinDeal(tx, before.dealId), tx.now);
    const status = moveParticipation(before.status, 'withdrawn');
    return saveParticipation(tx, before, { status, reservedShares: 0n });
  });
}
