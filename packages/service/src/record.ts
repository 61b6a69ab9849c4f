import type { AuditRow } from './audit.ts';
import type { OutgoingEvent } from './bus/outbox.ts';
import type { Trailer } from './db/transaction.ts';
import type { AnswerRow } from './idempotency.ts';

/** What a transaction leaves behind beside its rows. */
export interface Records {
  events: readonly OutgoingEvent[];
  audits: readonly AuditRow[];
  answer?: AnswerRow | undefined;
}

/**
 * Writes events, audit rows and the answer in one statement, because each statement costs the database and us about as
 * much as an insert itself. Only further events of one aggregate need further ones: their versions follow each other.
 * The aggregate's version row is locked first, so commits of one aggregate happen in version order and the relay can
 * publish by row id.
 */
export function recordTrailers({ events, audits, answer }: Records): Trailer[] {
  const rounds: Statement[] = [];
  const seen = new Map<string, number>();
  for (const event of events) {
    const round = seen.get(event.aggregateId) ?? 0;
    seen.set(event.aggregateId, round + 1);
    roundOf(rounds, round).emit(event);
  }
  for (const audit of audits) roundOf(rounds, 0).insert('audit_log', audit);
  if (answer) roundOf(rounds, 0).insert('idempotency', answer);
  return rounds.map((statement) => statement.trailer());
}

function roundOf(rounds: Statement[], index: number): Statement {
  const round = rounds[index] ?? new Statement();
  rounds[index] = round;
  return round;
}

/** A statement of several inserts. Its text depends only on which ones they are, so that it is prepared once. */
class Statement {
  readonly #parts: string[] = [];
  readonly #values: unknown[] = [];

  emit(event: OutgoingEvent): void {
    const n = this.#parts.length;
    const $ = (value: unknown, type: string) => `$${this.#values.push(value)}::${type}`;
    this.#parts.push(
      `v${n} as (insert into aggregate_version as a (aggregate_id, version) values (${$(event.aggregateId, 'text')}, 1)
        on conflict (aggregate_id) do update set version = a.version + 1 returning aggregate_id, version)`,
      `e${n} as (insert into outbox (message_id, subject, aggregate_id, version, payload, traceparent, occurred_at)
        select ${$(event.messageId, 'uuid')}, ${$(event.subject, 'text')}, aggregate_id, version,
          ${$(event.payload, 'bytea')}, ${$(event.traceparent, 'text')}, ${$(event.occurredAt, 'timestamptz')} from v${n})`,
    );
  }

  insert(table: 'audit_log' | 'idempotency', row: object): void {
    const places = Object.values(row).map((value) => `$${this.#values.push(value)}`);
    const columns = Object.keys(row).join(', ');
    this.#parts.push(`i${this.#parts.length} as (insert into ${table} (${columns}) values (${places.join(', ')}))`);
  }

  trailer(): Trailer {
    const text = `with ${this.#parts.join(', ')} select 1`;
    return (sql) => sql.unsafe(text, this.#values as never[], { prepare: true }).execute();
  }
}
