import type { Ctx } from '../clients.ts';
import { dealsErrors } from '../errors.ts';
import { moveParticipation } from '../participations/participation.ts';
import { lockParticipationsOfHolding, saveParticipation } from '../participations/store.ts';
import type { Holding } from '../schema.ts';
import { reviewHolding } from './holding.ts';
import { lockHolding, saveHolding } from './store.ts';

/**
 * An operator's decision on a holding. Offers waiting for it become verified with it, or are turned down and their
 * shares freed. Errors: DEALS_HOLDING_NOT_FOUND, DEALS_HOLDING_IN_USE.
 */
export async function verifyHolding(
  ctx: Ctx,
  input: { holdingId: string; verified: boolean; notes?: string | undefined },
): Promise<Holding> {
  return ctx.transaction('VerifyHolding', async (tx) => {
    const before = await lockHolding(tx, input.holdingId);
    if (!before) throw dealsErrors.error('DEALS_HOLDING_NOT_FOUND');
    const status = reviewHolding(before, input.verified);
    const notes = input.notes ?? null;
    const after = await saveHolding(tx, before, { status, notes }, `holding.${status}`);
    const waiting = await lockParticipationsOfHolding(tx, before.id);
    for (const each of waiting.filter((row) => row.status === 'submitted')) {
      const to = moveParticipation(each.status, input.verified ? 'verified' : 'rejected');
      const freed = input.verified ? {} : { reservedShares: 0n };
      await saveParticipation(
        tx,
        each,
        { status: to, ...freed },
        input.verified ? null : 'The holding was turned down.',
      );
    }
    return after;
  });
}
