import { displayMoney, minBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { reaction, type Tx } from '@clearlot/service';
import { personOf, tell } from './notices.ts';
import { heldMinor, moveDelivery } from './order.ts';
import { lockOrderIfAny, saveDelivery, saveOrder } from './store.ts';
import type { Order } from './tables.ts';

/** A delivery is settled: what left escrow is booked to its order, and with the last one the order is complete. */
export const onPartReleased = reaction({
  name: 'on-part-released',
  type: events.partReleased,
  handle: async (tx, event) => {
    const state = await lockOrderIfAny(tx, event.dealId);
    const delivery = state?.deliveries.find((each) => each.id === event.partId);
    if (!state || delivery?.status !== 'releasing') return;
    const { releasedMinor: releaseMinor } = event;
    // What a buyer wired too much goes back with the last part, but was never the order's.
    const refundMinor = minBigint(event.refundedMinor, heldMinor(state.order) - releaseMinor);
    const booked = await saveOrder(tx, state, {
      releasedMinor: state.order.releasedMinor + releaseMinor,
      refundedMinor: state.order.refundedMinor + refundMinor,
    });
    const status = moveDelivery(delivery.status, 'released');
    const releasedAt = event.releasedAt ?? tx.now;
    const { order } = await saveDelivery(tx, booked, delivery, { status, releaseMinor, refundMinor, releasedAt });
    if (order.status === 'released') announce(tx, order);
    else tell(tx, order, 'supplier', 'paid', { amount: displayMoney(releaseMinor, order.currency) });
  },
});

function announce(tx: Tx, order: Order): void {
  const { id: orderId, title: orderName, currency } = order;
  for (const role of ['buyer', 'supplier'] as const) {
    tx.notify(personOf(order, role), 'order_released', {
      orderId,
      orderName,
      role,
      released: displayMoney(order.releasedMinor, currency),
      ...(order.refundedMinor > 0n ? { refunded: displayMoney(order.refundedMinor, currency) } : {}),
    });
  }
}
