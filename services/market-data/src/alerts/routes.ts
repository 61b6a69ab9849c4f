import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams } from '../shapes.ts';
import { alertKinds, channels, directions } from './alert.ts';
import { changeAlert, createAlert, removeAlert } from './manage-alerts.ts';
import { type FiringView, findAlert, listAlerts, listFirings, markRead } from './store.ts';
import type { Alert } from './tables.ts';
import { statedRule } from './terms.ts';

const decimal = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'must be a decimal, as text');
const kind = z.enum(alertKinds);

const ruleBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  direction: z.enum(directions).default('above'),
  /** In the instrument's currency per its unit; of a move in percent; of staleness in minutes. */
  limit: decimal,
  /** How far back beyond the limit before it can fire again. */
  band: decimal.default('0'),
  /** Of a move: over how many hours. */
  windowHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 366)
    .optional(),
  cooldownMinutes: z
    .number()
    .int()
    .min(0)
    .max(60 * 24 * 31)
    .default(60),
  channels: z.array(z.enum(channels)).min(1).max(channels.length).default(['in_app']),
  webhookUrl: z.url().max(2000).nullable().default(null),
  enabled: z.boolean().default(true),
});

const createBody = z.discriminatedUnion('kind', [
  ruleBody.extend({ kind: z.enum(['threshold', 'percent_move', 'staleness']), instrumentId: z.uuid() }),
  ruleBody.extend({ kind: z.literal('spread'), instrumentId: z.uuid(), otherInstrumentId: z.uuid() }),
  ruleBody.extend({ kind: z.literal('arbitrage'), routeId: z.uuid() }),
]);

const alertShape = z.object({
  alertId: z.string(),
  name: z.string(),
  kind,
  instrumentId: z.string(),
  otherInstrumentId: z.string().nullable(),
  routeId: z.string().nullable(),
  direction: z.enum(directions),
  limit: z.string(),
  band: z.string(),
  windowHours: z.number().nullable(),
  cooldownMinutes: z.number(),
  channels: z.array(z.enum(channels)),
  webhookUrl: z.string().nullable(),
  enabled: z.boolean(),
  phase: z.enum(['armed', 'fired']),
  lastFiredAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

function present(row: Alert): z.input<typeof alertShape> {
  const { alertId, name, instrumentId, otherInstrumentId, routeId, webhookUrl, enabled, phase } = row;
  return {
    ...{ alertId, name, kind: row.kind, instrumentId, otherInstrumentId, routeId, channels: row.channels, webhookUrl },
    ...{ enabled, phase, ...statedRule(row.kind, row), lastFiredAt: row.lastFiredAt?.toISOString() ?? null },
    ...{ createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() },
  };
}

const firingShape = z.object({
  firingId: z.string(),
  alertId: z.string(),
  alertName: z.string(),
  kind,
  text: z.string(),
  value: z.string(),
  limit: z.string(),
  per: z.string(),
  figures: z.array(
    z.object({
      ...{ code: z.string(), name: z.string(), mid: z.string(), per: z.string(), kind: z.string() },
      ...{ source: z.string(), validAt: z.string() },
    }),
  ),
  firedAt: z.string(),
  readAt: z.string().nullable(),
  webhook: z
    .object({
      state: z.enum(['planned', 'sending', 'delivered', 'failed']),
      attempts: z.number(),
      lastError: z.string().nullable(),
    })
    .nullable(),
});

function presentFiring({ firingId, alertId, detail, firedAt, readAt, delivery }: FiringView) {
  const webhook = delivery && { state: delivery.state, attempts: delivery.attempts, lastError: delivery.lastError };
  const instants = { firedAt: firedAt.toISOString(), readAt: readAt?.toISOString() ?? null };
  return { firingId, alertId, ...detail, ...instants, webhook };
}

export const alertRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/alerts',
    access: signedIn,
    summary: 'Be told when a price does something',
    status: 201,
    body: createBody,
    response: alertShape,
    action: (ctx, { body }) => createAlert(ctx, body, body),
    present,
  }),
  route({
    method: 'GET',
    path: '/api/alerts',
    access: signedIn,
    summary: 'Your alerts, newest first',
    query: pageQuery,
    response: pageOf(alertShape),
    action: async (ctx, { query: { limit, cursor } }) => {
      const filter = { ownerId: ctx.actor.id, before: readCursor(cursor), limit: limit + 1 };
      const rows = await ctx.read((work) => listAlerts(work, filter));
      return toPage(
        rows.map((row) => ({ ...row, id: row.alertId })),
        limit,
      );
    },
    present: ({ items, nextCursor }) => ({ items: items.map(present), nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/alerts/firings',
    access: signedIn,
    summary: 'What your alerts have told you, newest first',
    query: pageQuery.extend({ alertId: z.uuid().optional(), unread: z.stringbool().default(false) }),
    response: pageOf(firingShape),
    action: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const of = { ...filter, ownerId: ctx.actor.id, before: readCursor(cursor), limit: limit + 1 };
      const rows = await ctx.read((work) => listFirings(work, of));
      return toPage(
        rows.map((row) => ({ ...row, id: row.firingId })),
        limit,
      );
    },
    present: ({ items, nextCursor }) => ({ items: items.map(presentFiring), nextCursor }),
  }),
  route({
    method: 'POST',
    path: '/api/alerts/firings/:id/read',
    access: signedIn,
    summary: 'Mark as read',
    params: idParams,
    response: z.object({ firingId: z.string(), readAt: z.string().nullable() }),
    action: (ctx, { params }) => ctx.transaction('MarkFiringRead', (tx) => markRead(tx, ctx.actor.id, params.id)),
    present: ({ firingId, readAt }) => ({ firingId, readAt: readAt?.toISOString() ?? null }),
  }),
  route({
    method: 'GET',
    path: '/api/alerts/:id',
    access: signedIn,
    summary: 'One of your alerts',
    params: idParams,
    response: alertShape,
    action: (ctx, { params }) => ctx.read((work) => findAlert(work, ctx.actor.id, params.id)),
    present,
  }),
  route({
    method: 'GET',
    path: '/api/alerts/:id/webhook-secret',
    access: { roles: ['*'], live: true },
    summary: 'What the webhooks of your alert are signed with',
    params: idParams,
    response: z.object({ secret: z.string() }),
    action: async (ctx, { params }) => {
      const { alertId } = await ctx.read((work) => findAlert(work, ctx.actor.id, params.id));
      return ctx.clients.webhooks.secretOf(alertId);
    },
    present: (secret) => ({ secret }),
  }),
  route({
    method: 'PUT',
    path: '/api/alerts/:id',
    access: signedIn,
    summary: 'State the rule of your alert anew',
    params: idParams,
    body: ruleBody,
    response: alertShape,
    action: (ctx, { params, body }) => changeAlert(ctx, params.id, body),
    present,
  }),
  route({
    method: 'DELETE',
    path: '/api/alerts/:id',
    access: signedIn,
    summary: 'Remove your alert',
    params: idParams,
    response: z.object({ alertId: z.string() }),
    action: (ctx, { params }) => removeAlert(ctx, params.id),
    present: ({ alertId }) => ({ alertId }),
  }),
];
