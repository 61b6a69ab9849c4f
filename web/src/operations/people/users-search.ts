import * as z from 'zod/mini';
import { listSearch } from '../list-search.ts';

/** What people are narrowed to. */
export const usersSearch = z.extend(listSearch, { role: z.optional(z.coerce.string()) });
