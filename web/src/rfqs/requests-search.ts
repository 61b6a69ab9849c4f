import * as z from 'zod/mini';
import { rfqStatuses } from './rfq.ts';

const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const requestsSearch = z.object({
  status: z.catch(z.optional(z.enum(rfqStatuses)), undefined),
  productType: text,
  q: text,
  sort: text,
  cursor: text,
});
