import { isId } from '@clearlot/kernel';
import {
  type Bar as BarMessage,
  type Figure as FigureMessage,
  type Instrument as InstrumentMessage,
  type MarketDataServiceServer,
  MarketDataServiceService,
  type Source as SourceMessage,
} from '@clearlot/proto/market/v1/market';
import { readCursor, rpcs, serviceErrors, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from './clients.ts';
import type { Instrument } from './instruments/instrument.ts';
import { instrumentFilter } from './instruments/shapes.ts';
import { listInstruments } from './instruments/store.ts';
import { liveFigure } from './observations/announce.ts';
import { latestFigures, type Quote } from './observations/latest-figures.ts';
import { isStale } from './observations/present.ts';
import type { Source } from './observations/tables.ts';
import { watchPrices } from './observations/watch-prices.ts';
import { readSeries } from './series/read-series.ts';
import { type Bar, periods } from './series/series.ts';

const filterShape = instrumentFilter.pick({
  ...{ product: true, grade: true, region: true, incoterm: true, currency: true, unit: true },
});
const barsShape = z.object({ period: z.enum(periods), from: z.iso.date().optional(), to: z.iso.date().optional() });

/** Door 2: partner systems, under the same rules as people. */
export const marketDataRpcs = rpcs<MarketDataServiceServer, Clients>(MarketDataServiceService, {
  listInstruments: {
    access: signedIn,
    action: async (ctx, { limit: asked, cursor, ...request }) => {
      if (asked < 0 || asked > 200) throw serviceErrors.error('REQUEST_INVALID', 'The limit is 1 to 200.');
      const limit = asked || 50;
      const page = { ...read(filterShape, request), before: readCursor(cursor || undefined), limit: limit + 1 };
      const rows = await ctx.read((work) => listInstruments(work, page));
      const { items, nextCursor } = toPage(
        rows.map((row) => ({ ...row, id: row.instrumentId })),
        limit,
      );
      return { instruments: items.map(toInstrument), nextCursor: nextCursor ?? '' };
    },
  },
  getLatest: {
    access: signedIn,
    action: async (ctx, { instrumentIds }) => {
      const now = ctx.clock.now();
      const quotes = await latestFigures(ctx, idsOf(instrumentIds));
      return {
        quotes: quotes.map(({ instrument, figures }) => ({
          instrument: toInstrument(instrument),
          figures: figures.map((figure) => toFigure(figure, now)),
        })),
      };
    },
  },
  getBars: {
    access: signedIn,
    action: async (ctx, { instrumentId, period, from, to, knownAt, sourceId }) => {
      const asked = read(barsShape, { period: period || 'day', from: from || undefined, to: to || undefined });
      const query = { ...asked, knownAt, sourceId: sourceId ? idsOf([sourceId])[0] : undefined };
      const [series] = await readSeries(ctx, idsOf([instrumentId]), query);
      return {
        instrument: series && toInstrument(series.instrument),
        lines: (series?.lines ?? []).map(({ source, bars }) => ({ source: toSource(source), bars: bars.map(toBar) })),
      };
    },
  },
  getLivePrice: {
    access: { services: ['gateway'] },
    action: async (ctx, { instrumentId }) => {
      const [quote] = await latestFigures(ctx, idsOf([instrumentId]));
      const figures = (quote?.figures ?? []).filter(({ latest }) => latest.licence.display);
      return { sequence: quote?.instrument.sequence ?? 0n, figures: figures.map(({ latest }) => liveFigure(latest)) };
    },
  },
  watchPrices: {
    access: signedIn,
    action: async function* (ctx, { instrumentIds }) {
      for await (const { instrument, figure } of watchPrices(ctx, idsOf(instrumentIds))) {
        yield { instrumentId: instrument.instrumentId, figure: toFigure(figure, ctx.clock.now()) };
      }
    },
  },
});

/** Errors: REQUEST_INVALID. */
function idsOf(ids: readonly string[]): string[] {
  if (ids.length >= 1 && ids.length <= 200 && ids.every(isId)) return [...new Set(ids)];
  throw serviceErrors.error('REQUEST_INVALID', 'Name 1 to 200 by a UUID in lower case each.');
}

/** Errors: REQUEST_INVALID with a pointer to each field at fault. */
function read<S extends z.ZodType>(shape: S, sent: unknown): z.output<S> {
  const result = shape.safeParse(sent);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  throw serviceErrors.error('REQUEST_INVALID', undefined, errors);
}

function toInstrument(row: Instrument): InstrumentMessage {
  const { instrumentId, code, name, product, grade, form, region, incoterm, currency, unit, taxBasis } = row;
  return { instrumentId, code, name, product, grade, form, region, incoterm, currency, unit, taxBasis };
}

function toSource({ sourceId, code, name, kind, attribution }: Source): SourceMessage {
  return { sourceId, code, name, kind, attribution };
}

function toFigure({ latest, source }: Quote['figures'][number], now: Date): FigureMessage {
  const { lowMicros, midMicros, highMicros, kind, edition, validAt, recordedAt, sequence } = latest;
  const stale = isStale(source, validAt, now);
  return {
    source: toSource(source),
    ...{ lowMicros, midMicros, highMicros, kind, edition, validAt, recordedAt, stale, sequence },
  };
}

function toBar({ day, openMicros, highMicros, lowMicros, closeMicros, observations, kinds }: Bar): BarMessage {
  return { day, openMicros, highMicros, lowMicros, closeMicros, observations, kinds: [...kinds] };
}
