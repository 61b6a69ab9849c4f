import * as z from 'zod/mini';

export const purposes = ['funding', 'top_up', 'payout', 'refund'] as const;
const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const paymentsSearch = z.object({
  purpose: z.catch(z.optional(z.enum(purposes)), undefined),
  q: text,
  sort: text,
});
