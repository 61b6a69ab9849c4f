import type { Work } from '@clearlot/service';
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import { present } from '../presented.ts';
import { account, consent, credential } from '../schema.ts';

export type AccountRow = typeof account.$inferSelect;
export type CredentialRow = typeof credential.$inferSelect;

/** True for the failure of a second account under one e-mail address. */
export function isEmailTaken(error: unknown): boolean {
  const cause = (error as { cause?: unknown }).cause ?? error;
  return (cause as { constraint_name?: string }).constraint_name === 'credential_login_unique';
}

/** Adds a person with how they sign in; all three statements travel together. */
export async function insertAccount(
  work: Work,
  rows: { account: AccountRow; credential: CredentialRow; consent?: typeof consent.$inferInsert },
): Promise<void> {
  const outcomes = await Promise.allSettled([
    work.db.insert(account).values(rows.account),
    work.db.insert(credential).values(rows.credential),
    ...(rows.consent ? [work.db.insert(consent).values(rows.consent)] : []),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** How the person with this login signs in; anonymous callers can only see what they present. */
export async function findCredential(work: Work, login: Buffer): Promise<CredentialRow | undefined> {
  const [, rows] = await Promise.all([
    present(work, login),
    work.db.select().from(credential).where(eq(credential.login, login)),
  ]);
  return rows[0];
}

export async function findAccount(work: Work, id: string): Promise<AccountRow | undefined> {
  const [row] = await work.db.select().from(account).where(eq(account.id, id));
  return row;
}

export async function lockAccount(work: Work, id: string): Promise<AccountRow | undefined> {
  const [row] = await work.db.select().from(account).where(eq(account.id, id)).for('update');
  return row;
}

/** The account, kept as it is until the transaction ends: it cannot be suspended behind a login that goes on. */
export async function holdAccount(work: Work, id: string): Promise<AccountRow | undefined> {
  const [row] = await work.db.select().from(account).where(eq(account.id, id)).for('share');
  return row;
}

export async function findAccounts(work: Work, ids: readonly string[]): Promise<AccountRow[]> {
  return ids.length === 0
    ? []
    : work.db
        .select()
        .from(account)
        .where(inArray(account.id, [...ids]));
}

export async function updateAccount(
  work: Work,
  id: string,
  change: Partial<Pick<AccountRow, 'fullName' | 'contact' | 'status'>> & { updatedAt: Date },
): Promise<void> {
  await work.db.update(account).set(change).where(eq(account.id, id));
}

/** One more than `limit` accounts, newest first. */
export async function listAccounts(
  work: Work,
  filter: { role?: AccountRow['role'] | undefined; id?: string | undefined; after?: string | undefined; limit: number },
): Promise<AccountRow[]> {
  return work.db
    .select()
    .from(account)
    .where(
      and(
        filter.role ? eq(account.role, filter.role) : sql`true`,
        filter.id ? eq(account.id, filter.id) : sql`true`,
        filter.after ? lt(account.id, filter.after) : sql`true`,
      ),
    )
    .orderBy(desc(account.id))
    .limit(filter.limit + 1);
}

export async function listConsents(work: Work, userId: string) {
  return work.db.select().from(consent).where(eq(consent.userId, userId)).orderBy(consent.acceptedAt);
}
