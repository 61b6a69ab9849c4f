import { operators, pageOf, type Route, route, serviceErrors, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { day } from '../conversion/shapes.ts';
import { idParams } from '../shapes.ts';
import { summaryErrors } from './errors.ts';
import { locales } from './language.ts';
import { retractSummary } from './retract-summary.ts';
import { listSummaries, wantRevision } from './store.ts';
import type { MarketSummary } from './tables.ts';

const locale = z.enum(locales);

const summaryShape = z.object({
  summaryId: z.string(),
  day: z.string(),
  locale,
  revision: z.number(),
  status: z.enum(['published', 'retracted']),
  /** Whether a language model wrote it, or, and why, the template. */
  origin: z.enum(['model', 'template']),
  fallbackReason: z.string().nullable(),
  model: z.string().nullable(),
  text: z.string(),
  citations: z.array(
    z.object({
      ...{
        marker: z.number(),
        observationId: z.string(),
        instrumentId: z.string(),
        code: z.string(),
        name: z.string(),
      },
      ...{ per: z.string(), kind: z.string(), low: z.string(), mid: z.string(), high: z.string(), day: z.string() },
      ...{ source: z.string(), edition: z.string() },
      previous: z.object({ mid: z.string(), day: z.string() }).nullable(),
    }),
  ),
  writtenAt: z.string(),
  retractedAt: z.string().nullable(),
  retractionReason: z.string().nullable(),
});

function present(row: MarketSummary): z.input<typeof summaryShape> {
  const { summaryId, revision, status, origin, fallbackReason, model, body: text, citations, retractionReason } = row;
  return {
    ...{
      summaryId,
      day: row.day,
      locale: row.locale,
      revision,
      status,
      origin,
      fallbackReason,
      model,
      text,
      citations,
    },
    ...{
      writtenAt: row.writtenAt.toISOString(),
      retractedAt: row.retractedAt?.toISOString() ?? null,
      retractionReason,
    },
  };
}

export const summaryRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/summaries',
    access: signedIn,
    summary: 'Daily summaries, newest first',
    query: z.object({
      locale: locale.default('en'),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(100).optional(),
    }),
    response: pageOf(summaryShape),
    action: async (ctx, { query: { locale, limit, cursor } }) => {
      const rows = await ctx.read((work) => listSummaries(work, { locale, before: readDay(cursor), limit: limit + 1 }));
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? Buffer.from(last.day).toString('base64url') : null };
    },
    present: ({ items, nextCursor }) => ({ items: items.map(present), nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/market/summaries/latest',
    access: signedIn,
    summary: 'The newest daily summary',
    query: z.object({ locale: locale.default('en') }),
    response: summaryShape,
    action: async (ctx, { query }) => {
      const [newest] = await ctx.read((work) => listSummaries(work, { ...query, limit: 1 }));
      if (!newest) throw summaryErrors.error('MARKET_SUMMARY_NOT_FOUND');
      return newest;
    },
    present,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/summaries/regenerate',
    access: operators,
    summary: 'Have a day’s summary written anew',
    status: 202,
    body: z.strictObject({ day, locale }),
    response: z.object({ day: z.string(), locale, revision: z.number() }),
    action: (ctx, { body }) => ctx.transaction('RegenerateSummary', (tx) => wantRevision(tx, body.day, body.locale)),
    present: ({ day, locale, wantedRevision: revision }) => ({ day, locale, revision }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/summaries/:id/retract',
    access: operators,
    summary: 'Take a day’s summary back',
    params: idParams,
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    response: summaryShape,
    action: (ctx, { params, body }) => retractSummary(ctx, params.id, body.reason),
    present,
  }),
];

/** Errors: CURSOR_INVALID. */
function readDay(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!day.safeParse(text).success) throw serviceErrors.error('CURSOR_INVALID');
  return text;
}
