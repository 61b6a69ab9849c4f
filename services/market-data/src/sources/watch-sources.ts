import type { Timer, Tx } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { newestBySource } from '../observations/store.ts';
import { isBusinessDay } from '../series/calendar.ts';
import { showState } from './metrics.ts';
import { type SourceState, stateOf } from './schedule.ts';
import { isConfigured, type SourceAccess } from './source-access.ts';
import {
  closeIncidents,
  listOpenIncidents,
  listSourceViews,
  openIncident,
  type SourceView,
  saveNewest,
} from './store.ts';
import type { SourceIncident } from './tables.ts';

/**
 * Looks how sources stand: one that has become stale, or fails again and again, is an incident for operators, once until it
 * is not any more. Replicas repeat each other harmlessly.
 */
export const watchSources: Timer<Clients> = {
  name: 'watch-sources',
  everyMs: 5_000,
  run: (ctx) =>
    ctx.transaction('WatchSources', async (tx) => {
      const newest = await newestBySource(tx);
      const views = await listSourceViews(tx);
      const open = await listOpenIncidents(tx);
      for (const view of views) {
        const { sourceId, code } = view.source;
        const newestValidAt = newest.get(sourceId) ?? null;
        // Sources nobody fetches have their figures recorded by others.
        if (newestValidAt && newestValidAt.getTime() !== view.health?.newestValidAt?.getTime()) {
          await saveNewest(tx, sourceId, newestValidAt);
        }
        const state = sourceStateOf({ ...view, newestValidAt }, views, ctx.clients.sourceAccess, tx.now);
        showState(code, state);
        const kinds = open.filter((each) => each.sourceId === sourceId).map(({ kind }) => kind);
        await follow(tx, { ...view, newestValidAt }, state, kinds);
      }
    }),
};

/** How a source stands now, by its own calendar. */
export function sourceStateOf(
  { source, health, newestValidAt }: SourceView & { newestValidAt: Date | null },
  all: readonly SourceView[],
  access: SourceAccess,
  now: Date,
): SourceState {
  const { enabled, freshnessTargetMs, calendar } = source;
  const configured = isConfigured(
    source,
    all.map((each) => each.source),
    access,
  );
  const standing = { enabled, configured, failures: health?.failures ?? 0, freshnessTargetMs, newestValidAt };
  // Of a source that speaks once a year every day counts, or it would never be late.
  return stateOf(standing, now, (day) => calendar === 'annual' || isBusinessDay(calendar, day));
}

async function follow(
  tx: Tx,
  view: SourceView & { newestValidAt: Date | null },
  state: SourceState,
  open: readonly SourceIncident['kind'][],
): Promise<void> {
  const { sourceId } = view.source;
  if ((state === 'stale' || state === 'failing') && !open.includes(state)) {
    await openIncident(tx, { sourceId, kind: state, detail: detailOf(view, state) });
  }
  // While it is failing nobody knows how old its figures would be: a stale episode goes on.
  const over = [...(state === 'failing' ? [] : ['failing' as const]), ...(isAged(state) ? [] : ['stale' as const])];
  const closed = over.filter((kind) => open.includes(kind));
  if (closed.length > 0) await closeIncidents(tx, sourceId, closed);
}

const isAged = (state: SourceState) => state === 'stale' || state === 'failing';

function detailOf(
  { source, health, newestValidAt }: SourceView & { newestValidAt: Date | null },
  state: 'stale' | 'failing',
): string {
  if (state === 'failing') {
    return `${health?.failures} fetches failed in a row, the last with ${health?.errorCode}: ${health?.errorDetail}`;
  }
  const hours = Math.round(source.freshnessTargetMs / 360_000) / 10;
  return `Its newest figure is of ${newestValidAt?.toISOString()}; it should be no older than ${hours} hours.`;
}
