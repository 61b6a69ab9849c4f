import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq, inArray, lte, ne } from 'drizzle-orm';
import { type Award, type AwardItem, type AwardNotice, award, awardItem, awardNotice } from './tables.ts';

/** A new award with its items and what every supplier that responded is told. */
export async function insertAward(tx: Tx, row: Award, items: AwardItem[], notices: AwardNotice[]): Promise<void> {
  await tx.db.insert(award).values(row);
  await tx.db.insert(awardItem).values(items);
  if (notices.length > 0) await tx.db.insert(awardNotice).values(notices);
  const { mode, amountMinor, justification, standstillUntil } = row;
  const won = items.map(({ responseId, offerId, lineId, quantityKg }) => ({ responseId, offerId, lineId, quantityKg }));
  tx.audit({
    action: 'award.decided',
    entityType: 'award',
    entityId: row.id,
    after: { rfqId: row.rfqId, mode, amountMinor, justification, standstillUntil, items: won },
  });
}

export async function saveAward(
  tx: Tx,
  before: Award,
  change: Pick<Partial<Award>, 'endedAt'> & { status: Award['status'] },
  note: Record<string, unknown> = {},
): Promise<Award> {
  await tx.db.update(award).set(change).where(eq(award.id, before.id));
  tx.audit({
    action: `award.${change.status}`,
    entityType: 'award',
    entityId: before.id,
    before: { status: before.status },
    after: { ...change, ...note },
  });
  return { ...before, ...change };
}

/** The award of an RFQ that stands, locked. Take the RFQ's lock first. */
export async function lockStandingAward(tx: Tx, rfqId: string): Promise<Award | undefined> {
  const [row] = await tx.db
    .select()
    .from(award)
    .where(and(eq(award.rfqId, rfqId), ne(award.status, 'cancelled')))
    .for('update');
  return row;
}

/** Awards whose standstill is over, claimed, so that replicas do not repeat each other. */
export async function claimEndedStandstills(tx: Tx): Promise<Award[]> {
  return tx.db
    .select()
    .from(award)
    .where(and(eq(award.status, 'standstill'), lte(award.standstillUntil, tx.now)))
    .orderBy(asc(award.standstillUntil))
    .limit(20)
    .for('update', { skipLocked: true });
}

/** The award of an RFQ that stands or, if none does, the last one that did. */
export async function findLatestAward(work: Work, rfqId: string): Promise<Award | undefined> {
  const [row] = await work.db
    .select()
    .from(award)
    .where(eq(award.rfqId, rfqId))
    .orderBy(desc(award.decidedAt), desc(award.id))
    .limit(1);
  return row;
}

/** The items of an award the actor may see. */
export async function listItems(work: Work, awardId: string): Promise<AwardItem[]> {
  return work.db
    .select()
    .from(awardItem)
    .where(eq(awardItem.awardId, awardId))
    .orderBy(asc(awardItem.lineId), asc(awardItem.id));
}

/** The notices of an award the actor may see. */
export async function listNotices(work: Work, awardId: string): Promise<AwardNotice[]> {
  return work.db.select().from(awardNotice).where(eq(awardNotice.awardId, awardId)).orderBy(asc(awardNotice.id));
}

/** A supplier's latest notice about an RFQ. */
export async function findOwnNotice(work: Work, rfqId: string, ownerId: string): Promise<AwardNotice | undefined> {
  const [row] = await work.db
    .select()
    .from(awardNotice)
    .where(and(eq(awardNotice.rfqId, rfqId), eq(awardNotice.supplierOwnerId, ownerId)))
    .orderBy(desc(awardNotice.createdAt), desc(awardNotice.id))
    .limit(1);
  return row;
}

/** Takes back what suppliers were told of an award, and answers whom. */
export async function revokeNotices(tx: Tx, awardId: string): Promise<AwardNotice[]> {
  const notices = await listNotices(tx, awardId);
  const ids = notices.map(({ id }) => id);
  if (ids.length > 0) await tx.db.update(awardNotice).set({ revokedAt: tx.now }).where(inArray(awardNotice.id, ids));
  return notices;
}
