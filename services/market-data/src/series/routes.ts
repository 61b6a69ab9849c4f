import { type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { type ConvertedSeries, convertSeries } from '../conversion/convert-series.ts';
import { basisShape } from '../instruments/shapes.ts';
import { idList, idParams, instant } from '../shapes.ts';
import { barsShape, presentBars, presentSeries, seriesShape } from './present.ts';
import { compareSeries, readSeries, type Series } from './read-series.ts';
import { periods } from './series.ts';

/** Days, both included; the last year unless said otherwise. */
const barsQuery = z.object({
  period: z.enum(periods).default('day'),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  knownAt: instant.optional(),
  source: z.uuid().optional(),
});

/** What bars mean once restated, in what the markets still differ, and what to know of it; null where nothing was restated. */
const convertedShape = z
  .object({ basis: basisShape, differs: z.array(z.string()), flags: z.array(z.string()) })
  .nullable();

export const seriesRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/instruments/:id/bars',
    access: signedIn,
    summary: 'Assessment bars of each source: first and last mid, highest high, lowest low',
    params: idParams,
    query: barsQuery,
    response: barsShape,
    action: async (ctx, { params, query: { source: sourceId, ...query } }) =>
      only(await readSeries(ctx, [params.id], { ...query, sourceId })),
    present: presentBars,
  }),
  route({
    method: 'GET',
    path: '/api/market/instruments/:id/series',
    access: signedIn,
    summary: 'Bars with moving averages, trend and volatility',
    params: idParams,
    query: barsQuery.extend({ average: z.coerce.number().int().min(2).max(250).default(20) }),
    response: seriesShape,
    action: async (ctx, { params, query: { source: sourceId, average, ...query } }) => ({
      series: only(await readSeries(ctx, [params.id], { ...query, sourceId })),
      average,
    }),
    present: ({ series, average }) => presentSeries(series, average),
  }),
  route({
    method: 'GET',
    path: '/api/market/compare',
    access: signedIn,
    summary: 'Bars of instruments that mean the same, side by side; or restated in the measure of one',
    query: barsQuery.extend({
      ids: idList,
      /** An instrument, in whose product, currency, unit and tax basis all are restated. */
      convertTo: z.uuid().optional(),
      allowStale: z.stringbool().default(false),
    }),
    response: z.object({ items: z.array(barsShape.extend({ converted: convertedShape })) }),
    action: async (ctx, { query: { ids, source: sourceId, convertTo, allowStale, ...query } }) => {
      if (!convertTo) return (await compareSeries(ctx, ids, { ...query, sourceId })).map((series) => ({ series }));
      const series = await readSeries(ctx, ids, { ...query, sourceId });
      return convertSeries(ctx, series, { instrumentId: convertTo, allowStale });
    },
    present: (items: ({ series: Series } | ConvertedSeries)[]) => ({
      items: items.map((item) => ({
        ...presentBars(item.series),
        converted: 'basis' in item ? { basis: item.basis, differs: item.differs, flags: item.flags } : null,
      })),
    }),
  }),
];

function only([series]: Series[]): Series {
  if (!series) throw new Error('one instrument was asked for');
  return series;
}
