import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { preparedInsert, type Tx, type Work } from '@clearlot/service';
import { and, asc, desc, eq, lt, or } from 'drizzle-orm';
import { deliveryDeadline, orderDeadline } from './deadlines.ts';
import { orderErrors } from './errors.ts';
import { moveOrder, type OrderStatus, orderStatusOf } from './order.ts';
import {
  type Delivery,
  type Dispute,
  delivery,
  dispute,
  type Order,
  type OrderDocument,
  type OrderLine,
  type OrderStep,
  orderDocument,
  orderLine,
  orderStep,
  purchaseOrder,
} from './tables.ts';

/** An order with what its rules look at. While it is locked nothing of it changes elsewhere. */
export interface OrderState {
  order: Order;
  lines: OrderLine[];
  /** In the order they were shipped. */
  deliveries: Delivery[];
}

/** The whole order, locked. Errors: MARKETPLACE_ORDER_NOT_FOUND when there is none the actor may see. */
export async function lockOrder(tx: Tx, id: string): Promise<OrderState> {
  const found = await lockOrderIfAny(tx, id);
  if (!found) throw orderErrors.error('MARKETPLACE_ORDER_NOT_FOUND');
  return found;
}

/** {@link lockOrder} for events that may be of something else. */
export async function lockOrderIfAny(tx: Tx, id: string): Promise<OrderState | undefined> {
  const [order] = await tx.db.select().from(purchaseOrder).where(eq(purchaseOrder.id, id)).for('update');
  return order && { order, ...(await partsOf(tx, id)) };
}

async function partsOf(work: Work, orderId: string): Promise<{ lines: OrderLine[]; deliveries: Delivery[] }> {
  const [lines, deliveries] = await Promise.all([
    work.db.select().from(orderLine).where(eq(orderLine.orderId, orderId)).orderBy(asc(orderLine.lineId)),
    work.db.select().from(delivery).where(eq(delivery.orderId, orderId)).orderBy(asc(delivery.sequence)),
  ]);
  return { lines, deliveries };
}

/** A delivery of an order. Errors: MARKETPLACE_DELIVERY_NOT_FOUND. */
export function deliveryOf(state: OrderState, deliveryId: string): Delivery {
  const found = state.deliveries.find((each) => each.id === deliveryId);
  if (!found) throw orderErrors.error('MARKETPLACE_DELIVERY_NOT_FOUND');
  return found;
}

/** Inserts an order with its lines; false when its source has one already. */
export async function insertOrder(tx: Tx, order: Order, lines: OrderLine[]): Promise<boolean> {
  const inserted = await tx.db.insert(purchaseOrder).values(order).onConflictDoNothing().returning();
  if (inserted.length === 0) return false;
  await tx.db.insert(orderLine).values(lines);
  return true;
}

export async function findOrderOfSource(work: Work, sourceId: string): Promise<Order | undefined> {
  const [row] = await work.db.select().from(purchaseOrder).where(eq(purchaseOrder.sourceId, sourceId));
  return row;
}

/** Saves a changed order; a changed status has its deadline, step and event. */
export async function saveOrder(
  tx: Tx,
  state: OrderState,
  change: Partial<Order>,
  note: string | null = null,
): Promise<OrderState> {
  const before = state.order;
  const status = change.status ?? before.status;
  const moved = status !== before.status;
  const deadline = moved ? { deadlineAt: orderDeadline(moveOrder(before.status, status), tx.now, lastDue(state)) } : {};
  const order: Order = { ...before, ...deadline, ...change, updatedAt: tx.now };
  await tx.db
    .update(purchaseOrder)
    .set({ ...deadline, ...change, updatedAt: tx.now })
    .where(eq(purchaseOrder.id, before.id));
  if (moved) announceOrder(tx, order);
  // A delivery's steps are its own; back to funded it only waits for the next.
  const own = status === 'released' || status === 'cancelled' || before.status === 'confirmed';
  if (moved && own) recordStep(tx, order, { status, note });
  tx.audit({
    action: moved ? `order.${status}` : 'order.changed',
    entityType: 'order',
    entityId: order.id,
    before: summary(before),
    after: summary(order),
  });
  return { ...state, order };
}

/** A shipment, and the order's status with it. */
export async function insertDelivery(tx: Tx, state: OrderState, row: Delivery): Promise<OrderState> {
  await tx.db.insert(delivery).values(row);
  recordDelivery(tx, state.order, row, null);
  return follow(tx, { ...state, deliveries: [...state.deliveries, row] });
}

