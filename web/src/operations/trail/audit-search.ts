import * as z from 'zod/mini';
import { listSearch } from '../list-search.ts';

const text = z.optional(z.coerce.string());

/** What the trail is narrowed to. */
export const auditSearch = z.extend(listSearch, { entityType: text, entityId: text, actor: text });
