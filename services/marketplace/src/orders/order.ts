import { canMove, type Fraction, fraction, sumBigint, type Transitions } from '@clearlot/kernel';
import { orderErrors } from './errors.ts';

export type OrderStatus =
  | 'confirmed'
  | 'funded'
  | 'shipped'
  | 'delivered'
  | 'inspected'
  | 'accepted'
  | 'released'
  | 'disputed'
  | 'cancelled';

export type DeliveryStatus = 'shipped' | 'delivered' | 'inspected' | 'accepted' | 'releasing' | 'released' | 'disputed';

/** The two sides of an order. */
export type Side = 'buyer' | 'supplier';

/**
 * How an order's status may change. It follows from its deliveries (see {@link orderStatusOf}), so a new shipment takes it
 * back to shipped and a delivery that is settled back to funded.
 */
export const orderTransitions: Transitions<OrderStatus> = {
  confirmed: ['funded', 'cancelled'],
  funded: ['shipped', 'cancelled'],
  shipped: ['delivered', 'disputed'],
  delivered: ['shipped', 'inspected', 'accepted', 'disputed'],
  inspected: ['shipped', 'accepted', 'disputed'],
  accepted: ['shipped', 'funded', 'released'],
  disputed: ['shipped', 'delivered', 'inspected', 'accepted'],
  released: [],
  cancelled: [],
};

/** A delivery's way. A dispute ends in a settlement, or is withdrawn and the delivery goes on from where it was. */
export const deliveryTransitions: Transitions<DeliveryStatus> = {
  shipped: ['delivered'],
  delivered: ['inspected', 'accepted', 'disputed'],
  inspected: ['accepted', 'disputed'],
  disputed: ['delivered', 'inspected', 'accepted'],
  accepted: ['releasing'],
  releasing: ['released'],
  released: [],
};

