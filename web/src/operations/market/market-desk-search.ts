import * as z from 'zod/mini';
import { listSearch } from '../list-search.ts';

/** The desks of market data. */
export const views = ['quarantine', 'entries', 'sources', 'deliveries'] as const;

/** Which desk is shown, and what its list is narrowed to. */
export const marketDeskSearch = z.extend(listSearch, { view: z.catch(z.optional(z.enum(views)), undefined) });
