import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, lt } from 'drizzle-orm';
import { sourceErrors } from './errors.ts';
import { type PriceEntry, priceEntry } from './tables.ts';

/** Records a proposal with its audit row. */
export async function insertEntry(tx: Tx, row: PriceEntry): Promise<void> {
  await tx.db.insert(priceEntry).values(row);
  tx.audit({ action: `price_${row.purpose}.proposed`, entityType: 'price_entry', entityId: row.entryId, after: row });
}

/** One entry, locked. Errors: MARKET_ENTRY_NOT_FOUND. */
export async function lockEntry(tx: Tx, id: string): Promise<PriceEntry> {
  const [row] = await tx.db.select().from(priceEntry).where(eq(priceEntry.entryId, id)).for('update');
  if (!row) throw sourceErrors.error('MARKET_ENTRY_NOT_FOUND');
  return row;
}

/** Newest first. */
export async function listEntries(
  work: Pick<Work, 'db'>,
  filter: { status?: PriceEntry['status'] | undefined; before?: string | undefined; limit: number },
): Promise<PriceEntry[]> {
  const { status, before, limit } = filter;
  return work.db
    .select()
    .from(priceEntry)
    .where(and(status ? eq(priceEntry.status, status) : undefined, before ? lt(priceEntry.entryId, before) : undefined))
    .orderBy(desc(priceEntry.entryId))
    .limit(limit);
}

/** Saves what the second operator decided, with its audit row. */
export async function saveEntryDecision(
  tx: Tx,
  before: PriceEntry,
  status: 'approved' | 'rejected',
  decision: string,
): Promise<PriceEntry> {
  const change = { status, decidedBy: tx.actor.id, decidedAt: tx.now, decision };
  await tx.db.update(priceEntry).set(change).where(eq(priceEntry.entryId, before.entryId));
  const entity = { entityType: 'price_entry', entityId: before.entryId };
  tx.audit({
    action: `price_${before.purpose}.${status}`,
    ...entity,
    before: { status: before.status },
    after: change,
  });
  return { ...before, ...change };
}
