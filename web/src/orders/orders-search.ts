import * as z from 'zod/mini';
import { orderStatuses } from './order-state.ts';

const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const ordersSearch = z.object({
  status: z.catch(z.optional(z.enum(orderStatuses)), undefined),
  sort: text,
  cursor: text,
});
