import type { Ctx } from '../clients.ts';
import { checkInStandstill } from './award.ts';
import { lockAwardOf, withdrawAward } from './end-award.ts';
import { awardErrors } from './errors.ts';
import type { Award } from './tables.ts';

/**
 * The buyer takes an award back within its standstill. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_AWARD_NOT_FOUND,
 * MARKETPLACE_AWARD_STANDSTILL_OVER.
 */
export async function cancelAward(ctx: Ctx, input: { rfqId: string; reason: string }): Promise<Award> {
  return ctx.transaction('CancelAward', async (tx) => {
    const locked = await lockAwardOf(tx, input.rfqId);
    if (!locked) throw awardErrors.error('MARKETPLACE_AWARD_NOT_FOUND');
    checkInStandstill(locked.award, tx.now);
    return withdrawAward(tx, locked.rfq, locked.award, input.reason);
  });
}
