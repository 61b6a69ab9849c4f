import type { Ctx } from '../clients.ts';
import { orderErrors } from './errors.ts';
import { tell } from './notices.ts';
import { moveDelivery, sideOf } from './order.ts';
import type { DeliveryOutcome } from './ship-delivery.ts';
import { deliveryOf, lockOrder, saveDelivery } from './store.ts';

/**
 * A delivery has arrived, says its buyer or (`by: 'operator'`) an operator; from then on its days to inspect run. Errors:
 * MARKETPLACE_ORDER_NOT_FOUND, MARKETPLACE_ORDER_WRONG_SIDE, MARKETPLACE_DELIVERY_NOT_FOUND,
 * MARKETPLACE_DELIVERY_WRONG_STATUS, MARKETPLACE_DELIVERY_TIME_INVALID.
 */
export async function confirmDelivery(
  ctx: Ctx,
  input: { orderId: string; deliveryId: string; deliveredAt?: Date | undefined; by: 'buyer' | 'operator' },
): Promise<DeliveryOutcome> {
  return ctx.transaction('ConfirmDelivery', async (tx) => {
    const state = await lockOrder(tx, input.orderId);
    if (input.by === 'buyer') sideOf(state.order, ctx.actor.id, ['buyer']);
    const before = deliveryOf(state, input.deliveryId);
    const status = moveDelivery(before.status, 'delivered');
    const deliveredAt = input.deliveredAt ?? tx.now;
    if (deliveredAt < before.shippedAt || deliveredAt > tx.now) {
      throw orderErrors.error('MARKETPLACE_DELIVERY_TIME_INVALID');
    }
    const note = input.by === 'operator' ? 'Recorded by the platform.' : null;
    const after = await saveDelivery(tx, state, before, { status, deliveredAt }, note);
    tell(tx, state.order, 'supplier', 'delivered');
    if (input.by === 'operator') tell(tx, state.order, 'buyer', 'delivered');
    return { order: after.order, delivery: deliveryOf(after, before.id) };
  });
}
