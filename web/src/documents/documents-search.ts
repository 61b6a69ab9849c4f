import * as z from 'zod/mini';

export const standings = ['mine', 'theirs', 'signed', 'file', 'void'] as const;
const text = z.optional(z.coerce.string());

/** What the list is narrowed to, as its address says it. */
export const documentsSearch = z.object({
  standing: z.catch(z.optional(z.enum(standings)), undefined),
  q: text,
  sort: text,
});
