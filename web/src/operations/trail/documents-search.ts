import * as z from 'zod/mini';
import { listSearch } from '../list-search.ts';

/** What documents are narrowed to. */
export const documentsSearch = z.extend(listSearch, { dealId: z.optional(z.coerce.string()) });
