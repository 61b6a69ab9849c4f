import type { Answer } from '../api/shapes.ts';
import type { Rung } from '../design/ladder.tsx';
import { type Tone, words } from '../design/status.tsx';
import type { Side } from '../quotes/quote-state.ts';

export type Order = Answer<'/api/orders/{id}'>;
export type OrderRow = Answer<'/api/orders'>['items'][number];
export type Delivery = Order['deliveries'][number];
export type Dispute = Order['disputes'][number];
export type Line = Order['lines'][number];
export type OrderStatus = OrderRow['status'];
type DeliveryStatus = Delivery['status'];

/** Whom a state waits for; nobody where it waits for the platform or is the end. */
const waitsFor: Record<OrderStatus | DeliveryStatus, readonly Side[]> = {
  confirmed: ['buyer'],
  funded: ['supplier'],
  shipped: ['buyer'],
  delivered: ['buyer'],
  inspected: ['buyer'],
  disputed: ['buyer', 'supplier'],
  accepted: [],
  releasing: [],
  released: [],
  cancelled: [],
};

export function waitsOn(status: OrderStatus | DeliveryStatus, side: Side | undefined): boolean {
  return side !== undefined && waitsFor[status].includes(side);
}

/** Amber when it waits on me, blue on somebody else; a dispute says itself whoever must act. */
export function stateTone(status: OrderStatus | DeliveryStatus, side: Side | undefined): Tone {
  if (status === 'released') return 'green';
  if (status === 'cancelled') return 'red';
  return waitsOn(status, side) ? 'amber' : 'blue';
}

const way = ['confirmed', 'funded', 'shipped', 'delivered', 'inspected', 'accepted', 'released'] as const;
type Step = (typeof way)[number];

const labels: Record<Step, string> = {
  confirmed: 'Order made',
  funded: 'Escrow funded',
  shipped: 'Shipped',
  delivered: 'Arrived',
  inspected: 'Inspected',
  accepted: 'Settlement accepted',
  released: 'Money released',
};

const toCome: Record<Step, string> = {
  confirmed: 'Order',
  funded: 'Funding of the escrow',
  shipped: 'Shipment',
  delivered: 'Arrival',
  inspected: 'Inspection',
  accepted: 'Acceptance of the settlement',
  released: 'Release of the money',
};

const doneBy: Partial<Record<Step, Side>> = {
  funded: 'buyer',
  shipped: 'supplier',
  delivered: 'buyer',
  inspected: 'buyer',
  accepted: 'buyer',
};

/** How far an order is, when each step was taken, and on whom the next one waits since when. */
export function orderRungs(
  order: Pick<Order, 'status' | 'createdAt' | 'fundedAt' | 'steps'>,
  side: Side | undefined,
): Rung[] {
  const { status, createdAt, fundedAt, steps } = order;
  const lastAt = (step: string) => steps.findLast((each) => each.status === step)?.at;
  const at = (step: Step) => (step === 'confirmed' ? createdAt : step === 'funded' ? fundedAt : lastAt(step));
  const name = (who: Side | undefined) => (who === undefined ? undefined : who === side ? 'You' : `The ${who}`);
  const done = (step: Step): Rung => ({ label: labels[step], state: 'done', at: at(step), actor: name(doneBy[step]) });
  const todo = (step: Step): Rung => ({ label: toCome[step], state: 'todo' });

  if (status === 'cancelled') {
    const cancelled = steps.findLast((each) => each.status === 'cancelled');
    const reached = way.filter((step) => step === 'confirmed' || (step === 'funded' && fundedAt) || lastAt(step));
    return [...reached.map(done), { label: 'Cancelled', state: 'failed', at: cancelled?.at, note: cancelled?.note }];
  }
  if (status === 'disputed') {
    const dispute = steps.findLast((each) => each.status === 'disputed');
    const wasInspected = steps.some((each) => each.status === 'inspected' && each.deliveryId === dispute?.deliveryId);
    const reached = way.slice(0, way.indexOf(wasInspected ? 'inspected' : 'delivered') + 1);
    return [
      ...reached.map(done),
      { label: 'Dispute', state: 'blocked', at: dispute?.at, actor: 'Both sides' },
      ...way.slice(way.indexOf('accepted')).map(todo),
    ];
  }
  const reached = way.slice(0, way.indexOf(status) + 1);
  const [next, ...later] = way.slice(reached.length);
  // What nobody inspected in time was accepted as it was shipped: that rung was never stepped on.
  const shown = reached.filter((step) => step !== 'inspected' || status === 'inspected' || lastAt(step));
  if (!next) return shown.map(done);
  const mine = waitsOn(status, side);
  const who = waitsFor[status][0];
  return [
    ...shown.map(done),
    {
      label: toCome[next],
      state: mine ? 'blocked' : 'current',
      at: at(status),
      actor: who ? (mine ? 'waits on you' : `waits on the ${who}`) : 'in progress',
    },
    ...later.map(todo),
  ];
}

/** By when what comes next must happen: for the order itself, or the first of the deliveries that it stands at. */
export function dueAt(order: Pick<Order, 'status' | 'deadlineAt' | 'deliveries'>): string | undefined {
  if (order.deadlineAt) return order.deadlineAt;
  return order.deliveries
    .filter(({ status }) => status === order.status)
    .flatMap((each) => each.deadlineAt ?? [])
    .sort()[0];
}

/** Why a side may not call an order off now; nothing when it may. The platform decides it again. */
export function whyNotCancellable({ status, deliveries }: Pick<Order, 'status' | 'deliveries'>, side: Side) {
  if (status === 'released' || status === 'cancelled') return 'The order is over.';
  if (status === 'confirmed') return undefined;
  if (status !== 'funded' || deliveries.length > 0) return 'Goods of this order have been shipped.';
  return side === 'buyer' ? 'The escrow is funded: only the supplier or an operator can call it off.' : undefined;
}

/** What becomes of a delivery when nobody acts in time; nothing where time alone changes nothing. */
export function lapseOf(status: DeliveryStatus): string | undefined {
  if (status === 'delivered') return 'it is accepted as shipped';
  if (status === 'inspected') return 'it is accepted as inspected';
  return status === 'disputed' ? 'an operator decides' : undefined;
}

/** A delivery's or an order's state in words. */
export function stateWords(status: OrderStatus | DeliveryStatus): string {
  const said: Partial<Record<OrderStatus | DeliveryStatus, string>> = {
    confirmed: 'To be funded',
    delivered: 'Arrived',
    releasing: 'Money on its way',
    released: 'Paid',
  };
  return said[status] ?? words(status);
}
