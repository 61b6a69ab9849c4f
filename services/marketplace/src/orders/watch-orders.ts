import type { Timer, Tx } from '@clearlot/service';
import type { Clients, Ctx } from '../clients.ts';
import { acceptByLapse } from './accept-delivery.ts';
import { waitsFor } from './deadlines.ts';
import { raiseIncident, resolveIncidents } from './incidents.ts';
import { personOf } from './notices.ts';
import type { DeliveryStatus, OrderStatus } from './order.ts';
import { lockOrderIfAny, type OrderState, saveDelivery, saveOrder } from './store.ts';
import type { Delivery, Order } from './tables.ts';

/**
 * What is late: a delivery nobody inspected or accepted in time is accepted as it is; everything else becomes an incident
 * that operators see, and those it waits for are reminded, once per deadline. An order that is not funded is never
 * cancelled by itself. Rows are claimed, so replicas do not repeat each other.
 */
export const watchOrders: Timer<Clients> = {
  name: 'watch-orders',
  everyMs: 5_000,
  async run(ctx) {
    const due = await ctx.read(
      ({ sql }) => sql<{ id: string }[]>`
        select id from purchase_order where deadline_at < ${ctx.clock.now()}
        union select order_id from delivery where deadline_at < ${ctx.clock.now()} limit 100`,
    );
    for (const { id } of due) {
      // One order that fails must not hold up the others.
      await watch(ctx, id).catch((error: unknown) => ctx.log.warn({ err: error, orderId: id }, 'order: not watched'));
    }
    await ctx.transaction('ResolveIncidents', resolveIncidents);
  },
};

function watch(ctx: Ctx, orderId: string): Promise<void> {
  return ctx.transaction('WatchOrder', async (tx) => {
    const claimed = await tx.sql`select 1 from purchase_order where id = ${orderId} for update skip locked`;
    const found = claimed.length > 0 ? await lockOrderIfAny(tx, orderId) : undefined;
    if (!found) return;
    const isLate = (deadlineAt: Date | null) => deadlineAt !== null && deadlineAt < tx.now;
    let state = found;
    for (const { id } of found.deliveries.filter((each) => isLate(each.deadlineAt))) {
      const delivery = state.deliveries.find((each) => each.id === id);
      if (delivery) state = await moveOn(tx, state, delivery);
    }
    if (isLate(found.order.deadlineAt)) {
      await raise(tx, state.order, null, state.order.status);
      await saveOrder(tx, state, { deadlineAt: null });
    }
  });
}

async function moveOn(tx: Tx, state: OrderState, delivery: Delivery): Promise<OrderState> {
  if (delivery.status === 'delivered' || delivery.status === 'inspected') {
    const outcome = await acceptByLapse(tx, state, delivery);
    const deliveries = state.deliveries.map((each) => (each.id === delivery.id ? outcome.delivery : each));
    return { ...state, order: outcome.order, deliveries };
  }
  await raise(tx, state.order, delivery.id, delivery.status);
  return saveDelivery(tx, state, delivery, { deadlineAt: null });
}

async function raise(tx: Tx, order: Order, deliveryId: string | null, status: OrderStatus | DeliveryStatus) {
  await raiseIncident(tx, { orderId: order.id, deliveryId, status });
  const entity = deliveryId
    ? { entityType: 'delivery', entityId: deliveryId }
    : { entityType: 'order', entityId: order.id };
  tx.audit({ action: `${entity.entityType}.deadline_missed`, ...entity, after: { status } });
  for (const role of waitsFor[status]) {
    const data = { orderId: order.id, orderName: order.title, role, status };
    tx.notify(personOf(order, role), 'order_overdue', data);
  }
}
