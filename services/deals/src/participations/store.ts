import { events } from '@clearlot/proto/events';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, eq } from 'drizzle-orm';
import { reserveShares } from '../holdings/store.ts';
import { type Participation, participation } from '../schema.ts';
import { recordStep } from '../timeline/record-step.ts';

/** A new offer with its reservation, timeline step, audit row and event. */
export async function insertParticipation(tx: Tx, row: Participation): Promise<void> {
  await Promise.all([tx.db.insert(participation).values(row), reserveShares(tx, row.holdingId, row.reservedShares)]);
  record(tx, row, null);
  tx.audit({
    action: 'participation.submitted',
    entityType: 'participation',
    entityId: row.id,
    after: { ...summary(row), termsVersion: row.termsVersion },
  });
}

/**
 * Saves a changed participation; the holding's reserved shares follow `reservedShares`. A changed status becomes a
 * timeline step and an event.
 */
export async function saveParticipation(
  tx: Tx,
  before: Participation,
  change: Partial<Participation>,
  note: string | null = null,
): Promise<Participation> {
  const after = { ...before, ...change, updatedAt: tx.now };
  await Promise.all([
    tx.db
      .update(participation)
      .set({ ...change, updatedAt: tx.now })
      .where(eq(participation.id, before.id)),
    reserveShares(tx, before.holdingId, after.reservedShares - before.reservedShares),
  ]);
  if (after.status !== before.status) record(tx, after, note);
  const action = after.status === before.status ? 'participation.changed' : `participation.${after.status}`;
  const entity = { entityType: 'participation', entityId: before.id };
  tx.audit({ action, ...entity, before: summary(before), after: summary(after) });
  return after;
}

export async function lockParticipation(tx: Tx, id: string): Promise<Participation | undefined> {
  const [row] = await tx.db.select().from(participation).where(eq(participation.id, id)).for('update');
  return row;
}

/** All participations of a deal, earliest first, locked. */
export async function lockParticipations(tx: Tx, dealId: string): Promise<Participation[]> {
  return tx.db
    .select()
    .from(participation)
    .where(eq(participation.dealId, dealId))
    .orderBy(asc(participation.submittedAt), asc(participation.id))
    .for('update');
}

export async function lockParticipationsOfHolding(tx: Tx, holdingId: string): Promise<Participation[]> {
  return tx.db
    .select()
    .from(participation)
    .where(eq(participation.holdingId, holdingId))
    .orderBy(asc(participation.id))
    .for('update');
}

export async function listParticipations(
  work: Work,
  filter: { dealId?: string; sellerId?: string },
): Promise<Participation[]> {
  return work.db
    .select()
    .from(participation)
    .where(
      and(
        filter.dealId ? eq(participation.dealId, filter.dealId) : undefined,
        filter.sellerId ? eq(participation.sellerId, filter.sellerId) : undefined,
      ),
    )
    .orderBy(asc(participation.submittedAt), asc(participation.id));
}

function record(tx: Tx, row: Participation, note: string | null): void {
  const { id, dealId, sellerId, status } = row;
  tx.emit(events.participationStatusChanged, id, {
    participationId: id,
    dealId,
    sellerId,
    status,
    shares: row.allocatedShares || row.approvedShares || row.requestedShares,
  });
  recordStep(tx, { dealId, subjectType: 'participation', subjectId: id, userId: sellerId, status, note });
}

function summary(row: Participation) {
  const { status, requestedShares, approvedShares, allocatedShares, proceedsMinor, reservedShares, notes } = row;
  return { status, requestedShares, approvedShares, allocatedShares, proceedsMinor, reservedShares, notes };
}
