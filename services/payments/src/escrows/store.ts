import type { Tx, Work } from '@clearlot/service';
import { eq } from 'drizzle-orm';
import { type EscrowRow, escrow } from '../schema.ts';

/** The escrow of a deal. */
export async function findEscrow(work: Work, dealId: string): Promise<EscrowRow | undefined> {
  const [row] = await work.db.select().from(escrow).where(eq(escrow.dealId, dealId));
  return row;
}

/** The escrow of a deal, locked: every change of a deal's money starts with it. */
export async function lockEscrow(tx: Tx, dealId: string): Promise<EscrowRow | undefined> {
  const [row] = await tx.db.select().from(escrow).where(eq(escrow.dealId, dealId)).for('update');
  return row;
}

/** Opens the escrow if there is none, and answers it locked; `inserted` says whether it was this call. */
export async function insertEscrow(tx: Tx, row: EscrowRow): Promise<{ row: EscrowRow; inserted: boolean }> {
  const [added, found] = await Promise.all([
    tx.db.insert(escrow).values(row).onConflictDoNothing().returning(),
    lockEscrow(tx, row.dealId),
  ]);
  return { row: found ?? row, inserted: added.length > 0 };
}

/** Writes a change of the escrow's state. */
export async function saveEscrow(tx: Tx, id: string, changes: Partial<EscrowRow>): Promise<void> {
  await tx.db.update(escrow).set(changes).where(eq(escrow.id, id));
}

/** What was released of a deal, if it was. */
export async function findRelease(
  work: Work,
  dealId: string,
): Promise<{ contentHash: Buffer; amountMinor: bigint } | undefined> {
  const [row] = await work.sql<{ contentHash: Buffer; amountMinor: bigint }[]>`
    select content_hash as "contentHash", amount_minor as "amountMinor" from escrow_release where deal_id = ${dealId}`;
  return row;
}

/** Records the release; a second one of the same deal fails whatever else was checked. */
export async function insertRelease(tx: Tx, dealId: string, contentHash: Buffer, amountMinor: bigint): Promise<void> {
  await tx.sql`insert into escrow_release (deal_id, content_hash, amount_minor, released_at)
    values (${dealId}, ${contentHash}, ${amountMinor}, ${tx.now})`;
}

/** What a part of an escrow was settled with, if it was. */
export async function findPart(work: Work, dealId: string, partId: string): Promise<Buffer | undefined> {
  const [row] = await work.sql<{ contentHash: Buffer }[]>`
    select content_hash as "contentHash" from escrow_part where deal_id = ${dealId} and part_id = ${partId}`;
  return row?.contentHash;
}

/** Records that a part is settled; a second time fails whatever else was checked. */
export async function insertPart(
  tx: Tx,
  part: { dealId: string; partId: string; contentHash: Buffer; releasedMinor: bigint; refundedMinor: bigint },
): Promise<void> {
  await tx.sql`insert into escrow_part (deal_id, part_id, content_hash, released_minor, refunded_minor, settled_at)
    values (${part.dealId}, ${part.partId}, ${part.contentHash}, ${part.releasedMinor}, ${part.refundedMinor}, ${tx.now})`;
}
