import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { instrumentFilter } from '../instruments/shapes.ts';
import { findInstrument } from '../instruments/store.ts';
import { idList, idParams, instant } from '../shapes.ts';
import { readPosition, writePosition } from './cursor.ts';
import { exportObservations } from './export-observations.ts';
import { findLatestFigures, latestFigures } from './latest-figures.ts';
import { observationShape, presentObservation, presentQuote, quoteShape } from './present.ts';
import { listObservations, settleKnown } from './store.ts';

/** `from` to before `to`, by valid time. */
const range = z.object({
  source: z.uuid().optional(),
  from: instant.optional(),
  to: instant.optional(),
  knownAt: instant.optional(),
});

export const observationRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/latest',
    access: signedIn,
    summary: 'The newest figure of each source, by instruments or what they are',
    query: pageQuery.extend(instrumentFilter.shape).extend({ ids: idList.optional() }),
    response: pageOf(quoteShape),
    action: async (ctx, { query: { limit, cursor, ids, ...filter } }) => {
      const before = readCursor(cursor);
      const quotes = ids
        ? await latestFigures(ctx, ids)
        : await findLatestFigures(ctx, { ...filter, before, limit: limit + 1 });
      const rows = quotes.map((quote) => ({ ...quote, id: quote.instrument.instrumentId }));
      return { page: toPage(rows, ids?.length ?? limit), now: ctx.clock.now() };
    },
    present: ({ page: { items, nextCursor }, now }) => ({
      items: items.map((quote) => presentQuote(quote, now)),
      nextCursor,
    }),
  }),
  route({
    method: 'GET',
    path: '/api/market/instruments/:id/observations',
    access: signedIn,
    summary: 'Figures of an instrument, newest first, as known now or on an instant',
    params: idParams,
    query: pageQuery.extend(range.shape),
    response: pageOf(observationShape),
    action: async (ctx, { params, query: { limit, cursor, source: sourceId, ...query } }) => {
      const before = readPosition(cursor);
      if (query.knownAt) await settleKnown(ctx, query.knownAt);
      const rows = await ctx.read(async (work) => {
        await findInstrument(work, params.id);
        return listObservations(work, { ...query, instrumentId: params.id, sourceId, before, limit: limit + 1 });
      });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: last ? writePosition(last) : null };
    },
    present: ({ items, nextCursor }) => ({ items: items.map(presentObservation), nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/market/instruments/:id/observations.csv',
    access: signedIn,
    summary: 'The same as CSV, without what its source does not let be exported',
    params: idParams,
    query: range,
    action: (ctx, { params, query: { source: sourceId, ...query }, reply }) =>
      exportObservations(ctx, { ...query, instrumentId: params.id, sourceId }, reply),
    present: () => undefined,
  }),
];
