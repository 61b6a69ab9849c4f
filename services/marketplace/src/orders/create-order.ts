import { displayMoney, newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { orderDeadline } from './deadlines.ts';
import type { NewOrder } from './new-order.ts';
import { escrowMinor } from './order.ts';
import { announceOrder, findOrderOfSource, insertOrder, lastDue, recordStep } from './store.ts';
import type { Order } from './tables.ts';

/**
 * Confirms an order and asks its buyer for the money: the amount with the quantity tolerance on top. One per contract or
 * quote: called again it answers the same order and changes nothing. Called by a reaction, or by one of its two sides. A
 * deposit that the buyer has at payments goes into the escrow first.
 */
export async function createOrder(tx: Tx, input: NewOrder, depositId?: string): Promise<{ id: string }> {
  const { lines, ...terms } = input;
  const { currency, title, buyerId, supplierOwnerId, quantityTolerancePpm } = terms;
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const order: Order = {
    id: newId(),
    ...terms,
    amountMinor,
    escrowMinor: escrowMinor(amountMinor, quantityTolerancePpm),
    releasedMinor: 0n,
    refundedMinor: 0n,
    status: 'confirmed',
    deadlineAt: orderDeadline('confirmed', tx.now, lastDue(input)),
    fundedAt: null,
    refundStartedAt: null,
    createdAt: tx.now,
    updatedAt: tx.now,
  };
  const rows = lines.map((line) => ({ id: newId(), orderId: order.id, buyerId, supplierOwnerId, ...line }));
  if (!(await insertOrder(tx, order, rows))) {
    const existing = await findOrderOfSource(tx, input.sourceId);
    if (!existing) throw new Error(`the order of ${input.sourceId} belongs to somebody else`);
    return { id: existing.id };
  }
  recordStep(tx, order, { status: 'confirmed' });
  announceOrder(tx, order);
  tx.emit(events.orderFundingRequested, order.id, {
    orderId: order.id,
    orderName: title,
    buyerId,
    currency,
    amountMinor: order.escrowMinor,
    ...(depositId === undefined ? {} : { depositId }),
  });
  tx.audit({
    action: 'order.confirmed',
    entityType: 'order',
    entityId: order.id,
    after: { source: order.source, sourceId: order.sourceId, amountMinor, escrowMinor: order.escrowMinor, currency },
  });
  const told = { orderId: order.id, orderName: title, amount: displayMoney(amountMinor, currency) };
  tx.notify(buyerId, 'order_confirmed', {
    ...told,
    role: 'buyer',
    escrow: displayMoney(order.escrowMinor, currency),
  });
  tx.notify(supplierOwnerId, 'order_confirmed', { ...told, role: 'supplier' });
  return { id: order.id };
}
