import { isDomainError } from '@clearlot/kernel';
import { crashPoint, type Timer } from '@clearlot/service';
import type { Clients, Ctx } from '../clients.ts';
import { listInstruments } from '../instruments/store.ts';
import { ingestBatch } from './ingest-batch.ts';
import { fetchesTotal } from './metrics.ts';
import { retryAt } from './schedule.ts';
import { isConfigured, isFetched, openSource } from './source-access.ts';
import type { Fetched } from './source-port.ts';
import { giveBack, listSourceViews, type SourceView, saveHealth, takeLease } from './store.ts';
import type { SourceSchedule } from './tables.ts';

type Scheduled = SourceView & { schedule: SourceSchedule };

/** Longer than any exchange with a vendor may take. */
const leaseMs = 5 * 60_000;
/** More instruments than any source is asked for. */
const instrumentsMax = 1_000;

/** Several at once, so that a source that stalls does not hold up the others. */
const lanes = [1, 2, 3];
const firstLaneMs = 250;

/**
 * Fetches sources that are due. Any replica takes one by its row, asks it outside of a transaction, and takes the answer in
 * together with giving the row back: whoever dies meanwhile leaves a lease that ends, and the delivery is fetched again.
 */
export const fetchSources: Timer<Clients>[] = lanes.map((lane) => ({
  name: `fetch-sources-${lane}`,
  // The others are there for when the first is waiting for somebody.
  everyMs: lane === 1 ? firstLaneMs : 4 * firstLaneMs,
  async run(ctx) {
    for (let claimed = await claimSource(ctx); claimed; claimed = await claimSource(ctx))
      await fetchSource(ctx, claimed);
  },
}));

/** Takes the source that has been due for longest, if any. */
async function claimSource(ctx: Ctx): Promise<Scheduled | undefined> {
  const now = ctx.clock.now();
  for (const candidate of dueSources(await ctx.read(listSourceViews), ctx.clients, now)) {
    const { sourceId } = candidate.source;
    const leaseUntil = new Date(now.getTime() + leaseMs);
    if (await ctx.transaction('ClaimSource', (tx) => takeLease(tx, sourceId, leaseUntil))) return candidate;
  }
  return undefined;
}

function dueSources(views: readonly SourceView[], { sourceAccess }: Clients, now: Date): Scheduled[] {
  const all = views.map(({ source }) => source);
  return views
    .flatMap((view) => (view.schedule ? [{ ...view, schedule: view.schedule }] : []))
    .filter(({ source, schedule: { dueAt, leaseUntil } }) => {
      const isFree = leaseUntil === null || leaseUntil <= now;
      return source.enabled && isFetched(source) && dueAt <= now && isFree && isConfigured(source, all, sourceAccess);
    })
    .toSorted((a, b) => a.schedule.dueAt.getTime() - b.schedule.dueAt.getTime());
}

async function fetchSource(ctx: Ctx, { source, schedule, health }: Scheduled): Promise<void> {
  const { sourceId, code } = source;
  try {
    const fetched = await ask(ctx, { source, schedule, health });
    crashPoint('market-data.FetchSource:fetched');
    const { repeated, recorded } = await ingestBatch(ctx, { sourceId, ...fetched, via: 'fetch' }, async (tx) => {
      const succeeded = { failures: 0, errorCode: null, errorDetail: null };
      await saveHealth(tx, sourceId, { ...succeeded, lastAttemptAt: tx.now, lastSuccessAt: tx.now });
      await giveBack(tx, sourceId, new Date(tx.now.getTime() + schedule.everyMs));
    });
    fetchesTotal.inc({ source: code, outcome: repeated || recorded === 0 ? 'unchanged' : 'recorded' });
  } catch (error) {
    const failed = isDomainError(error) ? error : undefined;
    if (!failed) ctx.log.error({ err: error, source: code }, 'source: not taken in');
    fetchesTotal.inc({ source: code, outcome: failed?.code ?? 'INTERNAL' });
    await recordFailure(
      ctx,
      { source, schedule, health },
      {
        errorCode: failed?.code ?? 'INTERNAL',
        errorDetail: failed?.detail ?? 'Its answer could not be taken in.',
        retryAfterMs: Number(failed?.params?.retryAfterSeconds ?? 0) * 1_000,
      },
    );
  }
}

async function ask(ctx: Ctx, { source, schedule, health }: Scheduled): Promise<Fetched> {
  const instruments = await ctx.read((work) => listInstruments(work, { limit: instrumentsMax }));
  const port = openSource(source, schedule.settings, ctx.clients.sourceAccess, instruments, () => ctx.clock.now());
  return port.fetch(health?.newestValidAt ?? undefined);
}

/** Writes down why a source could not be fetched and when it is tried again. */
function recordFailure(
  ctx: Ctx,
  { source: { sourceId }, schedule: { everyMs }, health }: Scheduled,
  { retryAfterMs, ...error }: { errorCode: string; errorDetail: string; retryAfterMs: number },
): Promise<void> {
  return ctx.transaction('RecordFailure', async (tx) => {
    const failures = (health?.failures ?? 0) + 1;
    await saveHealth(tx, sourceId, { failures, lastAttemptAt: tx.now, ...error });
    await giveBack(tx, sourceId, retryAt(tx.now, { failures, everyMs, retryAfterMs }));
  });
}
