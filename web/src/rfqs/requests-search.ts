import * as z from 'zod/mini';
import type { RfqStatus } from './rfq.ts';

export const rfqStatuses = [
  'draft',
  'published',
  'closed',
  'evaluated',
  'awarded',
  'contracted',
  'cancelled',
  'expired',
] as const satisfies readonly RfqStatus[];

const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const requestsSearch = z.object({
  status: z.catch(z.optional(z.enum(rfqStatuses)), undefined),
  productType: text,
  q: text,
  sort: text,
  cursor: text,
});
