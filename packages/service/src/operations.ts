import { z } from 'zod';
import { operators, operatorsLive } from './auth/access.ts';
import type { Consumer } from './bus/consumer.ts';
import { listDeadLetters, replayDeadLetter } from './bus/dead-letter.ts';
import type { Context, ContextParts } from './context.ts';
import { serviceErrors } from './errors.ts';
import { type Route, route } from './http/route.ts';

const auditQuery = z.object({
  entityType: z.string().max(60).optional(),
  entityId: z.string().max(200).optional(),
  actor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** From `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
});

const auditItem = z.object({
  id: z.string(),
  at: z.string(),
  service: z.string(),
  actor: z.string(),
  actorRole: z.string(),
  ip: z.string().nullable(),
  action: z.string(),
  entityType: z.string(),
  entityId: z.string(),
  oldValue: z.unknown(),
  newValue: z.unknown(),
  traceId: z.string().nullable(),
});

interface AuditRow {
  id: string;
  at: string;
  actor: string;
  actor_role: string;
  ip: string | null;
  action: string;
  entity_type: string;
  entity_id: string;
  old_value: unknown;
  new_value: unknown;
  trace_id: string | null;
}

/** What every service offers operators of itself; the gateway merges the services' answers. */
export function operationsRoutes<Clients>(
  parts: ContextParts<Clients>,
  consumers: () => readonly Consumer[],
): Route<Clients>[] {
  return [
    route({
      method: 'GET',
      path: '/api/admin/audit',
      access: operators,
      summary: 'Who did what: newest first, of one entity, of one actor, or of all',
      query: auditQuery,
      response: z.object({ items: z.array(auditItem), nextCursor: z.string().nullable() }),
      action: (context: Context<Clients>, { query }) => listAudit(context, query),
      present: ({ rows, nextCursor }) => ({
        items: rows.map((row) => presentAudit(parts.service, row)),
        nextCursor,
      }),
    }),
    route({
      method: 'GET',
      path: '/api/admin/dead-letters',
      access: operators,
      summary: 'Messages that could not be handled',
      response: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            service: z.string(),
            consumer: z.string(),
            subject: z.string(),
            aggregateId: z.string(),
            version: z.string(),
            error: z.string(),
            createdAt: z.string(),
            replayedAt: z.string().nullable(),
          }),
        ),
      }),
      action: (context: Context<Clients>) => listDeadLetters(context),
      present: (items) => ({
        items: items.map((item) => ({ ...item, service: parts.service, version: item.version.toString() })),
      }),
    }),
    route({
      method: 'POST',
      path: `/api/admin/dead-letters/${parts.service}/:id/replay`,
      access: operatorsLive,
      summary: 'Handle a dead letter and what is parked behind it',
      params: z.object({ id: z.uuid() }),
      response: z.object({ replayed: z.number() }),
      // Each replayed message is handled once by its inbox row; there is no single transaction to store an answer in.
      idempotent: false,
      action: (context: Context<Clients>, { params }) => replayDeadLetter(context, parts, consumers(), params.id),
      present: (result) => result,
    }),
  ];
}

async function listAudit<Clients>(context: Context<Clients>, query: z.output<typeof auditQuery>) {
  const before = readPosition(query.cursor);
  const rows = await context.read(
    ({ sql }) => sql<AuditRow[]>`select * from audit_log
      where (${query.entityType ?? null}::text is null or entity_type = ${query.entityType ?? null})
        and (${query.entityId ?? null}::text is null or entity_id = ${query.entityId ?? null})
        and (${query.actor ?? null}::text is null or actor = ${query.actor ?? null})
        and (${before?.at ?? null}::timestamptz is null or (at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      order by at desc, id desc limit ${query.limit}`,
  );
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last ? Buffer.from(`${last.at} ${last.id}`).toString('base64url') : null };
}

function readPosition(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?) ([0-9a-f-]{36})$/.exec(text);
  if (!match?.[1] || !match[2]) throw serviceErrors.error('CURSOR_INVALID');
  return { at: match[1], id: match[2] };
}

function presentAudit(service: string, row: AuditRow) {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    service,
    actor: row.actor,
    actorRole: row.actor_role,
    ip: row.ip,
    action: row.action,
    entityType: row.entity_type,
    entityId: row.entity_id,
    oldValue: row.old_value,
    newValue: row.new_value,
    traceId: row.trace_id,
  };
}
