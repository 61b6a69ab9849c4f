import { createHash } from 'node:crypto';
import type { Tx } from '@clearlot/service';
import { inArray } from 'drizzle-orm';
import type { Ctx } from '../clients.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { instrument } from '../instruments/tables.ts';
import { announce } from '../observations/announce.ts';
import type { Latest, ObservationInput } from '../observations/observation.ts';
import { lockSource } from '../observations/store.ts';
import type { Source } from '../observations/tables.ts';
import type { Figure, Reason } from '../quality/figure.ts';
import type { Gap } from '../quality/gaps.ts';
import { type Accepted, screen } from '../quality/screen.ts';
import { fingerprintOf, keepBack, screenState } from '../quality/store.ts';
import { sourceErrors } from './errors.ts';
import { quarantinedTotal } from './metrics.ts';
import { publishFigures } from './publish-figures.ts';
import { rulesOf } from './settings.ts';
import type { FetchedFigure } from './source-port.ts';
import { findDelivery, findSourceView, insertDelivery, openIncident } from './store.ts';
import type { SourceDelivery } from './tables.ts';

/** One delivery of a source. */
export interface Batch {
  sourceId: string;
  edition: string;
  figures: readonly FetchedFigure[];
  via: SourceDelivery['via'];
}

/** What became of a delivery; of a repeated one, what became of it the first time. */
export interface Ingested extends SourceDelivery {
  repeated: boolean;
}

/**
 * Takes a delivery in, in one transaction: screens it, publishes what passes, keeps the rest back for review. The same
 * content is taken in once, however often and by however many it is delivered. `also` runs in the same transaction. Errors:
 * MARKET_SOURCE_NOT_FOUND, MARKET_SOURCE_DISABLED.
 */
export async function ingestBatch(ctx: Ctx, batch: Batch, also?: (tx: Tx) => Promise<void>): Promise<Ingested> {
  let committed: Outcome | undefined;
  const ingested = await ctx.transaction('IngestBatch', async (tx) => {
    const source = await lockSource(tx, batch.sourceId);
    if (!source.enabled) throw sourceErrors.error('MARKET_SOURCE_DISABLED');
    committed = await takeIn(tx, source, batch);
    await also?.(tx);
    return committed.ingested;
  });
  announce(ctx, committed?.changed ?? []);
  for (const labels of committed?.keptBack ?? []) quarantinedTotal.inc(labels);
  return ingested;
}

/** What a delivery did, and what is to be told once it is committed. */
interface Outcome {
  ingested: Ingested;
  changed: readonly Latest[];
  keptBack: readonly { source: string; reason: Reason }[];
}

async function takeIn(tx: Tx, source: Source, batch: Batch): Promise<Outcome> {
  const contentSha256 = contentOf(batch.figures);
  const before = await findDelivery(tx, source.sourceId, contentSha256);
  // What was kept back may have become clear since: its instrument exists, or its rules are other ones.
  if (before?.keptBack === 0) return repeatedOf(before);
  const { schedule } = await findSourceView(tx, source);
  const rules = rulesOf(source.kind, schedule?.rules ?? {});
  const { figures, instruments } = await identified(tx, batch.figures);
  const state = await screenState(tx, source, instruments, figures, rules);
  const { accepted, duplicates, kept, gaps } = screen(state, figures, rules);
  const published = await publishFigures(tx, source, accepted.map(observationOf));
  const added = await keepBack(tx, source.sourceId, kept);
  if (gaps.length > 0)
    await openIncident(tx, { sourceId: source.sourceId, kind: 'gap', detail: gapText(gaps, instruments) });
  const delivery: SourceDelivery = {
    ...{ sourceId: source.sourceId, contentSha256, edition: batch.edition, via: batch.via },
    ...{ receivedBy: tx.actor.id, receivedAt: tx.now, figures: figures.length },
    ...{ recorded: published.recorded, corrected: published.corrected },
    ...{ duplicates: duplicates.length, keptBack: kept.length },
  };
  const isNew = accepted.length + added.length > 0;
  if (before && !isNew) return repeatedOf(before);
  // A source with nothing new to say is asked every minute; that is no delivery, nor anything to remember.
  if (isNew) {
    if (!before) insertDelivery(tx, delivery);
    tx.audit({ action: 'source.delivered', entityType: 'source', entityId: source.sourceId, after: delivery });
  }
  const keptBack = added.flatMap(({ reasons }) => reasons.map((reason) => ({ source: source.code, reason })));
  return { ingested: { ...delivery, repeated: false }, changed: published.changed, keptBack };
}

function repeatedOf(before: SourceDelivery): Outcome {
  return { ingested: { ...before, repeated: true }, changed: [], keptBack: [] };
}

/** Finds out which instruments figures are of. */
async function identified(
  tx: Tx,
  fetched: readonly FetchedFigure[],
): Promise<{ figures: Figure[]; instruments: Instrument[] }> {
  const storable = fetched.map(storableText);
  const codes = [...new Set(storable.flatMap(({ instrumentCode }) => instrumentCode ?? []))];
  const instruments =
    codes.length === 0 ? [] : await tx.db.select().from(instrument).where(inArray(instrument.code, codes));
  const idOf = new Map(instruments.map(({ code, instrumentId }) => [code, instrumentId]));
  const figures = storable.map(({ instrumentCode, ...figure }) => ({
    ...figure,
    instrumentId: (instrumentCode !== null && idOf.get(instrumentCode)) || null,
  }));
  return { figures, instruments };
}

/** The same without what PostgreSQL cannot store as text and without names of any length. */
function storableText(figure: FetchedFigure): FetchedFigure {
  const clean = (text: string) => text.replaceAll('\u0000', '').slice(0, 500);
  return {
    ...figure,
    instrumentCode: figure.instrumentCode && clean(figure.instrumentCode),
    symbol: clean(figure.symbol),
    edition: clean(figure.edition),
    stated: Object.fromEntries(Object.entries(figure.stated).map(([part, value]) => [part, clean(value)])),
  };
}

function observationOf(figure: Accepted): ObservationInput {
  const { instrumentId, edition, validAt, lowMicros, midMicros, highMicros, kind } = figure;
  return { instrumentId, edition, validAt, lowMicros, midMicros, highMicros, kind };
}

/** The same for the same figures in any order. */
function contentOf(figures: readonly FetchedFigure[]): string {
  const parts = figures.map(({ instrumentCode, ...figure }) =>
    fingerprintOf({ ...figure, instrumentId: instrumentCode }),
  );
  return createHash('sha256').update(parts.toSorted().join()).digest('hex');
}

function gapText(gaps: readonly Gap[], instruments: readonly Instrument[]): string {
  const codeOf = new Map(instruments.map(({ code, instrumentId }) => [instrumentId, code]));
  const text = gaps.map(({ instrumentId, days }) => `${codeOf.get(instrumentId)}: ${days.join(', ')}`).join('; ');
  return `No figure on business days. ${text}`.slice(0, 2_000);
}
