import { newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { and, eq, isNull } from 'drizzle-orm';
import type { Ctx } from '../clients.ts';
import { lockSource } from '../observations/store.ts';
import { type Source, source } from '../observations/tables.ts';
import type { QualityRules } from '../quality/rules.ts';
import { sourceErrors } from './errors.ts';
import { rulesGiven, settingsOf } from './settings.ts';
import { findSourceView, type SourceView } from './store.ts';
import { type SourceIncident, type SourceSchedule, sourceIncident, sourceSchedule } from './tables.ts';

type Standing = Pick<
  Source,
  'name' | 'attribution' | 'display' | 'export' | 'llm' | 'freshnessTargetMs' | 'calendar' | 'enabled'
>;
type Fetching = { everyMs: number; settings: unknown; rules: unknown };
type Optional<T> = { [K in keyof T]?: T[K] | undefined };

export type NewSource = Standing & Fetching & { code: string; kind: 'http' | 'import' };
export type SourceChange = Optional<Standing & Fetching>;

/** Adds a source of files. Errors: MARKET_SOURCE_CODE_TAKEN, MARKET_SOURCE_SETTINGS_INVALID. */
export function createSource(ctx: Ctx, input: NewSource): Promise<SourceView> {
  const { everyMs, settings, rules, ...fields } = input;
  const checked = { settings: settingsOf(input.kind, settings), rules: rulesGiven(rules) };
  return ctx.transaction('CreateSource', async (tx) => {
    const row = { sourceId: newId(), ...fields, lastRecordedAt: null, knownThrough: null, createdAt: tx.now };
    const added = await tx.db.insert(source).values(row).onConflictDoNothing().returning();
    if (added.length === 0) throw sourceErrors.error('MARKET_SOURCE_CODE_TAKEN');
    const schedule = scheduleRow(tx, row.sourceId, { everyMs, ...checked });
    await tx.db.insert(sourceSchedule).values(schedule);
    tx.audit({
      action: 'source.created',
      entityType: 'source',
      entityId: row.sourceId,
      after: { ...fields, ...schedule },
    });
    return { source: row, schedule, health: null };
  });
}

/**
 * Changes a source: what may be done with what it states from now on, when and how it is fetched, by what rules it is
 * believed, or whether it is used at all. Errors: MARKET_SOURCE_NOT_FOUND, MARKET_SOURCE_SETTINGS_INVALID.
 */
export function changeSource(ctx: Ctx, sourceId: string, change: SourceChange): Promise<SourceView> {
  return ctx.transaction('ChangeSource', async (tx) => {
    await lockSource(tx, sourceId);
    const before = await findSourceView(tx, { sourceId });
    const { everyMs, settings, rules, ...given } = change;
    const standing = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const schedule = scheduleRow(tx, sourceId, {
      everyMs: everyMs ?? before.schedule?.everyMs ?? 86_400_000,
      settings: settingsOf(before.source.kind, settings ?? before.schedule?.settings ?? {}),
      rules: rulesGiven(rules ?? before.schedule?.rules ?? {}),
    });
    if (Object.keys(standing).length > 0) {
      await tx.db.update(source).set(standing).where(eq(source.sourceId, sourceId));
    }
    const { sourceId: _same, ...changed } = schedule;
    await tx.db
      .insert(sourceSchedule)
      .values(schedule)
      .onConflictDoUpdate({ target: sourceSchedule.sourceId, set: changed });
    const after = { source: { ...before.source, ...standing }, schedule, health: before.health };
    const { health: _health, ...was } = before;
    tx.audit({ action: 'source.changed', entityType: 'source', entityId: sourceId, before: was, after: change });
    return after;
  });
}

/** Fetched at once, by whoever is free; a lease of somebody who is fetching ends with it. */
function scheduleRow(
  tx: Tx,
  sourceId: string,
  fields: { everyMs: number; settings: unknown; rules: Partial<QualityRules> },
): SourceSchedule {
  return { sourceId, ...fields, dueAt: tx.now, leaseUntil: null, updatedAt: tx.now };
}

/** Has a source fetched now, whatever its schedule says. Errors: MARKET_SOURCE_NOT_FOUND. */
export function fetchNow(ctx: Ctx, sourceId: string): Promise<SourceView> {
  return ctx.transaction('FetchNow', async (tx) => {
    const view = await findSourceView(tx, { sourceId });
    await tx.db.update(sourceSchedule).set({ dueAt: tx.now }).where(eq(sourceSchedule.sourceId, sourceId));
    tx.audit({ action: 'source.fetch_asked', entityType: 'source', entityId: sourceId });
    return view;
  });
}

/** An operator has seen to an incident. Errors: MARKET_INCIDENT_NOT_FOUND, also for one that is over. */
export function resolveIncident(ctx: Ctx, incidentId: string): Promise<SourceIncident> {
  return ctx.transaction('ResolveIncident', async (tx) => {
    const [row] = await tx.db
      .update(sourceIncident)
      .set({ resolvedAt: tx.now })
      .where(and(eq(sourceIncident.incidentId, incidentId), isNull(sourceIncident.resolvedAt)))
      .returning();
    if (!row) throw sourceErrors.error('MARKET_INCIDENT_NOT_FOUND');
    tx.audit({ action: 'source.incident_resolved', entityType: 'source', entityId: row.sourceId, after: row });
    return row;
  });
}
