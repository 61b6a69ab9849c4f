import { newId } from '@clearlot/kernel';
import type { Actor } from './actor.ts';
import { databaseRole } from './actor.ts';
import type { Trailer } from './db/transaction.ts';
import { currentTraceId } from './telemetry/trace.ts';

/** Who did what to which thing; `before` and `after` are the values that changed. Secrets never go in. */
export interface AuditEntry {
  /** `commitment.submitted`: the thing and the past fact. */
  action: string;
  entityType: string;
  entityId: string;
  before?: unknown;
  after?: unknown;
}

/** The audit row of one entry, in the caller's transaction. */
export function auditTrailer(actor: Actor, entry: AuditEntry, at: Date): Trailer {
  const traceId = currentTraceId();
  const [before, after] = [toJson(entry.before), toJson(entry.after)];
  return (sql) =>
    sql`insert into audit_log (id, at, actor, actor_role, ip, action, entity_type, entity_id, old_value, new_value, trace_id)
      values (${newId()}, ${at}, ${actor.id}, ${databaseRole(actor)}, ${actor.ip ?? null}, ${entry.action},
        ${entry.entityType}, ${entry.entityId}, ${before}, ${after}, ${traceId})`.execute();
}

function toJson(value: unknown): string | null {
  if (value === undefined) return null;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
}
