import { newId } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { DeliveryStatus, OrderStatus } from './order.ts';
import { delivery, type OrderIncident, orderIncident, purchaseOrder } from './tables.ts';

/** Raises an incident about a missed deadline unless one is open for the same order and delivery. */
export async function raiseIncident(
  tx: Tx,
  late: { orderId: string; deliveryId: string | null; status: OrderStatus | DeliveryStatus },
): Promise<void> {
  const detail = `It has been ${late.status} past its deadline.`;
  await tx.db
    .insert(orderIncident)
    .values({ id: newId(), ...late, kind: 'deadline_missed', detail, at: tx.now, resolvedAt: null })
    .onConflictDoNothing();
}

/** Closes the incidents of what has left the status it was late in. */
export async function resolveIncidents(tx: Tx): Promise<void> {
  const deliveryNow = tx.db
    .select({ status: delivery.status })
    .from(delivery)
    .where(sql`${delivery.id} = ${orderIncident.deliveryId}`);
  const orderNow = tx.db
    .select({ status: purchaseOrder.status })
    .from(purchaseOrder)
    .where(sql`${purchaseOrder.id} = ${orderIncident.orderId}`);
  await tx.db
    .update(orderIncident)
    .set({ resolvedAt: tx.now })
    .where(
      and(isNull(orderIncident.resolvedAt), sql`${orderIncident.status} <> coalesce((${deliveryNow}), (${orderNow}))`),
    );
}

/** Open incidents of these orders. */
export async function listOpenIncidents(work: Work, orderIds: readonly string[]): Promise<OrderIncident[]> {
  if (orderIds.length === 0) return [];
  return work.db
    .select()
    .from(orderIncident)
    .where(and(inArray(orderIncident.orderId, [...orderIds]), isNull(orderIncident.resolvedAt)));
}
