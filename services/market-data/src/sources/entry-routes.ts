import { operators, operatorsLive, pageOf, pageQuery, type Route, readCursor, route, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { readMicros } from '../conversion/decimal.ts';
import { showMicros } from '../observations/micros.ts';
import { kinds } from '../observations/observation.ts';
import { reasons } from '../quality/figure.ts';
import { idParams, instant } from '../shapes.ts';
import { approveEntry, rejectEntry } from './decide-entry.ts';
import { listEntries } from './entry-store.ts';
import { proposeCorrection, proposeEntry } from './propose-entry.ts';
import type { PriceEntry } from './tables.ts';

/** A price as decimal text, per unit of its instrument. */
const price = z.string().max(40);
const text = z.string().trim().min(1);
const kind = z.enum(kinds).exclude(['simulated']);
const status = z.enum(['proposed', 'approved', 'rejected'] satisfies PriceEntry['status'][]);
const decision = z.object({ reason: text.max(2_000) });

const range = {
  instrumentId: z.uuid(),
  validAt: instant,
  low: price,
  mid: price,
  high: price,
  reason: text.max(2_000),
};
const entryBody = z.object({ ...range, kind: kind.default('assessment'), edition: text.max(500) });
const correctionBody = z.object({ ...range, sourceId: z.uuid() });

const entryShape = z.object({
  entryId: z.string(),
  purpose: z.enum(['entry', 'correction']),
  sourceId: z.string(),
  instrumentId: z.string(),
  validAt: z.string(),
  low: z.string(),
  mid: z.string(),
  high: z.string(),
  kind,
  edition: z.string(),
  reason: z.string(),
  /** What the quality rules say of it. */
  doubts: z.array(z.enum(reasons)),
  status,
  enteredBy: z.string(),
  enteredAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
});

function present(row: PriceEntry): z.input<typeof entryShape> {
  const { entryId, purpose, sourceId, instrumentId, edition, reason, doubts, enteredBy, decidedBy, decision } = row;
  return {
    ...{ entryId, purpose, sourceId, instrumentId, validAt: row.validAt.toISOString() },
    ...{ low: showMicros(row.lowMicros), mid: showMicros(row.midMicros), high: showMicros(row.highMicros) },
    ...{ kind: row.figureKind, edition, reason, doubts, status: row.status },
    ...{ enteredBy, enteredAt: row.enteredAt.toISOString(), decidedBy },
    ...{ decidedAt: row.decidedAt?.toISOString() ?? null, decision },
  };
}

function entered<T extends { low: string; mid: string; high: string }>({ low, mid, high, ...rest }: T) {
  return { ...rest, lowMicros: readMicros(low), midMicros: readMicros(mid), highMicros: readMicros(high) };
}

export const entryRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/admin/market/entries',
    access: operators,
    summary: 'Figures and corrections that operators entered',
    query: pageQuery.extend({ status: status.optional() }),
    response: pageOf(entryShape),
    action: async (ctx, { query }) => {
      const filter = { status: query.status, before: readCursor(query.cursor), limit: query.limit + 1 };
      const rows = await ctx.read((work) => listEntries(work, filter));
      return toPage(
        rows.map((row) => ({ ...row, id: row.entryId })),
        query.limit,
      );
    },
    present: ({ items, nextCursor }) => ({ items: items.map(present), nextCursor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/entries',
    access: operators,
    summary: 'Enter a figure; it is published when another operator approves',
    status: 201,
    body: entryBody,
    response: entryShape,
    action: (ctx, { body }) => proposeEntry(ctx, entered(body)),
    present,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/entries/corrections',
    access: operators,
    summary: 'Enter what a recorded figure should have been; another operator decides',
    status: 201,
    body: correctionBody,
    response: entryShape,
    action: (ctx, { body }) => proposeCorrection(ctx, entered(body)),
    present,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/entries/:id/approve',
    access: operatorsLive,
    summary: 'Approve what another operator entered: it is recorded as of now',
    params: idParams,
    body: decision,
    response: entryShape,
    action: (ctx, { params, body }) => approveEntry(ctx, { ...params, ...body }),
    present,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/entries/:id/reject',
    access: operators,
    summary: 'Decline what another operator entered',
    params: idParams,
    body: decision,
    response: entryShape,
    action: (ctx, { params, body }) => rejectEntry(ctx, { ...params, ...body }),
    present,
  }),
];
