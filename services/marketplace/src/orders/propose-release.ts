import { displayMoney } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { lockDispute, saveDispute } from './dispute-store.ts';
import { tellOther } from './notices.ts';
import type { DisputeOutcome } from './open-dispute.ts';
import { availableMinor, resolveDispute, sideOf } from './order.ts';
import { deliveryOf } from './store.ts';

/**
 * One side proposes what to release for a disputed delivery; the other may accept it. A newer proposal, of either side,
 * replaces it. Errors: MARKETPLACE_DISPUTE_NOT_FOUND, MARKETPLACE_DISPUTE_NOT_OPEN, MARKETPLACE_DISPUTE_RELEASE_EXCEEDED.
 */
export async function proposeRelease(
  ctx: Ctx,
  input: { orderId: string; disputeId: string; releaseMinor: (currency: string) => bigint },
): Promise<DisputeOutcome> {
  return ctx.transaction('ProposeRelease', async (tx) => {
    const { state, dispute } = await lockDispute(tx, input.disputeId, input.orderId);
    const { order } = state;
    const proposedBy = sideOf(order, ctx.actor.id);
    const proposedReleaseMinor = input.releaseMinor(order.currency);
    const { payableMinor, id } = deliveryOf(state, dispute.deliveryId);
    resolveDispute(proposedReleaseMinor, payableMinor ?? 0n, availableMinor(order, state.deliveries, id));
    const after = await saveDispute(tx, dispute, { proposedReleaseMinor, proposedBy }, 'release_proposed');
    tellOther(tx, order, proposedBy, 'proposed', { amount: displayMoney(proposedReleaseMinor, order.currency) });
    return { order, dispute: after };
  });
}
