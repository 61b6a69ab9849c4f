import { operators, operatorsLive, pageOf, pageQuery, type Route, readCursor, route, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { showMicros } from '../observations/micros.ts';
import { kinds } from '../observations/observation.ts';
import { idParams } from '../shapes.ts';
import { approveQuarantined, rejectQuarantined } from './decide-quarantine.ts';
import { isReviewable, reasons } from './figure.ts';
import { listQuarantine } from './store.ts';
import type { Quarantined } from './tables.ts';

const status = z.enum(['pending', 'approved', 'rejected'] satisfies Quarantined['status'][]);
const decision = z.object({ reason: z.string().trim().min(1).max(2_000) });

const quarantineShape = z.object({
  quarantineId: z.string(),
  sourceId: z.string(),
  instrumentId: z.string().nullable(),
  symbol: z.string(),
  edition: z.string(),
  validAt: z.string(),
  low: z.string(),
  mid: z.string(),
  high: z.string(),
  kind: z.enum(kinds),
  stated: z.record(z.string(), z.string()),
  citationUrl: z.string().nullable(),
  reasons: z.array(z.enum(reasons)),
  /** Whether it could be approved at all. */
  reviewable: z.boolean(),
  status,
  keptAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
});

function present(row: Quarantined): z.input<typeof quarantineShape> {
  const { quarantineId, sourceId, instrumentId, symbol, edition, stated, citationUrl } = row;
  return {
    ...{ quarantineId, sourceId, instrumentId, symbol, edition, validAt: row.validAt.toISOString() },
    ...{ low: showMicros(row.lowMicros), mid: showMicros(row.midMicros), high: showMicros(row.highMicros) },
    ...{ kind: row.figureKind, stated, citationUrl, reasons: row.reasons },
    reviewable: row.instrumentId !== null && isReviewable(row.reasons),
    ...{ status: row.status, keptAt: row.keptAt.toISOString(), decidedBy: row.decidedBy },
    ...{ decidedAt: row.decidedAt?.toISOString() ?? null, decision: row.decision },
  };
}

export const qualityRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/admin/market/quarantine',
    access: operators,
    summary: 'Figures that were kept back, and why',
    query: pageQuery.extend({ status: status.optional(), sourceId: z.uuid().optional() }),
    response: pageOf(quarantineShape),
    action: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const before = readCursor(cursor);
      const rows = await ctx.read((work) => listQuarantine(work, { ...filter, before, limit: limit + 1 }));
      return toPage(
        rows.map((row) => ({ ...row, id: row.quarantineId })),
        limit,
      );
    },
    present: ({ items, nextCursor }) => ({ items: items.map(present), nextCursor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/quarantine/:id/approve',
    access: operatorsLive,
    summary: 'Believe a figure after all: it is recorded as of now',
    params: idParams,
    body: decision,
    response: quarantineShape,
    action: (ctx, { params, body }) => approveQuarantined(ctx, { ...params, ...body }),
    present,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/quarantine/:id/reject',
    access: operators,
    summary: 'Do not believe a figure',
    params: idParams,
    body: decision,
    response: quarantineShape,
    action: (ctx, { params, body }) => rejectQuarantined(ctx, { ...params, ...body }),
    present,
  }),
];
