import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { lockSupplier, saveSupplier } from './store.ts';

/**
 * An order was delivered and paid: its supplier's are counted again. Counted after the supplier is locked, so of two that
 * are counted at once the second sees both.
 */
export const onOrderStatusChanged = reaction({
  name: 'on-order-status-changed',
  type: events.orderStatusChanged,
  handle: async (tx, event) => {
    if (event.status !== 'released') return;
    const before = await lockSupplier(tx, event.supplierId);
    if (!before) return;
    const [row] = await tx.sql<{ delivered: number }[]>`
      select count(*)::int as delivered from purchase_order
      where supplier_owner_id = ${before.ownerId} and status = 'released'`;
    await saveSupplier(tx, before, { deliveredOrders: row?.delivered ?? 0 }, 'supplier.order_delivered');
  },
});
