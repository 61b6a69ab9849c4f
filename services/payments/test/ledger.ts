import { newId } from '@clearlot/kernel';
import { type Connection, openDatabase, type Sql } from '@clearlot/service';
import { accountKey, type Journal } from '../src/ledger/ledger.ts';
import { openAccounts } from '../src/ledger/store.ts';

/** The ledger of one database as three roles see it. */
export interface LedgerRoles {
  /** The application role, acting as a system task. */
  app: Sql;
  pool: Connection;
  /** The superuser, to show what a row changed behind the triggers does. */
  admin: Sql;
  /** The owner of the tables: what even a migration or a definer function may not do. */
  owner: Sql;
  close(): Promise<void>;
}

export async function openLedger(urls: {
  appUrl: string;
  adminUrl: string;
  migratorUrl: string;
}): Promise<LedgerRoles> {
  const app = openDatabase(`${urls.appUrl}?app.role=system&app.actor=test`, { max: 8 });
  const admin = openDatabase(urls.adminUrl, { max: 1 });
  const owner = openDatabase(urls.migratorUrl, { max: 1 });
  await owner`set role payments_owner`;
  const close = async () => {
    await Promise.all([app.end(), admin.end(), owner.end()]);
  };
  return { app, pool: app as unknown as Connection, admin, owner, close };
}

/** A deal's accounts in USD: its bank account and the escrows of two commitments. */
export interface Book {
  id: string;
  bank: string;
  escrow: [string, string];
  /** A journal that wires `amountMinor` to the first escrow, unless told otherwise. */
  wire(amountMinor: bigint, more?: Partial<Journal>): Journal;
}

export async function openBook(pool: Connection): Promise<Book> {
  const id = newId();
  const parties = [newId(), newId()] as const;
  const bank = accountKey.bank(id);
  const escrow: Book['escrow'] = [accountKey.escrow(id, parties[0]), accountKey.escrow(id, parties[1])];
  await openAccounts(pool, id, 'USD', [
    { kind: 'bank', partyId: null },
    ...parties.map((partyId) => ({ kind: 'escrow' as const, partyId })),
  ]);
  return {
    id,
    bank,
    escrow,
    wire: (amountMinor, more = {}) => ({
      key: newId(),
      kind: 'wire',
      dealId: id,
      effectiveAt: new Date(0),
      transfers: [{ debit: bank, credit: escrow[0], amountMinor }],
      ...more,
    }),
  };
}
