import { events } from '@clearlot/proto/events';
import type { Ctx } from '../clients.ts';
import { personOf } from './notices.ts';
import { checkCancellable, sideOf } from './order.ts';
import { lockOrder, saveOrder } from './store.ts';
import type { Order } from './tables.ts';

/**
 * Calls an order off: by either side while it is not funded, then by the supplier until something is shipped; by an
 * operator also between deliveries. What its escrow holds goes back to the buyer. Errors: MARKETPLACE_ORDER_NOT_FOUND,
 * MARKETPLACE_ORDER_ALREADY_SHIPPED, MARKETPLACE_ORDER_CANCEL_NEEDS_OPERATOR, MARKETPLACE_ORDER_WRONG_STATUS.
 */
export async function cancelOrder(
  ctx: Ctx,
  input: { orderId: string; reason: string; by: 'side' | 'operator' },
): Promise<Order> {
  const { orderId, reason, by } = input;
  return ctx.transaction('CancelOrder', async (tx) => {
    const state = await lockOrder(tx, orderId);
    const { order: before, deliveries } = state;
    const who = by === 'operator' ? 'operator' : sideOf(before, ctx.actor.id);
    checkCancellable(before.status, deliveries.length, who);
    const { order } = await saveOrder(tx, state, { status: 'cancelled' }, reason);
    tx.emit(events.orderCancelled, orderId, { orderId, reason });
    for (const side of ['buyer', 'supplier'] as const) {
      tx.notify(personOf(order, side), 'order_cancelled', { orderId, orderName: order.title, role: side, reason });
    }
    return order;
  });
}