/** Errors: MARKETPLACE_DELIVERY_WRONG_STATUS naming both statuses. */
export function moveDelivery(from: DeliveryStatus, to: DeliveryStatus): DeliveryStatus {
  if (!canMove(deliveryTransitions, from, to)) {
    throw orderErrors.error('MARKETPLACE_DELIVERY_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

/** Errors: MARKETPLACE_ORDER_WRONG_STATUS naming both statuses. */
export function moveOrder(from: OrderStatus, to: OrderStatus): OrderStatus {
  if (!canMove(orderTransitions, from, to)) {
    throw orderErrors.error('MARKETPLACE_ORDER_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

interface DeliveryState {
  id: string;
  status: DeliveryStatus;
  final: boolean;
}

/** From what needs people most to what is nearly done. */
const leastAdvanced = ['disputed', 'shipped', 'delivered', 'inspected', 'accepted'] as const;

/**
 * What a funded order's status is: that of its least advanced delivery under way, and a dispute comes before all; with
 * none under way it is funded while more is to come, and released once the final delivery was shipped.
 */
export function orderStatusOf(deliveries: readonly Omit<DeliveryState, 'id'>[]): OrderStatus {
  const under = new Set(deliveries.map(({ status }) => (status === 'releasing' ? 'accepted' : status)));
  const least = leastAdvanced.find((status) => under.has(status));
  if (least) return least;
  return deliveries.some((each) => each.final) ? 'released' : 'funded';
}

/**
 * True when settling this delivery settles the order: the final one was shipped and no other is still to be settled.
 * Escrow then gives back what it still holds, so this must not be said while another delivery waits for its money.
 */
export function settlesOrder(deliveries: readonly DeliveryState[], deliveryId: string): boolean {
  const others = deliveries.filter((each) => each.id !== deliveryId);
  return (
    deliveries.some((each) => each.final) &&
    others.every(({ status }) => status === 'releasing' || status === 'released')
  );
}

/** Which side of an order a person is on. Errors: MARKETPLACE_ORDER_NOT_FOUND for neither, MARKETPLACE_ORDER_WRONG_SIDE. */
export function sideOf(
  order: { buyerId: string; supplierOwnerId: string },
  userId: string,
  allowed: readonly Side[] = ['buyer', 'supplier'],
): Side {
  const side = order.buyerId === userId ? 'buyer' : order.supplierOwnerId === userId ? 'supplier' : undefined;
  if (!side) throw orderErrors.error('MARKETPLACE_ORDER_NOT_FOUND');
  if (!allowed.includes(side)) throw orderErrors.error('MARKETPLACE_ORDER_WRONG_SIDE');
  return side;
}

/**
 * Who may call an order off, and when: anybody before it is funded; then, before anything is shipped, its supplier or an
 * operator; an operator also between deliveries, so that the rest of an escrow is never stuck. Errors:
 * MARKETPLACE_ORDER_ALREADY_SHIPPED, MARKETPLACE_ORDER_CANCEL_NEEDS_OPERATOR, MARKETPLACE_ORDER_WRONG_STATUS.
 */
export function checkCancellable(status: OrderStatus, deliveries: number, by: Side | 'operator'): void {
  if (status === 'released' || status === 'cancelled') moveOrder(status, 'cancelled');
  if (status === 'confirmed') return;
  if (status !== 'funded' || (deliveries > 0 && by !== 'operator')) {
    throw orderErrors.error('MARKETPLACE_ORDER_ALREADY_SHIPPED');
  }
  if (by === 'buyer') throw orderErrors.error('MARKETPLACE_ORDER_CANCEL_NEEDS_OPERATOR');
}

/** Goods leave once they are paid for into escrow, until the final delivery. Errors: MARKETPLACE_ORDER_WRONG_STATUS, MARKETPLACE_ORDER_DELIVERIES_COMPLETE. */
export function checkShippable(status: OrderStatus, deliveries: readonly { final: boolean }[]): void {
  if (deliveries.some((each) => each.final)) throw orderErrors.error('MARKETPLACE_ORDER_DELIVERIES_COMPLETE');
  if (status === 'confirmed' || status === 'cancelled') {
    throw orderErrors.error('MARKETPLACE_ORDER_WRONG_STATUS', `It is ${status}, not funded.`);
  }
}

/** What is asked into escrow: the amount with the quantity tolerance on top, up to the whole minor unit. */
export function escrowMinor(amountMinor: bigint, tolerancePpm: number): bigint {
  return fraction.ceil(withTolerance(fraction.of(amountMinor), tolerancePpm));
}

/** A quantity or amount and the tolerance on top of it. */
export function withTolerance(of: Fraction, tolerancePpm: number): Fraction {
  return fraction.mul(of, fraction.of(1_000_000n + BigInt(tolerancePpm), 1_000_000n));
}

interface Escrow {
  escrowMinor: bigint;
  releasedMinor: bigint;
  refundedMinor: bigint;
  fundedAt: Date | null;
}

/** What escrow holds: all of it once funded, less what left it. */
export function heldMinor(order: Escrow): bigint {
  return order.fundedAt ? order.escrowMinor - order.releasedMinor - order.refundedMinor : 0n;
}

export interface DeliveryMoney {
  id: string;
  status: DeliveryStatus;
  reservedMinor: bigint;
  payableMinor: bigint | null;
  releaseMinor: bigint | null;
  refundMinor: bigint | null;
}

/**
 * The part of what is held that a delivery has to itself: what it reserved when it was shipped, or what it turned out to
 * be worth if that is more; once its settlement was asked for, exactly that; once settled, nothing.
 */
export function claimMinor(delivery: DeliveryMoney): bigint {
  if (delivery.status === 'released') return 0n;
  if (delivery.releaseMinor !== null) return delivery.releaseMinor + (delivery.refundMinor ?? 0n);
  const payable = delivery.payableMinor ?? 0n;
  return payable > delivery.reservedMinor ? payable : delivery.reservedMinor;
}

/** What a delivery may take at most: all that is held and no other delivery has to itself. */
export function availableMinor(order: Escrow, deliveries: readonly DeliveryMoney[], deliveryId?: string): bigint {
  return heldMinor(order) - sumBigint(deliveries.filter((each) => each.id !== deliveryId).map(claimMinor));
}

/**
 * How a dispute about a delivery ends: so much is released, and what it would have paid beyond that goes back at once.
 * Errors: MARKETPLACE_DISPUTE_RELEASE_EXCEEDED when it is more than escrow has for this delivery.
 */
export function resolveDispute(
  releaseMinor: bigint,
  payableMinor: bigint,
  available: bigint,
): { releaseMinor: bigint; refundMinor: bigint } {
  if (releaseMinor > available) throw orderErrors.error('MARKETPLACE_DISPUTE_RELEASE_EXCEEDED');
  return { releaseMinor, refundMinor: payableMinor > releaseMinor ? payableMinor - releaseMinor : 0n };
}
