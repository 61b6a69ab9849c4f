import { displayMoney } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { orderErrors } from './errors.ts';
import { settlementOf } from './inspect-delivery.ts';
import { tell } from './notices.ts';
import { sideOf } from './order.ts';
import { requestRelease } from './request-release.ts';
import type { DeliveryOutcome } from './ship-delivery.ts';
import { deliveryOf, lockOrder, type OrderState } from './store.ts';
import type { Delivery } from './tables.ts';

/**
 * The buyer accepts a delivery it has inspected, and its amount is released. Errors: MARKETPLACE_ORDER_NOT_FOUND,
 * MARKETPLACE_ORDER_WRONG_SIDE, MARKETPLACE_DELIVERY_NOT_FOUND, MARKETPLACE_DELIVERY_WRONG_STATUS.
 */
export async function acceptDelivery(
  ctx: Ctx,
  input: { orderId: string; deliveryId: string },
): Promise<DeliveryOutcome> {
  return ctx.transaction('AcceptDelivery', async (tx) => {
    const state = await lockOrder(tx, input.orderId);
    sideOf(state.order, ctx.actor.id, ['buyer']);
    const before = deliveryOf(state, input.deliveryId);
    if (before.status !== 'inspected') {
      throw orderErrors.error('MARKETPLACE_DELIVERY_WRONG_STATUS', `It is ${before.status}, not inspected.`);
    }
    return accept(tx, state, before, null);
  });
}

/**
 * A delivery whose time to be inspected or accepted has passed is accepted as it is: by what was found, or at the shipped
 * mass where nobody looked.
 */
export async function acceptByLapse(tx: Tx, state: OrderState, before: Delivery): Promise<DeliveryOutcome> {
  const note =
    before.status === 'delivered'
      ? 'Not inspected in time: accepted at the shipped mass.'
      : 'Not accepted or disputed in time: accepted as inspected.';
  const outcome = await accept(tx, state, before, note);
  tell(tx, state.order, 'buyer', 'accepted', amountOf(outcome));
  return outcome;
}

async function accept(tx: Tx, state: OrderState, before: Delivery, note: string | null): Promise<DeliveryOutcome> {
  const settlement = before.settlement ?? settlementOf(state, before);
  const ask = { releaseMinor: settlement.payableMinor, refundMinor: 0n };
  const change = { settlement, payableMinor: settlement.payableMinor };
  const { state: after, delivery } = await requestRelease(tx, state, before, ask, change, note);
  const outcome = { order: after.order, delivery };
  tell(tx, state.order, 'supplier', 'accepted', amountOf(outcome));
  return outcome;
}

function amountOf({ order, delivery }: DeliveryOutcome) {
  return { amount: displayMoney(delivery.releaseMinor ?? 0n, order.currency) };
}
