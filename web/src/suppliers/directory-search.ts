import * as z from 'zod/mini';

const text = z.optional(z.coerce.string());

/** What the directory is narrowed to, as its address says it. */
export const directorySearch = z.object({
  q: text,
  country: text,
  region: text,
  productType: text,
  grade: text,
  certificate: text,
  incoterm: text,
  minRating: text,
  sort: text,
  cursor: text,
});
