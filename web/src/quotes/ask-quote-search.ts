import * as z from 'zod/mini';

/** What the address may already say. */
export const askQuoteSearch = z.object({
  supplierId: z.optional(z.coerce.string()),
  productId: z.optional(z.coerce.string()),
});
