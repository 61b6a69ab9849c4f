import { newId } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { observationErrors } from '../observations/errors.ts';
import { type Source, source } from '../observations/tables.ts';
import {
  type SourceDelivery,
  type SourceHealth,
  type SourceIncident,
  type SourceSchedule,
  sourceDelivery,
  sourceHealth,
  sourceIncident,
  sourceSchedule,
} from './tables.ts';

/** A source with how it is fetched and how it stands; neither where nobody fetches it or nothing happened yet. */
export interface SourceView {
  source: Source;
  schedule: SourceSchedule | null;
  health: SourceHealth | null;
}

const views = (work: Pick<Work, 'db'>) =>
  work.db
    .select({ source, schedule: sourceSchedule, health: sourceHealth })
    .from(source)
    .leftJoin(sourceSchedule, eq(sourceSchedule.sourceId, source.sourceId))
    .leftJoin(sourceHealth, eq(sourceHealth.sourceId, source.sourceId));

/** Every source, by code. */
export async function listSourceViews(work: Pick<Work, 'db'>): Promise<SourceView[]> {
  return views(work).orderBy(asc(source.code));
}

/** Errors: MARKET_SOURCE_NOT_FOUND. */
export async function findSourceView(work: Pick<Work, 'db'>, by: { sourceId: string } | { code: string }) {
  const [row] = await views(work).where('code' in by ? eq(source.code, by.code) : eq(source.sourceId, by.sourceId));
  if (!row) throw observationErrors.error('MARKET_SOURCE_NOT_FOUND');
  return row;
}

/**
 * Takes a source that is due, so that nobody else fetches it until `leaseUntil`. False when somebody was faster.
 */
export async function takeLease(tx: Tx, sourceId: string, leaseUntil: Date): Promise<boolean> {
  const due = await tx.sql`
    select 1 from source_schedule where source_id = ${sourceId} and due_at <= ${tx.now}
      and (lease_until is null or lease_until <= ${tx.now}) for update skip locked`;
  if (due.length === 0) return false;
  await tx.db.update(sourceSchedule).set({ leaseUntil }).where(eq(sourceSchedule.sourceId, sourceId));
  return true;
}

/** Gives a source back to be fetched again at `dueAt`. */
export async function giveBack(tx: Tx, sourceId: string, dueAt: Date): Promise<void> {
  await tx.db.update(sourceSchedule).set({ dueAt, leaseUntil: null }).where(eq(sourceSchedule.sourceId, sourceId));
}

/** Writes down how a source stands; what is absent stays. */
export async function saveHealth(
  tx: Tx,
  sourceId: string,
  change: Partial<Omit<SourceHealth, 'sourceId'>>,
): Promise<void> {
  await tx.db
    .insert(sourceHealth)
    .values({ failures: 0, ...change, sourceId })
    .onConflictDoUpdate({ target: sourceHealth.sourceId, set: { ...change, sourceId: undefined } as object });
}

/** A source has figures up to here; older ones do not set it back. */
export async function saveNewest(tx: Tx, sourceId: string, newestValidAt: Date): Promise<void> {
  await tx.sql`
    insert into source_health as h (source_id, newest_valid_at) values (${sourceId}, ${newestValidAt})
    on conflict (source_id) do update set newest_valid_at = greatest(h.newest_valid_at, excluded.newest_valid_at)
    where h.newest_valid_at is distinct from greatest(h.newest_valid_at, excluded.newest_valid_at)`;
}

/** The same content as it was delivered before, if it was. */
export async function findDelivery(
  tx: Tx,
  sourceId: string,
  contentSha256: string,
): Promise<SourceDelivery | undefined> {
  const [row] = await tx.db
    .select()
    .from(sourceDelivery)
    .where(and(eq(sourceDelivery.sourceId, sourceId), eq(sourceDelivery.contentSha256, contentSha256)));
  return row;
}

export function insertDelivery(tx: Tx, row: SourceDelivery): void {
  tx.write(tx.db.insert(sourceDelivery).values(row));
}

/** The newest deliveries, of one source or all. */
export async function listDeliveries(
  work: Pick<Work, 'db'>,
  { sourceId, limit }: { sourceId?: string | undefined; limit: number },
): Promise<SourceDelivery[]> {
  return work.db
    .select()
    .from(sourceDelivery)
    .where(sourceId ? eq(sourceDelivery.sourceId, sourceId) : undefined)
    .orderBy(desc(sourceDelivery.receivedAt))
    .limit(limit);
}

/** Raises an incident unless one of its kind is open for the source; true if it did. */
export async function openIncident(
  tx: Tx,
  { sourceId, kind, detail }: Pick<SourceIncident, 'sourceId' | 'kind' | 'detail'>,
): Promise<boolean> {
  const row = { incidentId: newId(), sourceId, kind, detail, openedAt: tx.now, resolvedAt: null };
  const opened = await tx.db.insert(sourceIncident).values(row).onConflictDoNothing().returning();
  for (const each of opened) {
    tx.audit({ action: `source.${kind}`, entityType: 'source', entityId: sourceId, after: { detail: each.detail } });
  }
  return opened.length > 0;
}

/** Closes the open incidents of these kinds. */
export async function closeIncidents(
  tx: Tx,
  sourceId: string,
  kinds: readonly SourceIncident['kind'][],
): Promise<void> {
  await tx.db
    .update(sourceIncident)
    .set({ resolvedAt: tx.now })
    .where(
      and(
        eq(sourceIncident.sourceId, sourceId),
        inArray(sourceIncident.kind, [...kinds]),
        isNull(sourceIncident.resolvedAt),
      ),
    );
}

/** What is open, oldest first. */
export async function listOpenIncidents(work: Pick<Work, 'db'>): Promise<SourceIncident[]> {
  return work.db
    .select()
    .from(sourceIncident)
    .where(isNull(sourceIncident.resolvedAt))
    .orderBy(asc(sourceIncident.openedAt), sql`incident_id`);
}
