import { events } from '@clearlot/proto/events';
import { preparedInsert, type Tx, type Work } from '@clearlot/service';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { company, type Holding, holding, holdingDocument } from '../schema.ts';

export type HoldingDocument = typeof holdingDocument.$inferSelect;
export interface HoldingView {
  holding: Holding;
  companyName: string;
  documents: HoldingDocument[];
}

const insertRow = preparedInsert(holding);

/** The holding, locked: reservations on it wait for each other. Undefined when the actor may not see it. */
export async function lockHolding(tx: Tx, id: string): Promise<Holding | undefined> {
  const [row] = await tx.db.select().from(holding).where(eq(holding.id, id)).for('update');
  return row;
}

export function insertHolding(tx: Tx, row: Holding): void {
  tx.write(insertRow(tx, row));
  announceHolding(tx, row);
}

/** Saves a changed holding, with its audit row and event. */
export async function saveHolding(tx: Tx, before: Holding, change: Partial<Holding>, action: string): Promise<Holding> {
  const after = { ...before, ...change, updatedAt: tx.now };
  await tx.db
    .update(holding)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(holding.id, before.id));
  tx.audit({ action, entityType: 'holding', entityId: before.id, before: summary(before), after: summary(after) });
  announceHolding(tx, after);
  return after;
}

/** Sets `shares` more (or, negative, fewer) of a holding aside; the database refuses more than it has. */
export async function reserveShares(tx: Tx, holdingId: string, shares: bigint): Promise<void> {
  if (shares === 0n) return;
  await tx.db
    .update(holding)
    .set({ reserved: sql`${holding.reserved} + ${shares}`, updatedAt: tx.now })
    .where(eq(holding.id, holdingId));
}

export async function listHoldings(
  work: Work,
  filter: { ownerId?: string; status?: Holding['status']; before?: string | undefined; limit: number },
): Promise<HoldingView[]> {
  const rows = await work.db
    .select({ holding, companyName: company.name })
    .from(holding)
    .innerJoin(company, eq(company.id, holding.companyId))
    .where(
      and(
        filter.ownerId ? eq(holding.ownerId, filter.ownerId) : undefined,
        filter.status ? eq(holding.status, filter.status) : undefined,
        filter.before ? lt(holding.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(holding.id))
    .limit(filter.limit);
  const documents = await listHoldingDocuments(
    work,
    rows.map((row) => row.holding.id),
  );
  return rows.map((row) => ({ ...row, documents: documents.filter((each) => each.holdingId === row.holding.id) }));
}

async function listHoldingDocuments(work: Work, holdingIds: string[]): Promise<HoldingDocument[]> {
  if (holdingIds.length === 0) return [];
  return work.db
    .select()
    .from(holdingDocument)
    .where(sql`${holdingDocument.holdingId} = any(${`{${holdingIds.join(',')}}`}::uuid[])`)
    .orderBy(holdingDocument.createdAt);
}

/** Links an uploaded file; the same file twice is one link. */
export async function insertHoldingDocument(tx: Tx, row: HoldingDocument): Promise<void> {
  await tx.db.insert(holdingDocument).values(row).onConflictDoNothing();
}

function announceHolding(tx: Tx, row: Holding): void {
  const { ownerId, companyId, shareType, quantity, status } = row;
  tx.emit(events.holdingChanged, row.id, { holdingId: row.id, ownerId, companyId, shareType, quantity, status });
}

function summary(row: Holding) {
  return { status: row.status, quantity: row.quantity, reserved: row.reserved, notes: row.notes };
}
