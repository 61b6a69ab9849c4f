import * as z from 'zod/mini';
import { listSearch } from '../list-search.ts';

/** What orders are narrowed to, and which dispute is open at the side. */
export const ordersSearch = z.extend(listSearch, { dispute: z.optional(z.coerce.string()) });
