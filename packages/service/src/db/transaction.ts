import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Actor } from '../actor.ts';
import { databaseRole } from '../actor.ts';
import { crashPoint } from '../crash-point.ts';
import { serviceErrors } from '../errors.ts';
import type { Connection, Sql } from './database.ts';

/** What an action does its work with inside one transaction. */
export interface Work {
  /** Typed queries; statements started without awaiting each other travel together. */
  readonly db: PostgresJsDatabase;
  readonly sql: Connection;
}

/** Statements that must commit with the rows but that nobody waits for: audit, outbox, idempotency. */
export type Trailer = (sql: Connection) => PromiseLike<unknown>;

interface TransactionOptions<T> {
  sql: Sql;
  actor: Actor;
  /** Names crash points and errors: `deals.CommitFunds`. */
  name: string;
  readOnly?: boolean;
  /** Runs right after the actor is set; answering a value ends the transaction with it (an idempotent replay). */
  before?: (sql: Connection) => Promise<{ answer: T } | undefined>;
  work: (work: Work) => Promise<T>;
  /** Evaluated after `work`; sent in one write together with the commit. */
  trailers: (result: T) => Trailer[];
}

const RETRIED = new Set(['40001', '40P01']);

/**
 * Runs one transaction as `actor`: begin with the actor's settings travels with the first statement, and audit, outbox
 * and commit travel together, so a simple action costs two round trips. A deadlock or serialization failure runs it again
 * (its effects were undone); any other failure rolls back. A connection lost during commit answers COMMIT_UNKNOWN.
 */
export async function runTransaction<T>(options: TransactionOptions<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(options);
    } catch (error) {
      if (attempt === 5 || !RETRIED.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
    }
  }
}

async function runOnce<T>(options: TransactionOptions<T>): Promise<T> {
  const connection = await reserve(options.sql);
  let committing = false;
  try {
    const opening = open(connection, options.actor, options.readOnly ?? false);
    const early = await options.before?.(connection);
    const result = early ? early.answer : await options.work({ db: typedQueries(connection), sql: connection });
    const trailers = early ? [] : options.trailers(result).map((trailer) => trailer(connection));
    crashPoint(`${options.name}:before-commit`);
    committing = trailers.length > 0 || !options.readOnly;
    const commit = quiet(connection.unsafe('commit').execute());
    const outcomes = await Promise.allSettled([opening, ...trailers]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    if ((await commit).command !== 'COMMIT') throw new Error(`${options.name}: commit answered a rollback`);
    crashPoint(`${options.name}:after-commit`);
    return result;
  } catch (caught) {
    // drizzle wraps what the driver said; codes are read from the driver's error everywhere.
    const error = caught instanceof DrizzleQueryError ? caught.cause : caught;
    await connection.unsafe('rollback').catch(() => {});
    throw lostConnection(error) ? outcomeError(committing) : error;
  } finally {
    connection.release();
  }
}

async function reserve(sql: Sql): Promise<Connection> {
  try {
    return await sql.reserve();
  } catch (error) {
    throw lostConnection(error) ? outcomeError(false) : error;
  }
}

/**
 * Begin and the actor's settings, as one message. Sent without waiting: a failure surfaces with the statements that
 * follow and when the commit is checked.
 */
function open(connection: Connection, actor: Actor, readOnly: boolean): Promise<unknown> {
  const begin = readOnly ? 'begin read only' : 'begin';
  const userId = actor.kind === 'user' ? actor.id : '';
  const text = `${begin}; set local app.user_id = ${literal(userId)}; set local app.role = ${literal(databaseRole(actor))}; set local app.actor = ${literal(actor.id)}`;
  return quiet(connection.unsafe(text).execute());
}

/** Statements without parameters cost half; what they may name is ids of ours, so nothing needs escaping. */
function literal(text: string): string {
  if (!/^[\w.:-]*$/.test(text)) throw new Error('an actor is named by an id or a service');
  return `'${text}'`;
}

function quiet<P extends PromiseLike<unknown>>(promise: P): P {
  promise.then(undefined, () => {});
  return promise;
}

/**
 * drizzle runs text through `unsafe`, unprepared, which costs a round trip more for each statement; here every
 * statement is prepared once per connection, and then statements can travel together.
 */
function typedQueries(connection: Connection): PostgresJsDatabase {
  const client = {
    // drizzle overwrites parsers it is given; the pool's own stay as openDatabase() set them.
    options: { parsers: {}, serializers: {} },
    // Sent now: drizzle's own await would let statements asked for after it overtake it.
    unsafe: (text: string, parameters: never[]) => connection.unsafe(text, parameters, { prepare: true }).execute(),
  };
  return drizzle(client as unknown as Connection);
}

function outcomeError(committing: boolean): Error {
  return serviceErrors.error(committing ? 'COMMIT_UNKNOWN' : 'UNAVAILABLE', 'The database connection was lost.');
}

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '25P03',
]);

/** True for errors that mean the server or the connection went away rather than that the statement was wrong. */
export function lostConnection(error: unknown): boolean {
  return CONNECTION_CODES.has((error as { code?: string } | null)?.code ?? '');
}
