import * as z from 'zod/mini';

const text = z.optional(z.coerce.string());

/** What a queue's address says of it: how it is narrowed and ordered, and which row is open at the side. */
export const listSearch = z.object({ q: text, sort: text, cursor: text, status: text, open: text });
