import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, lt } from 'drizzle-orm';
import { orderErrors } from './errors.ts';
import { lockOrder, type OrderState } from './store.ts';
import { type Dispute, dispute, purchaseOrder } from './tables.ts';

/** A dispute with its order. */
export interface DisputeState {
  state: OrderState;
  dispute: Dispute;
}

/**
 * An open dispute and its order, which is locked first, as everywhere. Errors: MARKETPLACE_DISPUTE_NOT_FOUND,
 * MARKETPLACE_DISPUTE_NOT_OPEN, MARKETPLACE_ORDER_NOT_FOUND.
 */
export async function lockDispute(tx: Tx, id: string, orderId?: string): Promise<DisputeState> {
  const known = await findDispute(tx, id);
  if (!known || (orderId && known.orderId !== orderId)) throw orderErrors.error('MARKETPLACE_DISPUTE_NOT_FOUND');
  const state = await lockOrder(tx, known.orderId);
  // Again, because it may have changed before the lock was given.
  const row = await findDispute(tx, id);
  if (row?.status !== 'open') throw orderErrors.error('MARKETPLACE_DISPUTE_NOT_OPEN');
  return { state, dispute: row };
}

async function findDispute(work: Work, id: string): Promise<Dispute | undefined> {
  const [row] = await work.db.select().from(dispute).where(eq(dispute.id, id));
  return row;
}

export async function insertDispute(tx: Tx, row: Dispute): Promise<void> {
  await tx.db.insert(dispute).values(row);
  tx.audit({ action: 'dispute.opened', entityType: 'dispute', entityId: row.id, after: summary(row) });
}

export async function saveDispute(tx: Tx, before: Dispute, change: Partial<Dispute>, action: string): Promise<Dispute> {
  const after = { ...before, ...change };
  await tx.db.update(dispute).set(change).where(eq(dispute.id, before.id));
  const entity = { entityType: 'dispute', entityId: before.id };
  tx.audit({ action: `dispute.${action}`, ...entity, before: summary(before), after: summary(after) });
  return after;
}

/** Disputes the actor may see with their orders' currency, newest first. */
export async function listDisputes(
  work: Work,
  filter: { status?: Dispute['status'] | undefined; before?: string | undefined; limit: number },
): Promise<(Dispute & { currency: string })[]> {
  const rows = await work.db
    .select({ dispute, currency: purchaseOrder.currency })
    .from(dispute)
    .innerJoin(purchaseOrder, eq(purchaseOrder.id, dispute.orderId))
    .where(
      and(
        filter.status ? eq(dispute.status, filter.status) : undefined,
        filter.before ? lt(dispute.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(dispute.id))
    .limit(filter.limit);
  return rows.map((row) => ({ ...row.dispute, currency: row.currency }));
}

function summary(row: Dispute) {
  const { status, openedBy, proposedBy, proposedReleaseMinor, releaseMinor, refundMinor, resolvedBy } = row;
  return { status, openedBy, proposedBy, proposedReleaseMinor, releaseMinor, refundMinor, resolvedBy };
}
