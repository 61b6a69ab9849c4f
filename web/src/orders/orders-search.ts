import * as z from 'zod/mini';
import type { OrderStatus } from './order-state.ts';

export const orderStatuses = [
  'confirmed',
  'funded',
  'shipped',
  'delivered',
  'inspected',
  'accepted',
  'released',
  'disputed',
  'cancelled',
] as const satisfies readonly OrderStatus[];

const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const ordersSearch = z.object({
  status: z.catch(z.optional(z.enum(orderStatuses)), undefined),
  sort: text,
  cursor: text,
});
