import type { Vault, Work } from '@clearlot/service';
import { eq } from 'drizzle-orm';
import { seal } from '../schema.ts';

export type SealRow = typeof seal.$inferSelect;

/** Seals a private key to its row and to the time it is due. */
export function sealKey(vault: Vault, row: Pick<SealRow, 'id' | 'opensAt'>, privateKeyJwk: string): Buffer {
  return vault.seal(privateKeyJwk, placeOfKey(row));
}

/** The private key of a seal, as JSON; fails when its row or its time is not the one it was sealed to. */
export function openKey(vault: Vault, row: SealRow): string {
  return vault.open(row.privateKeySealed, placeOfKey(row)).toString();
}

function placeOfKey({ id, opensAt }: Pick<SealRow, 'id' | 'opensAt'>): string {
  return `seal.private_key:${id}:${opensAt.toISOString()}`;
}

/** Inserts a seal unless its id is taken, and answers the one that is there; `isNew` when it is this one. */
export async function insertSeal({ db }: Work, row: SealRow): Promise<{ row: SealRow; isNew: boolean }> {
  const added = await db.insert(seal).values(row).onConflictDoNothing().returning({ id: seal.id });
  const [found] = await db.select().from(seal).where(eq(seal.id, row.id));
  return { row: found ?? row, isNew: added.length > 0 };
}

/** A seal, locked. */
export async function lockSeal({ db }: Work, id: string): Promise<SealRow | undefined> {
  const [row] = await db.select().from(seal).where(eq(seal.id, id)).for('update');
  return row;
}

/** Writes what became of a seal. */
export async function saveSeal(
  { db }: Work,
  id: string,
  changes: Partial<Pick<SealRow, 'privateKeySealed' | 'opensAt' | 'openedAt'>>,
): Promise<void> {
  await db.update(seal).set(changes).where(eq(seal.id, id));
}
