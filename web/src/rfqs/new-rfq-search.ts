import * as z from 'zod/mini';

export const steps = ['goods', 'rules', 'comparing', 'suppliers', 'review'] as const;

/** Which draft is written and where one is in it. */
export const newRfqSearch = z.object({
  draft: z.optional(z.coerce.string()),
  step: z.catch(z.optional(z.enum(steps)), undefined),
});
