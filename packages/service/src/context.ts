import { type Clock, newId } from '@clearlot/kernel';
import { type EventType, events } from '@clearlot/proto/events';
import type { Actor } from './actor.ts';
import { type AuditEntry, auditTrailer } from './audit.ts';
import { outboxTrailer } from './bus/outbox.ts';
import type { Sql } from './db/database.ts';
import { runTransaction, type Trailer, type Work } from './db/transaction.ts';
import { findReplay, type IdempotentRequest, storeAnswer } from './idempotency.ts';
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
        let emitted = false;
        let trailers: Trailer[] = [];
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
            trailers = [];
            return work(createTx(base, service, actor, clock.now(), trailers));
          },
          trailers: (value) => {
            emitted = trailers.length > 0;
            return idempotency ? [...trailers, storeAnswer(actor, idempotency, value)] : trailers;
          },
        });
        if (emitted) kick();
        return result;
      });
    },
  };
}

function createTx(base: Work, service: string, actor: Actor, now: Date, trailers: Trailer[]): Tx {
  const emit: Tx['emit'] = (type, aggregateId, payload) => {
    trailers.push(outboxTrailer(type, aggregateId, payload, now));
  };
  return {
    ...base,
    actor,
    now,
    write: (statement) => trailers.push(() => statement.execute()),
    audit: (entry) => trailers.push(auditTrailer(actor, entry, now)),
    emit,
    notify(userId, template, data) {
      const notificationId = newId();
      const type = events.notification[service as keyof typeof events.notification];
      emit(type, notificationId, { notificationId, userId, template, data });
    },
  };
}
