import { type Clock, newId } from '@clearlot/kernel';
import { type EventType, events } from '@clearlot/proto/events';
import type { Actor } from './actor.ts';
import { type AuditEntry, type AuditRow, auditRow } from './audit.ts';
import { type OutgoingEvent, outgoingEvent } from './bus/outbox.ts';
import type { Sql } from './db/database.ts';
import { runTransaction, type Trailer, type Work } from './db/transaction.ts';
import { answerRow, findReplay, type IdempotentRequest } from './idempotency.ts';
import { recordTrailers } from './record.ts';
import type { Logger } from './telemetry/log.ts';
import { span } from './telemetry/trace.ts';

/** One write transaction: rows, audit and outbox commit together or not at all. */
export interface Tx extends Work {
  readonly actor: Actor;
  /** The instant of this transaction; every row it writes carries the same. */
  readonly now: Date;
  /**
   * A write whose result nobody needs: it goes out with audit, outbox and commit, a round trip earlier than when awaited,
   * and the transaction fails as it fails. What reads it later in the same transaction does not see it.
   */
  write(statement: { execute(): PromiseLike<unknown> }): void;
  audit(entry: AuditEntry): void;
  /** Publishes a past fact about one aggregate after commit, in order with the aggregate's other events. */
  emit<T>(type: EventType<T>, aggregateId: string, payload: T): void;
  /** Has identity tell a person something, once. */
  notify(userId: string, template: string, data: Record<string, string>): void;
}

/** What an action runs in: who acts, which other services it can ask, and its transactions. */
export interface Context<Clients = unknown> {
  readonly actor: Actor;
  readonly clients: Clients;
  readonly clock: Clock;
  readonly log: Logger;
  /** The caller's access token, which travels with calls made on their behalf. */
  readonly accessToken?: string;
  /** One write transaction. An action that answers a request with an Idempotency-Key has exactly one. */
  transaction<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(work: (work: Work) => Promise<T>): Promise<T>;
  /** The same request as somebody it has just proven to be (a login, a refresh). Carries no Idempotency-Key. */
  as(actor: Actor): Context<Clients>;
}

/** The parts of a running service that contexts are made from. */
export interface ContextParts<Clients> {
  service: string;
  sql: Sql;
  clients: Clients;
  clock: Clock;
  log: Logger;
  /** Told after every commit that put something in the outbox. */
  kick(): void;
}

/** A context for one request, message or tick. */
export function createContext<Clients>(
  parts: ContextParts<Clients>,
  actor: Actor,
  request: { accessToken?: string | undefined; idempotency?: IdempotentRequest | undefined } = {},
): Context<Clients> {
  const { service, sql, clients, clock, log, kick } = parts;
  const { idempotency } = request;
  return {
    actor,
    clients,
    clock,
    log,
    ...(request.accessToken ? { accessToken: request.accessToken } : {}),
    as: (other) => createContext(parts, other, { accessToken: request.accessToken }),
    read: (work) => runTransaction({ sql, actor, name: `${service}.read`, readOnly: true, work, trailers: () => [] }),
    transaction<T>(action: string, work: (tx: Tx) => Promise<T>): Promise<T> {
      const name = `${service}.${action}`;
      return span(name, async () => {
        let kept = keeping();
        const result = await runTransaction<T>({
          sql,
          actor,
          name,
          ...(idempotency
            ? {
                before: async (connection) => {
                  const replay = await findReplay(connection, actor, idempotency);
                  return replay ? { answer: replay as T } : undefined;
                },
              }
            : {}),
          work: (base) => {
            kept = keeping();
            return work(createTx(base, service, actor, clock.now(), kept));
          },
          trailers: (value) => {
            const answer = idempotency && answerRow(actor, idempotency, value);
            return [...kept.writes, ...recordTrailers({ ...kept, answer })];
          },
        });
        if (kept.events.length > 0) kick();
        return result;
      });
    },
  };
}

/** What an action hands over to go out with its commit. */
function keeping() {
  return { writes: [] as Trailer[], events: [] as OutgoingEvent[], audits: [] as AuditRow[] };
}

function createTx(base: Work, service: string, actor: Actor, now: Date, kept: ReturnType<typeof keeping>): Tx {
  const emit: Tx['emit'] = (type, aggregateId, payload) => {
    kept.events.push(outgoingEvent(type, aggregateId, payload, now));
  };
  return {
    ...base,
    actor,
    now,
    write: (statement) => kept.writes.push(() => statement.execute()),
    audit: (entry) => kept.audits.push(auditRow(actor, entry, now)),
    emit,
    notify(userId, template, data) {
      const notificationId = newId();
      const type = events.notification[service as keyof typeof events.notification];
      emit(type, notificationId, { notificationId, userId, template, data });
    },
  };
}
