import * as z from 'zod/mini';

export const statuses = ['requested', 'quoted', 'countered', 'accepted', 'declined', 'cancelled', 'expired'] as const;
const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const quotesSearch = z.object({
  status: z.catch(z.optional(z.enum(statuses)), undefined),
  sort: text,
  cursor: text,
});
