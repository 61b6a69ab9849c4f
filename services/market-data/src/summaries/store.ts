import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, lt, lte, sql } from 'drizzle-orm';
import { summaryErrors } from './errors.ts';
import type { Locale } from './language.ts';
import { type MarketSummary, marketSummary, type SummaryTask, summaryTask } from './tables.ts';

const ofDay = (day: string, locale: Locale) => and(eq(summaryTask.day, day), eq(summaryTask.locale, locale));

/** Plans a day's summaries; one that is planned stays as it is. */
export async function planSummaries(tx: Tx, day: string, locales: readonly Locale[]): Promise<void> {
  const fresh = { day, wantedRevision: 1, writtenRevision: 0, attempts: 0, dueAt: tx.now };
  await tx.db
    .insert(summaryTask)
    .values(locales.map((locale) => ({ ...fresh, locale })))
    .onConflictDoNothing();
}

/** A summary that is due and that nobody is writing, locked. */
export async function lockDueTask(tx: Tx): Promise<SummaryTask | undefined> {
  const [row] = await tx.db
    .select()
    .from(summaryTask)
    .where(and(lt(summaryTask.writtenRevision, summaryTask.wantedRevision), lte(summaryTask.dueAt, tx.now)))
    .orderBy(desc(summaryTask.day), summaryTask.locale)
    .limit(1)
    .for('update', { skipLocked: true });
  return row;
}

export async function saveTask(
  tx: Tx,
  { day, locale }: Pick<SummaryTask, 'day' | 'locale'>,
  change: Partial<Pick<SummaryTask, 'writtenRevision' | 'attempts' | 'dueAt'>>,
): Promise<void> {
  await tx.db.update(summaryTask).set(change).where(ofDay(day, locale));
}

/** Publishes a summary; false when this revision of the day is there already. */
export async function insertSummary(tx: Tx, row: MarketSummary): Promise<boolean> {
  const added = await tx.db
    .insert(marketSummary)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: marketSummary.summaryId });
  if (added.length === 0) return false;
  const { summaryId, day, locale, revision, origin, fallbackReason } = row;
  const after = { day, locale, revision, origin, fallbackReason };
  tx.audit({ action: 'market_summary.published', entityType: 'market_summary', entityId: summaryId, after });
  return true;
}

/** Has a day's summary written anew. Errors: MARKET_SUMMARY_NOT_FOUND when none was planned. */
export async function wantRevision(tx: Tx, day: string, locale: Locale): Promise<SummaryTask> {
  const [row] = await tx.db
    .update(summaryTask)
    .set({ wantedRevision: sql`${summaryTask.writtenRevision} + 1`, attempts: 0, dueAt: tx.now })
    .where(ofDay(day, locale))
    .returning();
  if (!row) throw summaryErrors.error('MARKET_SUMMARY_NOT_FOUND');
  const entity = { entityType: 'summary_task', entityId: `${day}/${locale}` };
  tx.audit({ action: 'market_summary.regenerated', ...entity, after: { wantedRevision: row.wantedRevision } });
  return row;
}

/** Errors: MARKET_SUMMARY_NOT_FOUND. */
export async function lockSummary(tx: Tx, summaryId: string): Promise<MarketSummary> {
  const [row] = await tx.db.select().from(marketSummary).where(eq(marketSummary.summaryId, summaryId)).for('update');
  if (!row) throw summaryErrors.error('MARKET_SUMMARY_NOT_FOUND');
  return row;
}

/** Takes back every revision of a summary's day and locale: an older one must not come back in its place. */
export async function retractRevisions(
  tx: Tx,
  { day, locale }: Pick<MarketSummary, 'day' | 'locale'>,
  retraction: Pick<MarketSummary, 'retractedBy' | 'retractedAt' | 'retractionReason'>,
): Promise<void> {
  const published = eq(marketSummary.status, 'published');
  await tx.db
    .update(marketSummary)
    .set({ status: 'retracted', ...retraction })
    .where(and(eq(marketSummary.day, day), eq(marketSummary.locale, locale), published));
}

/** The newest revision of each day that is published, the newest day first. */
export async function listSummaries(
  work: Pick<Work, 'db'>,
  { locale, before, limit }: { locale: Locale; before?: string | undefined; limit: number },
): Promise<MarketSummary[]> {
  return work.db
    .selectDistinctOn([marketSummary.day])
    .from(marketSummary)
    .where(
      and(
        eq(marketSummary.locale, locale),
        eq(marketSummary.status, 'published'),
        before ? lt(marketSummary.day, before) : undefined,
      ),
    )
    .orderBy(desc(marketSummary.day), desc(marketSummary.revision))
    .limit(limit);
}
