import { events } from '@clearlot/proto/events';
import { preparedInsert, type Tx, type Work } from '@clearlot/service';
import { and, asc, eq } from 'drizzle-orm';
import { type Commitment, commitment } from '../schema.ts';
import { recordStep } from '../timeline/record-step.ts';

const insertRow = preparedInsert(commitment);

/** A new commitment with its timeline step, audit row and event. */
export function insertCommitment(tx: Tx, row: Commitment, currency: string): void {
  tx.write(insertRow(tx, row));
  record(tx, row, currency, null);
  tx.audit({
    action: 'commitment.submitted',
    entityType: 'commitment',
    entityId: row.id,
    after: { ...summary(row), termsVersion: row.termsVersion },
  });
}

/** Saves a changed commitment; a changed status becomes a timeline step and an event. */
export async function saveCommitment(
  tx: Tx,
  before: Commitment,
  change: Partial<Commitment>,
  currency: string,
  note: string | null = null,
): Promise<Commitment> {
  const after = { ...before, ...change, updatedAt: tx.now };
  await tx.db
    .update(commitment)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(commitment.id, before.id));
  if (after.status !== before.status) record(tx, after, currency, note);
  const action = after.status === before.status ? 'commitment.changed' : `commitment.${after.status}`;
  const entity = { entityType: 'commitment', entityId: before.id };
  tx.audit({ action, ...entity, before: summary(before), after: summary(after) });
  return after;
}

export async function lockCommitment(tx: Tx, id: string): Promise<Commitment | undefined> {
  const [row] = await tx.db.select().from(commitment).where(eq(commitment.id, id)).for('update');
  return row;
}

/** All commitments of a deal, earliest first, locked. */
export async function lockCommitments(tx: Tx, dealId: string): Promise<Commitment[]> {
  return tx.db
    .select()
    .from(commitment)
    .where(eq(commitment.dealId, dealId))
    .orderBy(asc(commitment.submittedAt), asc(commitment.id))
    .for('update');
}

export async function listCommitments(
  work: Work,
  filter: { dealId?: string; buyerId?: string },
): Promise<Commitment[]> {
  return work.db
    .select()
    .from(commitment)
    .where(
      and(
        filter.dealId ? eq(commitment.dealId, filter.dealId) : undefined,
        filter.buyerId ? eq(commitment.buyerId, filter.buyerId) : undefined,
      ),
    )
    .orderBy(asc(commitment.submittedAt), asc(commitment.id));
}

function record(tx: Tx, row: Commitment, currency: string, note: string | null): void {
  const { id, dealId, buyerId, status } = row;
  const amountMinor = row.allocatedMinor || row.amountMinor;
  tx.emit(events.commitmentStatusChanged, id, { commitmentId: id, dealId, buyerId, status, amountMinor, currency });
  recordStep(tx, { dealId, subjectType: 'commitment', subjectId: id, userId: buyerId, status, note });
}

function summary(row: Commitment) {
  const { status, amountMinor, allocatedShares, allocatedMinor, notes } = row;
  return { status, amountMinor, allocatedShares, allocatedMinor, notes };
}
