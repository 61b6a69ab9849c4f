import type { Ctx } from '../clients.ts';
import { requireSameBasis } from '../conversion/price.ts';
import { findInstruments } from '../instruments/store.ts';
import type { InstrumentRow } from '../instruments/tables.ts';
import { listSources, settleKnown } from '../observations/store.ts';
import type { Source } from '../observations/tables.ts';
import { seriesErrors } from './errors.ts';
import { type Bar, type Period, periodStart, rollUp } from './series.ts';
import { readDays } from './store.ts';

export interface SeriesQuery {
  period: Period;
  /** ISO dates, both inclusive; the first is drawn back to the start of its period. */
  from?: string | undefined;
  to?: string | undefined;
  knownAt?: Date | undefined;
  sourceId?: string | undefined;
}

/** The bars of an instrument from one source; sources are never mixed into one line. */
export interface Line {
  source: Source;
  days: Bar[];
  bars: Bar[];
}

export interface Series {
  instrument: InstrumentRow;
  period: Period;
  from: string;
  to: string;
  knownAt: Date | null;
  lines: Line[];
}

const dayMs = 86_400_000;
const defaultDays = 365;
/** Ten years of days. */
const daysMax = 3_700;

/** Bars of instruments, each source by itself. Errors: MARKET_INSTRUMENT_NOT_FOUND, MARKET_RANGE_TOO_LONG, MARKET_KNOWN_AT_IN_FUTURE. */
export async function readSeries(ctx: Ctx, instrumentIds: readonly string[], query: SeriesQuery): Promise<Series[]> {
  const { period, knownAt, sourceId } = query;
  const { from, to } = rangeOf(query, ctx.clock.now(), instrumentIds.length);
  if (knownAt) await settleKnown(ctx, knownAt);
  const [instruments, sources, all] = await ctx.read((work) =>
    Promise.all([
      findInstruments(work, instrumentIds),
      listSources(work),
      readDays(work, { instrumentIds, sourceId, firstDay: from, lastDay: to, knownAt }),
    ]),
  );
  return instruments.map((instrument) => {
    // In the order of the sources' codes.
    const lines = sources.flatMap((source) => {
      const own = all.find(
        (each) => each.instrumentId === instrument.instrumentId && each.sourceId === source.sourceId,
      );
      return own ? { source, days: own.days, bars: rollUp(period, own.days) } : [];
    });
    return { instrument, period, from, to, knownAt: knownAt ?? null, lines };
  });
}

/** Bars of instruments that mean the same. Errors: those of readSeries, MARKET_BASES_DIFFER naming what differs. */
export async function compareSeries(ctx: Ctx, instrumentIds: readonly string[], query: SeriesQuery): Promise<Series[]> {
  const series = await readSeries(ctx, instrumentIds, query);
  const [first, ...rest] = series;
  for (const other of rest) if (first) requireSameBasis(first.instrument, other.instrument);
  return series;
}

/** The last year unless said otherwise. */
function rangeOf({ period, from, to }: SeriesQuery, now: Date, instruments: number): { from: string; to: string } {
  const last = to ?? now.toISOString().slice(0, 10);
  const first = from ?? new Date(new Date(last).getTime() - defaultDays * dayMs).toISOString().slice(0, 10);
  const start = periodStart(period, first);
  const days = (new Date(last).getTime() - new Date(start).getTime()) / dayMs + 1;
  if (days * instruments > daysMax) {
    throw seriesErrors.error('MARKET_RANGE_TOO_LONG', `Ask for at most ${daysMax} days, all instruments together.`);
  }
  return { from: start, to: last };
}
