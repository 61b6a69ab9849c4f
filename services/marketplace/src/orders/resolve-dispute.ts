import { displayMoney } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { type DisputeState, lockDispute, saveDispute } from './dispute-store.ts';
import { orderErrors } from './errors.ts';
import { tell, tellOther } from './notices.ts';
import type { DisputeOutcome } from './open-dispute.ts';
import { availableMinor, resolveDispute as divide, moveDelivery, sideOf } from './order.ts';
import { requestRelease } from './request-release.ts';
import { deliveryOf, saveDelivery } from './store.ts';
import type { Dispute } from './tables.ts';

/**
 * A side accepts what the other proposed: so much is released, and the rest of what the delivery would have paid goes back
 * at once. `seenMinor` is the proposal it means: another one since is not accepted. Errors: MARKETPLACE_DISPUTE_NOT_FOUND, MARKETPLACE_DISPUTE_NOT_OPEN, MARKETPLACE_DISPUTE_NOTHING_PROPOSED,
 * MARKETPLACE_DISPUTE_PROPOSAL_CHANGED, MARKETPLACE_DISPUTE_RELEASE_EXCEEDED.
 */
export async function acceptProposal(
  ctx: Ctx,
  input: { orderId: string; disputeId: string; seenMinor: (currency: string) => bigint | undefined },
): Promise<DisputeOutcome> {
  return ctx.transaction('AcceptProposal', async (tx) => {
    const found = await lockDispute(tx, input.disputeId, input.orderId);
    const side = sideOf(found.state.order, ctx.actor.id);
    const { proposedBy, proposedReleaseMinor } = found.dispute;
    if (proposedReleaseMinor === null || proposedBy === side) {
      throw orderErrors.error('MARKETPLACE_DISPUTE_NOTHING_PROPOSED');
    }
    const seen = input.seenMinor(found.state.order.currency) ?? proposedReleaseMinor;
    if (seen !== proposedReleaseMinor) throw orderErrors.error('MARKETPLACE_DISPUTE_PROPOSAL_CHANGED');
    return resolve(tx, found, proposedReleaseMinor, { resolvedBy: 'agreement', resolution: null });
  });
}

/**
 * An operator decides a dispute. Errors: MARKETPLACE_DISPUTE_NOT_FOUND, MARKETPLACE_DISPUTE_NOT_OPEN,
 * MARKETPLACE_DISPUTE_RELEASE_EXCEEDED.
 */
export async function resolveDispute(
  ctx: Ctx,
  input: { disputeId: string; releaseMinor: (currency: string) => bigint; resolution: string },
): Promise<DisputeOutcome> {
  return ctx.transaction('ResolveDispute', async (tx) => {
    const found = await lockDispute(tx, input.disputeId);
    const releaseMinor = input.releaseMinor(found.state.order.currency);
    return resolve(tx, found, releaseMinor, { resolvedBy: 'operator', resolution: input.resolution });
  });
}

async function resolve(
  tx: Tx,
  { state, dispute }: DisputeState,
  releaseMinor: bigint,
  how: Pick<Dispute, 'resolvedBy' | 'resolution'>,
): Promise<DisputeOutcome> {
  const before = deliveryOf(state, dispute.deliveryId);
  const available = availableMinor(state.order, state.deliveries, before.id);
  const ask = divide(releaseMinor, before.payableMinor ?? 0n, available);
  const note = how.resolution ?? 'Settled by agreement.';
  const { state: after } = await requestRelease(tx, state, before, ask, {}, note);
  const ending = { ...ask, ...how, status: 'resolved', resolvedAt: tx.now } as const;
  const ended = await saveDispute(tx, dispute, ending, 'resolved');
  for (const side of ['buyer', 'supplier'] as const) {
    tell(tx, after.order, side, 'resolved', { amount: displayMoney(releaseMinor, after.order.currency), reason: note });
  }
  return { order: after.order, dispute: ended };
}

/**
 * Who opened a dispute takes it back, and the delivery goes on from where it was. Errors: MARKETPLACE_DISPUTE_NOT_FOUND,
 * MARKETPLACE_DISPUTE_NOT_OPEN, MARKETPLACE_ORDER_WRONG_SIDE.
 */
export async function withdrawDispute(
  ctx: Ctx,
  input: { orderId: string; disputeId: string },
): Promise<DisputeOutcome> {
  return ctx.transaction('WithdrawDispute', async (tx) => {
    const { state, dispute } = await lockDispute(tx, input.disputeId, input.orderId);
    sideOf(state.order, ctx.actor.id, [dispute.openedBy]);
    const before = deliveryOf(state, dispute.deliveryId);
    const change = before.inspection
      ? { status: moveDelivery(before.status, 'inspected') }
      : { status: moveDelivery(before.status, 'delivered'), settlement: null, payableMinor: null };
    const after = await saveDelivery(tx, state, before, change, 'The dispute was withdrawn.');
    const ended = await saveDispute(tx, dispute, { status: 'withdrawn', resolvedAt: tx.now }, 'withdrawn');
    tellOther(tx, state.order, dispute.openedBy, 'withdrawn');
    return { order: after.order, dispute: ended };
  });
}
