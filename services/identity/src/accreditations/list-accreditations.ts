import { type Page, readCursor, toPage } from '@clearlot/service';
import { openEmail, openName } from '../accounts/sealed-account.ts';
import { findAccounts } from '../accounts/store.ts';
import type { IdentityContext } from '../ports.ts';
import type { AccreditationStatus } from './accreditation.ts';
import {
  type AccreditationRow,
  type DocumentRow,
  listAccreditations,
  listAccreditationsOf,
  listDocuments,
} from './store.ts';
import { openDetails } from './submit-accreditation.ts';

/** An accreditation with its evidence and what its owner said. */
export interface AccreditationView {
  row: AccreditationRow;
  details: unknown;
  documents: DocumentRow[];
}

export interface OwnedAccreditationView extends AccreditationView {
  fullName: string;
  email: string;
}

/** My accreditations, newest first. */
export async function listMyAccreditations(ctx: IdentityContext): Promise<AccreditationView[]> {
  return ctx.read(async (work) => {
    const rows = await listAccreditationsOf(work, ctx.actor.id);
    return view(
      ctx,
      rows,
      await listDocuments(
        work,
        rows.map(({ id }) => id),
      ),
    );
  });
}

/** Accreditations for operators, newest first, with whose they are. Errors: CURSOR_INVALID. */
export async function listAllAccreditations(
  ctx: IdentityContext,
  input: { status?: AccreditationStatus | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<OwnedAccreditationView>> {
  const { vault } = ctx.clients;
  const after = readCursor(input.cursor);
  return ctx.read(async (work) => {
    const page = toPage(await listAccreditations(work, { ...input, after }), input.limit);
    const ids = page.items.map(({ id }) => id);
    const owners = page.items.map(({ userId }) => userId);
    const [documents, accounts] = await Promise.all([listDocuments(work, ids), findAccounts(work, owners)]);
    const items = view(ctx, page.items, documents).flatMap((each) => {
      const owner = accounts.find(({ id }) => id === each.row.userId);
      if (!owner) return [];
      const { id } = owner;
      return [{ ...each, fullName: openName(vault, id, owner.fullName), email: openEmail(vault, id, owner.email) }];
    });
    return { ...page, items };
  });
}

function view(ctx: IdentityContext, rows: readonly AccreditationRow[], documents: DocumentRow[]): AccreditationView[] {
  return rows.map((row) => ({
    row,
    details: openDetails(ctx.clients.vault, row),
    documents: documents.filter(({ accreditationId }) => accreditationId === row.id),
  }));
}
