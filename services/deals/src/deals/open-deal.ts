import type { Ctx } from '../clients.ts';
import type { Deal } from '../schema.ts';
import { moveDeal } from './deal.ts';
import { lockDeal, saveDeal } from './store.ts';

/** Opens a draft to sellers and buyers, within its window. Errors: DEALS_DEAL_NOT_FOUND, DEALS_DEAL_WRONG_STATUS. */
export async function openDeal(ctx: Ctx, dealId: string): Promise<Deal> {
  return ctx.transaction('OpenDeal', async (tx) => {
    const before = await lockDeal(tx, dealId);
    return saveDeal(tx, before, { status: moveDeal(before.status, 'open') });
  });
}
