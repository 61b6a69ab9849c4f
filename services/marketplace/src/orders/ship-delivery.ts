import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { deliveryDeadline } from './deadlines.ts';
import { tellOther } from './notices.ts';
import { availableMinor, checkShippable, sideOf } from './order.ts';
import { allTaken, reserveFor, type ShippedItem } from './settlement.ts';
import { insertDelivery, lockOrder } from './store.ts';
import type { Delivery, Order } from './tables.ts';

/** What an action on a delivery answers. */
export interface DeliveryOutcome {
  order: Order;
  delivery: Delivery;
}

/**
 * The supplier ships goods of a funded order, in any number of deliveries up to the final one, which is also the one that
 * completes every line. Each reserves its worth of the escrow. Errors: MARKETPLACE_ORDER_NOT_FOUND,
 * MARKETPLACE_ORDER_WRONG_SIDE, MARKETPLACE_ORDER_WRONG_STATUS, MARKETPLACE_ORDER_DELIVERIES_COMPLETE,
 * MARKETPLACE_ORDER_LINE_UNKNOWN, MARKETPLACE_ORDER_QUANTITY_EXCEEDED.
 */
export async function shipDelivery(
  ctx: Ctx,
  input: { orderId: string; items: ShippedItem[]; carrier: string; tracking: string; final: boolean },
): Promise<DeliveryOutcome> {
  return ctx.transaction('ShipDelivery', async (tx) => {
    const state = await lockOrder(tx, input.orderId);
    const { order, lines, deliveries: others } = state;
    sideOf(order, ctx.actor.id, ['supplier']);
    checkShippable(order.status, others);
    const reservedMinor = reserveFor(input.items, {
      lines,
      others,
      tolerancePpm: order.quantityTolerancePpm,
      availableMinor: availableMinor(order, others),
    });
    const id = newId();
    const shipped = { id, items: input.items, settlement: null };
    const { buyerId, supplierOwnerId, inspectionDays } = order;
    const row: Delivery = {
      id,
      orderId: order.id,
      buyerId,
      supplierOwnerId,
      sequence: others.length + 1,
      items: input.items,
      reservedMinor,
      final: input.final || allTaken(lines, [...others, shipped]),
      carrier: input.carrier,
      tracking: input.tracking,
      status: 'shipped',
      inspection: null,
      settlement: null,
      payableMinor: null,
      releaseMinor: null,
      refundMinor: null,
      shippedAt: tx.now,
      deliveredAt: null,
      inspectedAt: null,
      acceptedAt: null,
      releasedAt: null,
      paidAt: null,
      deadlineAt: deliveryDeadline('shipped', tx.now, { deliveredAt: null, inspectionDays }),
    };
    const after = await insertDelivery(tx, state, row);
    tellOther(tx, order, 'supplier', 'shipped');
    return { order: after.order, delivery: row };
  });
}
