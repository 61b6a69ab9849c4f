import type { Tx, Work } from '@clearlot/service';
import { and, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { AlertState } from './alert.ts';
import { alertErrors } from './errors.ts';
import { type Alert, type AlertFiring, alert, alertFiring, type WebhookDelivery, webhookDelivery } from './tables.ts';

/** The alerts that figures of these instruments concern, locked in one order so that two recordings never block each other. */
export async function lockAlertsOf(tx: Tx, instrumentIds: readonly string[]): Promise<Alert[]> {
  const ids = [...instrumentIds];
  const concerned = sql`(${inArray(alert.instrumentId, ids)} or ${inArray(alert.otherInstrumentId, ids)})`;
  return tx.db
    .select()
    .from(alert)
    .where(and(eq(alert.enabled, true), concerned))
    .orderBy(alert.alertId)
    .for('update');
}

/** Alerts whose instrument's newest figure has been there longer than they allow, locked; others' are skipped. */
export async function lockStaleAlerts(tx: Tx, limit: number): Promise<Alert[]> {
  const due = await tx.sql<{ alert_id: string }[]>`
    select a.alert_id from alert a
    where a.kind = 'staleness' and a.enabled and a.phase = 'armed'
      and (select max(recorded_at) from latest l where l.instrument_id = a.instrument_id and l.display)
        < ${tx.now}::timestamptz - a.limit_value * interval '1 millisecond'
      and (a.last_fired_at is null or a.last_fired_at <= ${tx.now}::timestamptz - a.cooldown_ms * interval '1 millisecond')
    order by a.alert_id limit ${limit} for update of a skip locked`;
  const ids = due.map(({ alert_id }) => alert_id);
  return ids.length === 0 ? [] : tx.db.select().from(alert).where(inArray(alert.alertId, ids)).orderBy(alert.alertId);
}

/** Keeps what alerts have seen, all in one statement. */
export async function saveStates(tx: Tx, states: readonly ({ alertId: string } & AlertState)[]): Promise<void> {
  if (states.length === 0) return;
  const list = <T>(of: (state: (typeof states)[number]) => T) => `{${states.map(of).join(',')}}`;
  await tx.sql`
    update alert a set phase = s.phase, sequence = s.sequence, other_sequence = s.other_sequence, last_fired_at = s.last_fired_at
    from unnest(${list(({ alertId }) => alertId)}::text::uuid[], ${list(({ phase }) => phase)}::text::text[],
      ${list(({ sequence }) => sequence)}::text::bigint[], ${list(({ otherSequence }) => otherSequence)}::text::bigint[],
      ${list(({ lastFiredAt }) => lastFiredAt?.toISOString() ?? 'NULL')}::text::timestamptz[]
    ) as s (alert_id, phase, sequence, other_sequence, last_fired_at)
    where a.alert_id = s.alert_id`;
}

/** Records a firing; false when this alert has fired for these figures before. */
export async function insertFiring(tx: Tx, row: AlertFiring): Promise<boolean> {
  const added = await tx.db
    .insert(alertFiring)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: alertFiring.firingId });
  return added.length > 0;
}

export async function insertDelivery(tx: Tx, row: WebhookDelivery): Promise<void> {
  await tx.db.insert(webhookDelivery).values(row);
}

export async function insertAlert(tx: Tx, row: Alert): Promise<void> {
  await tx.db.insert(alert).values(row);
  tx.audit({ action: 'alert.created', entityType: 'alert', entityId: row.alertId, after: row });
}

export async function countAlerts(work: Pick<Work, 'db'>, ownerId: string): Promise<number> {
  const [row] = await work.db.select({ n: count() }).from(alert).where(eq(alert.ownerId, ownerId));
  return row?.n ?? 0;
}

/** Errors: MARKET_ALERT_NOT_FOUND, also for somebody else's. */
export async function findAlert(work: Pick<Work, 'db'>, ownerId: string, alertId: string): Promise<Alert> {
  const mine = and(eq(alert.alertId, alertId), eq(alert.ownerId, ownerId));
  const [row] = await work.db.select().from(alert).where(mine);
  if (!row) throw alertErrors.error('MARKET_ALERT_NOT_FOUND');
  return row;
}

/** Errors: MARKET_ALERT_NOT_FOUND, also for somebody else's. */
export async function lockAlert(tx: Tx, ownerId: string, alertId: string): Promise<Alert> {
  const mine = and(eq(alert.alertId, alertId), eq(alert.ownerId, ownerId));
  const [row] = await tx.db.select().from(alert).where(mine).for('update');
  if (!row) throw alertErrors.error('MARKET_ALERT_NOT_FOUND');
  return row;
}

/** Saves a changed rule with its audit row. */
export async function saveAlert(tx: Tx, before: Alert, change: Partial<Alert>): Promise<Alert> {
  await tx.db.update(alert).set(change).where(eq(alert.alertId, before.alertId));
  const after = { ...before, ...change };
  tx.audit({ action: 'alert.changed', entityType: 'alert', entityId: before.alertId, before, after });
  return after;
}

export async function deleteAlert(tx: Tx, row: Alert): Promise<void> {
  await tx.db.delete(alert).where(eq(alert.alertId, row.alertId));
  tx.audit({ action: 'alert.deleted', entityType: 'alert', entityId: row.alertId, before: row });
}

/** A person's alerts, newest first. */
export async function listAlerts(
  work: Pick<Work, 'db'>,
  { ownerId, before, limit }: { ownerId: string; before?: string | undefined; limit: number },
): Promise<Alert[]> {
  return work.db
    .select()
    .from(alert)
    .where(and(eq(alert.ownerId, ownerId), before ? lt(alert.alertId, before) : undefined))
    .orderBy(desc(alert.alertId))
    .limit(limit);
}

/** A firing with how its webhook, if it has one, is doing. */
export type FiringView = AlertFiring & { delivery: Pick<WebhookDelivery, 'state' | 'attempts' | 'lastError'> | null };

export interface FiringFilter {
  ownerId: string;
  alertId?: string | undefined;
  unread?: boolean | undefined;
  before?: string | undefined;
  limit: number;
}

/** What a person's alerts have told, newest first. */
export async function listFirings(work: Pick<Work, 'db'>, filter: FiringFilter): Promise<FiringView[]> {
  const { ownerId, alertId, unread, before, limit } = filter;
  const rows = await work.db
    .select()
    .from(alertFiring)
    .leftJoin(webhookDelivery, eq(webhookDelivery.deliveryId, alertFiring.firingId))
    .where(
      and(
        eq(alertFiring.ownerId, ownerId),
        alertId ? eq(alertFiring.alertId, alertId) : undefined,
        unread ? isNull(alertFiring.readAt) : undefined,
        before ? lt(alertFiring.firingId, before) : undefined,
      ),
    )
    .orderBy(desc(alertFiring.firingId))
    .limit(limit);
  return rows.map((row) => ({ ...row.alert_firing, delivery: row.webhook_delivery }));
}

/** Errors: MARKET_ALERT_FIRING_NOT_FOUND, also for somebody else's. */
export async function markRead(tx: Tx, ownerId: string, firingId: string): Promise<AlertFiring> {
  const [row] = await tx.db
    .update(alertFiring)
    .set({ readAt: sql`coalesce(${alertFiring.readAt}, ${tx.now.toISOString()}::timestamptz)` })
    .where(and(eq(alertFiring.firingId, firingId), eq(alertFiring.ownerId, ownerId)))
    .returning();
  if (!row) throw alertErrors.error('MARKET_ALERT_FIRING_NOT_FOUND');
  return row;
}
