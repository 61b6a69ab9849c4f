import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { insertDispute } from './dispute-store.ts';
import { orderErrors } from './errors.ts';
import { settlementOf } from './inspect-delivery.ts';
import { tellOther } from './notices.ts';
import { moveDelivery, sideOf } from './order.ts';
import { deliveryOf, lockOrder, saveDelivery } from './store.ts';
import type { Dispute, Order } from './tables.ts';

/** What an action on a dispute answers. */
export interface DisputeOutcome {
  order: Order;
  dispute: Dispute;
}

/**
 * One side contests a delivery: the buyer from its arrival, the supplier what was found, until it is accepted. Nothing is
 * released meanwhile. In dispute is what it would pay: without an inspection, at the shipped mass. Errors:
 * MARKETPLACE_ORDER_NOT_FOUND, MARKETPLACE_DELIVERY_NOT_FOUND, MARKETPLACE_DELIVERY_WRONG_STATUS.
 */
export async function openDispute(
  ctx: Ctx,
  input: { orderId: string; deliveryId: string; reason: string },
): Promise<DisputeOutcome> {
  return ctx.transaction('OpenDispute', async (tx) => {
    const state = await lockOrder(tx, input.orderId);
    const { order } = state;
    const openedBy = sideOf(order, ctx.actor.id);
    const before = deliveryOf(state, input.deliveryId);
    const status = moveDelivery(before.status, 'disputed');
    if (openedBy === 'supplier' && before.status !== 'inspected') {
      throw orderErrors.error('MARKETPLACE_DELIVERY_WRONG_STATUS', 'A supplier disputes what was inspected.');
    }
    const settlement = before.settlement ?? settlementOf(state, before);
    const change = { status, settlement, payableMinor: settlement.payableMinor };
    const after = await saveDelivery(tx, state, before, change, input.reason);
    const row: Dispute = {
      id: newId(),
      orderId: order.id,
      deliveryId: before.id,
      buyerId: order.buyerId,
      supplierOwnerId: order.supplierOwnerId,
      openedBy,
      reason: input.reason,
      status: 'open',
      proposedReleaseMinor: null,
      proposedBy: null,
      releaseMinor: null,
      refundMinor: null,
      resolvedBy: null,
      resolution: null,
      openedAt: tx.now,
      resolvedAt: null,
    };
    await insertDispute(tx, row);
    tellOther(tx, order, openedBy, 'disputed', { reason: input.reason });
    return { order: after.order, dispute: row };
  });
}
