import type { Work } from '@clearlot/service';
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import { accreditation, accreditationDocument } from '../schema.ts';
import type { AccreditationStatus } from './accreditation.ts';

export type AccreditationRow = typeof accreditation.$inferSelect;
export type DocumentRow = typeof accreditationDocument.$inferSelect;

/** True for the failure of a second undecided accreditation on the same basis. */
export function isPending(error: unknown): boolean {
  const cause = (error as { cause?: unknown }).cause ?? error;
  return (cause as { constraint_name?: string }).constraint_name === 'accreditation_one_pending';
}

export async function insertAccreditation(work: Work, row: AccreditationRow): Promise<void> {
  await work.db.insert(accreditation).values(row);
}

export async function findAccreditation(work: Work, id: string): Promise<AccreditationRow | undefined> {
  const [row] = await work.db.select().from(accreditation).where(eq(accreditation.id, id));
  return row;
}

export async function lockAccreditation(work: Work, id: string): Promise<AccreditationRow | undefined> {
  const [row] = await work.db.select().from(accreditation).where(eq(accreditation.id, id)).for('update');
  return row;
}

export async function saveDecision(
  work: Work,
  id: string,
  decision: Pick<AccreditationRow, 'status' | 'decidedAt' | 'decidedBy' | 'notes' | 'expiresAt'>,
): Promise<void> {
  await work.db.update(accreditation).set(decision).where(eq(accreditation.id, id));
}

export async function listAccreditationsOf(work: Work, userId: string): Promise<AccreditationRow[]> {
  return work.db
    .select()
    .from(accreditation)
    .where(eq(accreditation.userId, userId))
    .orderBy(desc(accreditation.id))
    .limit(200);
}

export async function listAccreditationsOfMany(work: Work, userIds: readonly string[]): Promise<AccreditationRow[]> {
  if (userIds.length === 0) return [];
  return work.db
    .select()
    .from(accreditation)
    .where(inArray(accreditation.userId, [...userIds]));
}

/** One more than `limit`, newest first. */
export async function listAccreditations(
  work: Work,
  filter: { status?: AccreditationStatus | undefined; after?: string | undefined; limit: number },
): Promise<AccreditationRow[]> {
  return work.db
    .select()
    .from(accreditation)
    .where(
      and(
        filter.status ? eq(accreditation.status, filter.status) : sql`true`,
        filter.after ? lt(accreditation.id, filter.after) : sql`true`,
      ),
    )
    .orderBy(desc(accreditation.id))
    .limit(filter.limit + 1);
}

/** Links a stored file; the same content twice is one link. */
export async function linkDocument(work: Work, row: DocumentRow): Promise<void> {
  await work.db.insert(accreditationDocument).values(row).onConflictDoNothing();
}

export async function listDocuments(work: Work, accreditationIds: readonly string[]): Promise<DocumentRow[]> {
  if (accreditationIds.length === 0) return [];
  return work.db
    .select()
    .from(accreditationDocument)
    .where(inArray(accreditationDocument.accreditationId, [...accreditationIds]))
    .orderBy(accreditationDocument.createdAt);
}

export async function listDocumentsOf(work: Work, userId: string): Promise<DocumentRow[]> {
  return work.db.select().from(accreditationDocument).where(eq(accreditationDocument.userId, userId));
}
