import type { Tx } from '@clearlot/service';
import type { Side } from './order.ts';
import type { Order } from './tables.ts';

type Told = Pick<Order, 'id' | 'title' | 'buyerId' | 'supplierOwnerId'>;

/** The person of a side. */
export function personOf(order: Told, side: Side): string {
  return side === 'buyer' ? order.buyerId : order.supplierOwnerId;
}

export function otherSide(side: Side): Side {
  return side === 'buyer' ? 'supplier' : 'buyer';
}

/** Tells the other side what one side did to an order: `order_moved` says what it means by `event`. */
export function tellOther(tx: Tx, order: Told, by: Side, event: string, facts: Record<string, string> = {}): void {
  tell(tx, order, otherSide(by), event, facts);
}

/** Tells one side what happened to an order. */
export function tell(tx: Tx, order: Told, side: Side, event: string, facts: Record<string, string> = {}): void {
  const data = { orderId: order.id, orderName: order.title, role: side, event, ...facts };
  tx.notify(personOf(order, side), 'order_moved', data);
}
