import { operators, operatorsLive, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients, Ctx } from '../clients.ts';
import { presentSource, sourceShape } from '../observations/present.ts';
import { calendars } from '../series/calendar.ts';
import { idParams } from '../shapes.ts';
import { entryRoutes } from './entry-routes.ts';
import { importRoutes } from './import-routes.ts';
import { changeSource, createSource, fetchNow, resolveIncident } from './manage-source.ts';
import { sourceStates } from './schedule.ts';
import { listOpenIncidents, listSourceViews, type SourceView } from './store.ts';
import type { SourceIncident } from './tables.ts';
import { sourceStateOf } from './watch-sources.ts';

const text = z.string().trim().min(1);
/** Half a second to a year. */
const everyMs = z.number().int().min(500).max(31_536_000_000);

const standing = {
  name: text.max(200),
  attribution: z.string().trim().max(1_000),
  /** What its licence allows from now on; what is recorded already keeps what held then. */
  display: z.boolean(),
  export: z.boolean(),
  llm: z.boolean(),
  freshnessTargetMs: z.number().int().min(1_000).max(315_360_000_000),
  calendar: z.enum(calendars),
};
const fetching = { everyMs, settings: z.unknown(), rules: z.unknown() };

const newSource = z.object({
  ...standing,
  ...fetching,
  code: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/),
  kind: z.enum(['http', 'import']),
  attribution: standing.attribution.default(''),
  enabled: z.boolean().default(true),
  everyMs: everyMs.default(3_600_000),
  rules: z.unknown().default({}),
});
const sourceChange = z.object({ ...standing, ...fetching, enabled: z.boolean() }).partial();

const statusShape = sourceShape.extend({
  state: z.enum(sourceStates),
  newestValidAt: z.string().nullable(),
  /** Of its newest figure. */
  ageMs: z.number().nullable(),
  lastSuccessAt: z.string().nullable(),
  freshnessTargetMs: z.number(),
  /** Working days on which it is expected to speak. */
  calendar: z.enum(calendars),
});

const incidentShape = z.object({
  incidentId: z.string(),
  sourceId: z.string(),
  kind: z.enum(['stale', 'failing', 'gap']),
  detail: z.string(),
  openedAt: z.string(),
  resolvedAt: z.string().nullable(),
});

const adminShape = statusShape.extend({
  enabled: z.boolean(),
  licence: z.object({ display: z.boolean(), export: z.boolean(), llm: z.boolean() }),
  everyMs: z.number().nullable(),
  dueAt: z.string().nullable(),
  settings: z.unknown(),
  rules: z.unknown(),
  failures: z.number(),
  lastAttemptAt: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  incidents: z.array(incidentShape),
});

type Status = z.input<typeof statusShape>;
type AdminStatus = z.input<typeof adminShape>;

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

function presentStatus(ctx: Ctx, view: SourceView, all: readonly SourceView[]): Status {
  const { source, health } = view;
  const now = ctx.clock.now();
  const newestValidAt = health?.newestValidAt ?? null;
  return {
    ...presentSource(source),
    state: sourceStateOf({ ...view, newestValidAt }, all, ctx.clients.sourceAccess, now),
    newestValidAt: iso(newestValidAt),
    ageMs: newestValidAt && Math.max(0, now.getTime() - newestValidAt.getTime()),
    lastSuccessAt: iso(health?.lastSuccessAt),
    freshnessTargetMs: source.freshnessTargetMs,
    calendar: source.calendar,
  };
}

function presentAdmin(
  ctx: Ctx,
  view: SourceView,
  all: readonly SourceView[],
  incidents: readonly SourceIncident[],
): AdminStatus {
  const { source, schedule, health } = view;
  const { display, export: exported, llm } = source;
  return {
    ...presentStatus(ctx, view, all),
    enabled: source.enabled,
    licence: { display, export: exported, llm },
    everyMs: schedule?.everyMs ?? null,
    dueAt: iso(schedule?.dueAt),
    settings: schedule?.settings ?? {},
    rules: schedule?.rules ?? {},
    failures: health?.failures ?? 0,
    lastAttemptAt: iso(health?.lastAttemptAt),
    errorCode: health?.errorCode ?? null,
    errorDetail: health?.errorDetail ?? null,
    incidents: incidents.filter(({ sourceId }) => sourceId === source.sourceId).map(presentIncident),
  };
}

function presentIncident(row: SourceIncident): z.input<typeof incidentShape> {
  return { ...row, openedAt: row.openedAt.toISOString(), resolvedAt: iso(row.resolvedAt) };
}

const changedShape = z.object({ sourceId: z.string(), code: z.string(), enabled: z.boolean() });
const presentChanged = ({ source: { sourceId, code, enabled } }: SourceView) => ({ sourceId, code, enabled });

export const sourceRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/sources',
    access: signedIn,
    summary: 'Where figures come from, and how fresh each source is',
    response: z.object({ items: z.array(statusShape) }),
    action: async (ctx) => {
      const views = await ctx.read(listSourceViews);
      return views.map((view) => presentStatus(ctx, view, views));
    },
    present: (items) => ({ items }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/market/sources',
    access: operators,
    summary: 'Sources with their schedules, settings, errors and open incidents',
    response: z.object({ items: z.array(adminShape) }),
    action: (ctx) =>
      ctx.read(async (work) => {
        const [views, incidents] = await Promise.all([listSourceViews(work), listOpenIncidents(work)]);
        return views.map((view) => presentAdmin(ctx, view, views, incidents));
      }),
    present: (items) => ({ items }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/sources',
    access: operatorsLive,
    summary: 'Add a source of CSV or JSON files, fetched from an address or imported',
    status: 201,
    body: newSource,
    response: changedShape,
    action: (ctx, { body }) => createSource(ctx, body),
    present: presentChanged,
  }),
  route({
    method: 'PUT',
    path: '/api/admin/market/sources/:id',
    access: operatorsLive,
    summary: 'Change a source: its licence, schedule, settings, quality rules, or whether it is used',
    params: idParams,
    body: sourceChange,
    response: changedShape,
    action: (ctx, { params, body }) => changeSource(ctx, params.id, body),
    present: presentChanged,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/sources/:id/fetch',
    access: operators,
    summary: 'Fetch a source now',
    status: 202,
    params: idParams,
    response: changedShape,
    action: (ctx, { params }) => fetchNow(ctx, params.id),
    present: presentChanged,
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/sources/incidents/:id/resolve',
    access: operators,
    summary: 'Close an incident of a source',
    params: idParams,
    response: incidentShape,
    action: (ctx, { params }) => resolveIncident(ctx, params.id),
    present: presentIncident,
  }),
  ...importRoutes,
  ...entryRoutes,
];
