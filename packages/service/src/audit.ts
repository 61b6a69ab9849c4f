import { newId } from '@clearlot/kernel';
import type { Actor } from './actor.ts';
import { databaseRole } from './actor.ts';
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

/** The columns of an audit row. */
export type AuditRow = ReturnType<typeof auditRow>;

/** An entry as its audit row has it, with who acts, from where and under which trace. */
export function auditRow(actor: Actor, entry: AuditEntry, at: Date) {
  return {
    id: newId(),
    at,
    actor: actor.id,
    actor_role: databaseRole(actor),
    ip: actor.ip ?? null,
    action: entry.action,
    entity_type: entry.entityType,
    entity_id: entry.entityId,
    old_value: toJson(entry.before),
    new_value: toJson(entry.after),
    trace_id: currentTraceId(),
  };
}

function toJson(value: unknown): string | null {
  if (value === undefined) return null;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
}
