import { operators, pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams } from '../shapes.ts';
import { createInstrument } from './create-instrument.ts';
import { basisShape, instrumentFilter, instrumentShape, presentInstrument } from './shapes.ts';
import { findInstrument, listInstruments } from './store.ts';

export const instrumentRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/instruments',
    access: signedIn,
    summary: 'What prices there are of',
    query: pageQuery.extend(instrumentFilter.shape),
    response: pageOf(instrumentShape),
    action: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const before = readCursor(cursor);
      const rows = await ctx.read((work) => listInstruments(work, { ...filter, before, limit: limit + 1 }));
      return toPage(
        rows.map((row) => ({ ...row, id: row.instrumentId })),
        limit,
      );
    },
    present: ({ items, nextCursor }) => ({ items: items.map(presentInstrument), nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/market/instruments/:id',
    access: signedIn,
    summary: 'One instrument',
    params: idParams,
    response: instrumentShape,
    action: (ctx, { params }) => ctx.read((work) => findInstrument(work, params.id)),
    present: presentInstrument,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/instruments',
    access: operators,
    summary: 'Add an instrument; its code follows from its basis',
    status: 201,
    body: basisShape.extend({ name: z.string().trim().min(1).max(200), form: basisShape.shape.form.default('any') }),
    response: instrumentShape,
    action: (ctx, { body }) => createInstrument(ctx, body),
    present: presentInstrument,
  }),
];
