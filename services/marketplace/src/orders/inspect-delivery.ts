import { displayMoney } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { tellOther } from './notices.ts';
import { availableMinor, moveDelivery, sideOf } from './order.ts';
import { type DeliverySettlement, type FoundItem, settleDelivery } from './settlement.ts';
import type { DeliveryOutcome } from './ship-delivery.ts';
import { deliveryOf, lockOrder, type OrderState, saveDelivery } from './store.ts';
import type { Delivery } from './tables.ts';

/**
 * The buyer says what was found in a delivery that arrived; what it pays follows from that, term by term. Errors:
 * MARKETPLACE_ORDER_NOT_FOUND, MARKETPLACE_ORDER_WRONG_SIDE, MARKETPLACE_DELIVERY_NOT_FOUND,
 * MARKETPLACE_DELIVERY_WRONG_STATUS, MARKETPLACE_INSPECTION_INCOMPLETE.
 */
export async function inspectDelivery(
  ctx: Ctx,
  input: { orderId: string; deliveryId: string; items: FoundItem[] },
): Promise<DeliveryOutcome> {
  return ctx.transaction('InspectDelivery', async (tx) => {
    const state = await lockOrder(tx, input.orderId);
    sideOf(state.order, ctx.actor.id, ['buyer']);
    const before = deliveryOf(state, input.deliveryId);
    const status = moveDelivery(before.status, 'inspected');
    const settlement = settlementOf(state, before, input.items);
    const { payableMinor } = settlement;
    const change = { status, inspection: input.items, settlement, payableMinor, inspectedAt: tx.now };
    const after = await saveDelivery(tx, state, before, change);
    tellOther(tx, state.order, 'buyer', 'inspected', { amount: displayMoney(payableMinor, state.order.currency) });
    return { order: after.order, delivery: deliveryOf(after, before.id) };
  });
}

/** What a delivery pays with this inspection, or at its shipped mass without one. */
export function settlementOf(
  state: OrderState,
  delivery: Delivery,
  inspection: FoundItem[] | null = delivery.inspection,
): DeliverySettlement {
  const { order, lines, deliveries } = state;
  return settleDelivery(
    { items: delivery.items, inspection },
    {
      lines,
      others: deliveries.filter((each) => each.id !== delivery.id),
      tolerancePpm: order.quantityTolerancePpm,
      availableMinor: availableMinor(order, deliveries, delivery.id),
    },
  );
}
