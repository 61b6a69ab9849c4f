import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { moveDelivery, settlesOrder } from './order.ts';
import { deliveryOf, type OrderState, saveDelivery } from './store.ts';
import type { Delivery } from './tables.ts';

/**
 * Accepts a delivery and has payments settle it: what is released goes to the supplier, what is refunded back to the
 * buyer. The last one to be settled also gives back what escrow holds beyond that. Errors:
 * MARKETPLACE_DELIVERY_WRONG_STATUS.
 */
export async function requestRelease(
  tx: Tx,
  state: OrderState,
  before: Delivery,
  ask: { releaseMinor: bigint; refundMinor: bigint },
  change: Partial<Delivery> = {},
  note: string | null = null,
): Promise<{ state: OrderState; delivery: Delivery }> {
  const status = moveDelivery(moveDelivery(before.status, 'accepted'), 'releasing');
  const after = await saveDelivery(tx, state, before, { ...change, ...ask, status, acceptedAt: tx.now }, note);
  const { order } = after;
  tx.emit(events.orderReleaseRequested, order.id, {
    orderId: order.id,
    deliveryId: before.id,
    payeeId: order.supplierOwnerId,
    currency: order.currency,
    ...ask,
    final: settlesOrder(after.deliveries, before.id),
  });
  return { state: after, delivery: deliveryOf(after, before.id) };
}
