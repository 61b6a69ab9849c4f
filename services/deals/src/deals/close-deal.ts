import type { Ctx } from '../clients.ts';
import { dealsErrors } from '../errors.ts';
import type { Deal } from '../schema.ts';
import { moveDeal } from './deal.ts';
import { lockDeal, saveDeal } from './store.ts';

/** Closes a settled deal's books. Errors: DEALS_DEAL_NOT_FOUND, DEALS_NOT_SETTLED, DEALS_DEAL_WRONG_STATUS. */
export async function closeDeal(ctx: Ctx, dealId: string): Promise<Deal> {
  return ctx.transaction('CloseDeal', async (tx) => {
    const before = await lockDeal(tx, dealId);
    if (before.status !== 'settled' && before.status !== 'closed') {
      throw dealsErrors.error('DEALS_NOT_SETTLED', `The deal is ${before.status}.`);
    }
    return saveDeal(tx, before, { status: moveDeal(before.status, 'closed') });
  });
}
