import { newId } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Agreement, agreement, incident, type Settlement, settlement, shareMovement } from '../schema.ts';

export async function insertSettlement(tx: Tx, row: Settlement): Promise<void> {
  await tx.db.insert(settlement).values(row);
}

/** The settlement of a deal, locked: its steps happen one after the other. */
export async function lockSettlement(tx: Tx, dealId: string): Promise<Settlement | undefined> {
  const [row] = await tx.db.select().from(settlement).where(eq(settlement.dealId, dealId)).for('update');
  return row;
}

export async function findSettlement(work: Work, dealId: string): Promise<Settlement | undefined> {
  const [row] = await work.db.select().from(settlement).where(eq(settlement.dealId, dealId));
  return row;
}

export async function saveSettlement(tx: Tx, before: Settlement, change: Partial<Settlement>): Promise<Settlement> {
  const after = { ...before, ...change, updatedAt: tx.now };
  await tx.db
    .update(settlement)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(settlement.dealId, before.dealId));
  const summary = ({ state, deadlineAt, blockedReason }: Settlement) => ({ state, deadlineAt, blockedReason });
  tx.audit({
    action: after.state === before.state ? 'settlement.changed' : `settlement.${after.state}`,
    entityType: 'settlement',
    entityId: before.dealId,
    before: summary(before),
    after: summary(after),
  });
  return after;
}

export async function insertAgreements(tx: Tx, rows: Agreement[]): Promise<void> {
  await tx.db.insert(agreement).values(rows);
}

export async function listAgreements(work: Work, dealId: string, party?: { userId: string }): Promise<Agreement[]> {
  return work.db
    .select()
    .from(agreement)
    .where(
      and(
        eq(agreement.dealId, dealId),
        party ? sql`${party.userId}::uuid in (${agreement.sellerId}, ${agreement.buyerId})` : undefined,
      ),
    )
    .orderBy(asc(agreement.id));
}

export async function saveAgreement(tx: Tx, id: string, change: Partial<Agreement>): Promise<void> {
  await tx.db.update(agreement).set(change).where(eq(agreement.id, id));
}

/** Records shares changing hands; false when this agreement's shares moved before. */
export async function insertShareMovement(tx: Tx, row: typeof shareMovement.$inferInsert): Promise<boolean> {
  const inserted = await tx.db.insert(shareMovement).values(row).onConflictDoNothing().returning();
  return inserted.length === 1;
}

/** Raises an incident unless one of its kind is open for the deal. */
export async function raiseIncident(
  tx: Tx,
  dealId: string,
  kind: 'deadline_missed' | 'buyer_not_eligible',
  detail: string,
) {
  await tx.db
    .insert(incident)
    .values({ id: newId(), dealId, kind, detail, at: tx.now, resolvedAt: null })
    .onConflictDoNothing();
}

/** Closes the open incidents of a deal. */
export async function resolveIncidents(tx: Tx, dealId: string): Promise<void> {
  await tx.db
    .update(incident)
    .set({ resolvedAt: tx.now })
    .where(and(eq(incident.dealId, dealId), isNull(incident.resolvedAt)));
}

export async function listOpenIncidents(work: Work, dealId: string) {
  return work.db
    .select()
    .from(incident)
    .where(and(eq(incident.dealId, dealId), isNull(incident.resolvedAt)));
}
