import { type Page, readCursor, toPage } from '@clearlot/service';
import type { IdentityContext } from '../ports.ts';
import { normaliseEmail } from './account.ts';
import { openProfile, type Profile } from './profile.ts';
import { loginOf } from './sealed-account.ts';
import { type AccountRow, findCredential, listAccounts } from './store.ts';

export interface ListUsers {
  role?: AccountRow['role'] | undefined;
  /** An exact e-mail address: addresses are stored sealed, so a part of one cannot be searched for. */
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** People for operators, newest first. Errors: CURSOR_INVALID. */
export async function listUsers(ctx: IdentityContext, input: ListUsers): Promise<Page<Profile>> {
  const { vault } = ctx.clients;
  const after = readCursor(input.cursor);
  const { q, role, limit } = input;
  const rows = await ctx.read(async (work) => {
    if (q === undefined) return listAccounts(work, { role, after, limit });
    const found = await findCredential(work, loginOf(vault, normaliseEmail(q)));
    return found ? listAccounts(work, { role, after, limit, id: found.userId }) : [];
  });
  const page = toPage(rows, limit);
  return { ...page, items: page.items.map((row) => openProfile(vault, row)) };
}
