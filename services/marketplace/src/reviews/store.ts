import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, lt } from 'drizzle-orm';
import { type MarkSums, noMarks } from './review.ts';
import { type Review, review } from './tables.ts';

/** Adds a review with its audit row; false when its order has one already. */
export async function insertReview(tx: Tx, row: Review): Promise<boolean> {
  const added = await tx.db.insert(review).values(row).onConflictDoNothing().returning({ id: review.id });
  tx.audit({ action: 'review.written', entityType: 'review', entityId: row.id, after: row });
  return added.length > 0;
}

/** Saves a changed review, with its audit row. */
export async function saveReview(tx: Tx, before: Review, change: Partial<Review>): Promise<Review> {
  const set = { ...change, updatedAt: tx.now };
  await tx.db.update(review).set(set).where(eq(review.id, before.id));
  const after = { ...before, ...set };
  tx.audit({ action: 'review.changed', entityType: 'review', entityId: before.id, before, after });
  return after;
}

export async function findReview(work: Work, id: string): Promise<Review | undefined> {
  const [row] = await work.db.select().from(review).where(eq(review.id, id));
  return row;
}

/** The review that a person wrote of an order; null while there is none. */
export async function findReviewOf(work: Work, orderId: string, authorId: string): Promise<string | null> {
  const theirs = and(eq(review.orderId, orderId), eq(review.authorId, authorId));
  const [row] = await work.db.select({ id: review.id }).from(review).where(theirs);
  return row?.id ?? null;
}

/** A review of the actor's, locked. Undefined when it is somebody else's: only an author may lock it. */
export async function lockReview(tx: Tx, id: string): Promise<Review | undefined> {
  const [row] = await tx.db.select().from(review).where(eq(review.id, id)).for('update');
  return row;
}

/** Reviews of a supplier, newest first. */
export async function listReviews(
  work: Work,
  filter: { supplierId: string; before: string | undefined; limit: number },
): Promise<Review[]> {
  return work.db
    .select()
    .from(review)
    .where(and(eq(review.supplierId, filter.supplierId), filter.before ? lt(review.id, filter.before) : undefined))
    .orderBy(desc(review.id))
    .limit(filter.limit);
}

/** What suppliers were given, added up from the reviews themselves; all zero for those without any. */
export async function sumMarks(work: Work, supplierIds: readonly string[]): Promise<(supplierId: string) => MarkSums> {
  const rows = await work.sql<(MarkSums & { supplierId: string })[]>`
    select supplier_id as "supplierId", count(*) as count, sum(rating) as rating, sum(quality) as quality,
      sum(delivery) as delivery, sum(communication) as communication
    from review where supplier_id = any (${`{${supplierIds.join(',')}}`}::uuid[]) group by supplier_id`;
  const sums = new Map(rows.map(({ supplierId, ...marks }) => [supplierId, marks]));
  return (supplierId) => sums.get(supplierId) ?? noMarks;
}