/** Saves a changed delivery with its deadline and step, and the order's status with it. `change.deadlineAt` has the last word. */
export async function saveDelivery(
  tx: Tx,
  state: OrderState,
  before: Delivery,
  change: Partial<Delivery>,
  note: string | null = null,
): Promise<OrderState> {
  const status = change.status ?? before.status;
  const { inspectionDays } = state.order;
  const { deliveredAt } = { ...before, ...change };
  const deadline =
    status === before.status ? {} : { deadlineAt: deliveryDeadline(status, tx.now, { deliveredAt, inspectionDays }) };
  const row: Delivery = { ...before, ...deadline, ...change };
  await tx.db
    .update(delivery)
    .set({ ...deadline, ...change })
    .where(eq(delivery.id, before.id));
  if (status !== before.status) recordDelivery(tx, state.order, row, note, before);
  return follow(tx, {
    ...state,
    deliveries: state.deliveries.map((each) => (each.id === row.id ? row : each)),
  });
}

/** The order's status is what its deliveries make it. */
async function follow(tx: Tx, state: OrderState): Promise<OrderState> {
  const status = orderStatusOf(state.deliveries);
  return status === state.order.status ? state : saveOrder(tx, state, { status });
}

function recordDelivery(tx: Tx, order: Order, row: Delivery, note: string | null, before?: Delivery): void {
  // The release is asked for in the moment a delivery is accepted; that is what people see.
  const status = row.status === 'releasing' ? 'accepted' : row.status;
  recordStep(tx, order, { deliveryId: row.id, status, note });
  tx.audit({
    action: `delivery.${row.status}`,
    entityType: 'delivery',
    entityId: row.id,
    ...(before ? { before: deliverySummary(before) } : {}),
    after: deliverySummary(row),
  });
}

const insertStep = preparedInsert(orderStep);

/** Adds one step to what both sides see of an order's course. */
export function recordStep(
  tx: Tx,
  order: Pick<Order, 'id' | 'buyerId' | 'supplierOwnerId'>,
  step: { deliveryId?: string; status: string; note?: string | null },
): void {
  const { id: orderId, buyerId, supplierOwnerId } = order;
  const { deliveryId = null, status, note = null } = step;
  tx.write(insertStep(tx, { id: newId(), orderId, deliveryId, buyerId, supplierOwnerId, status, note, at: tx.now }));
}

export function announceOrder(tx: Tx, order: Order): void {
  const { id, buyerId, supplierId, status, currency, amountMinor } = order;
  tx.emit(events.orderStatusChanged, id, { orderId: id, buyerId, supplierId, status, currency, amountMinor });
}

/** The last day on which goods of the order are due. */
export function lastDue({ lines }: { lines: readonly { deliverTo: Date }[] }): Date {
  return new Date(Math.max(...lines.map((each) => each.deliverTo.getTime())));
}

/** An order as its two sides and operators see it. */
export interface OrderView extends OrderState {
  documents: OrderDocument[];
  disputes: Dispute[];
  steps: OrderStep[];
}

/** Errors: MARKETPLACE_ORDER_NOT_FOUND when there is none the actor may see. */
export async function readOrder(work: Work, id: string): Promise<OrderView> {
  const { db } = work;
  const [[order], parts, documents, disputes, steps] = await Promise.all([
    db.select().from(purchaseOrder).where(eq(purchaseOrder.id, id)),
    partsOf(work, id),
    db.select().from(orderDocument).where(eq(orderDocument.orderId, id)).orderBy(asc(orderDocument.createdAt)),
    db.select().from(dispute).where(eq(dispute.orderId, id)).orderBy(asc(dispute.id)),
    db.select().from(orderStep).where(eq(orderStep.orderId, id)).orderBy(asc(orderStep.at), asc(orderStep.id)),
  ]);
  if (!order) throw orderErrors.error('MARKETPLACE_ORDER_NOT_FOUND');
  return { order, ...parts, documents, disputes, steps };
}

/** Orders newest first: those of a person on either side, or all the actor may see. */
export async function listOrders(
  work: Work,
  filter: {
    partyId?: string | undefined;
    status?: OrderStatus | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<Order[]> {
  const { partyId, status, before, limit } = filter;
  return work.db
    .select()
    .from(purchaseOrder)
    .where(
      and(
        partyId ? or(eq(purchaseOrder.buyerId, partyId), eq(purchaseOrder.supplierOwnerId, partyId)) : undefined,
        status ? eq(purchaseOrder.status, status) : undefined,
        before ? lt(purchaseOrder.id, before) : undefined,
      ),
    )
    .orderBy(desc(purchaseOrder.id))
    .limit(limit);
}

/** Links a stored file to an order; the same file twice is one link. */
export async function insertDocument(tx: Tx, row: OrderDocument): Promise<void> {
  await tx.db.insert(orderDocument).values(row).onConflictDoNothing();
}

function summary({ status, releasedMinor, refundedMinor, deadlineAt }: Order) {
  return { status, releasedMinor, refundedMinor, deadlineAt };
}

function deliverySummary({ status, payableMinor, releaseMinor, refundMinor }: Delivery) {
  return { status, payableMinor, releaseMinor, refundMinor };
}
