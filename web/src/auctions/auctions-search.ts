import * as z from 'zod/mini';
import { auctionStatuses, type Format, formats } from './auction.ts';

const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const auctionsSearch = z.object({
  status: z.catch(z.optional(z.enum(auctionStatuses)), undefined),
  format: z.catch(z.optional(z.enum(Object.keys(formats) as [Format, ...Format[]])), undefined),
  q: text,
  sort: text,
  cursor: text,
});
