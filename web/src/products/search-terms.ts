import * as z from 'zod/mini';

const text = z.optional(z.coerce.string());

/** What the search is narrowed to, as its address says it. */
export const productSearch = z.object({
  q: text,
  productType: text,
  grade: text,
  originCountry: text,
  region: text,
  certificate: text,
  quantityKg: z.catch(z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1e9))), undefined),
  sort: text,
  cursor: text,
});
