import type { DeliveryStatus, OrderStatus, Side } from './order.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** By when an order must be funded (5 days), or its next goods be shipped (a week after they are due). */
export function orderDeadline(status: OrderStatus, now: Date, lastDeliverTo: Date): Date | null {
  if (status === 'confirmed') return later(now, 5 * dayMs);
  if (status === 'funded') return later(lastDeliverTo > now ? lastDeliverTo : now, 7 * dayMs);
  return null;
}

/** By when a delivery must move on. What is not inspected or accepted in time is accepted as it is. */
export function deliveryDeadline(
  status: DeliveryStatus,
  now: Date,
  { deliveredAt, inspectionDays }: { deliveredAt: Date | null; inspectionDays: number },
): Date | null {
  switch (status) {
    case 'shipped':
      return later(now, 60 * dayMs);
    case 'delivered':
      return later(deliveredAt ?? now, inspectionDays * dayMs);
    case 'inspected':
      return later(now, 5 * dayMs);
    case 'disputed':
      return later(now, 14 * dayMs);
    case 'releasing':
      return later(now, hourMs);
    default:
      return null;
  }
}

/** Whom an overdue status waits for; nobody where it waits for the platform. */
export const waitsFor: Record<OrderStatus | DeliveryStatus, readonly Side[]> = {
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

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
