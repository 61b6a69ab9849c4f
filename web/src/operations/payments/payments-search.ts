import * as z from 'zod/mini';
import { listSearch } from '../list-search.ts';

const text = z.optional(z.coerce.string());

/** What the payments are narrowed to; with an escrow's id, that escrow and its ledger stand above them. */
export const paymentsSearch = z.extend(listSearch, { type: text, reference: text, dealId: text });
