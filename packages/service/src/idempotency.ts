import { createHash } from 'node:crypto';
import type { Actor } from './actor.ts';
import type { Connection } from './db/database.ts';
import { serviceErrors } from './errors.ts';

/** An answer as it was first given. */
export interface StoredAnswer {
  status: number;
  body: unknown;
}

/** A write that carries an Idempotency-Key: the key, what was asked, and how its result reads as an answer. */
export interface IdempotentRequest {
  key: string;
  hash: Buffer;
  present: (result: unknown) => StoredAnswer;
}

/** Marks the result of an action that was answered before; the door sends the stored answer unchanged. */
export class Replay {
  readonly answer: StoredAnswer;
  constructor(answer: StoredAnswer) {
    this.answer = answer;
  }
}

/** The fingerprint of a request: method, address and body text. */
export function requestHash(method: string, path: string, body: string | Buffer): Buffer {
  return createHash('sha256').update(`${method} ${path}\n`).update(body).digest();
}

/** Keys a request's fingerprint, for a service whose bodies hold what a plain hash would let somebody guess. */
export type KeyedHash = (hash: Buffer) => Buffer;

/**
 * Looks the key up under a lock held to the end of the transaction: a stored answer comes back as a Replay, another
 * request under the same key is IDEMPOTENCY_KEY_REUSED, a first one still running is IDEMPOTENCY_IN_FLIGHT.
 */
export async function findReplay(
  sql: Connection,
  actor: Actor,
  request: IdempotentRequest,
): Promise<Replay | undefined> {
  const [[lock], [stored]] = await Promise.all([
    sql<
      { locked: boolean }[]
    >`select pg_try_advisory_xact_lock(hashtextextended(${`${actor.id}\n${request.key}`}, 0)) as locked`,
    sql<{ request_hash: Buffer; status: number; body: unknown }[]>`
      select request_hash, status, body from idempotency where actor = ${actor.id} and key = ${request.key}`,
  ]);
  if (stored) {
    if (!request.hash.equals(stored.request_hash)) throw serviceErrors.error('IDEMPOTENCY_KEY_REUSED');
    return new Replay({ status: stored.status, body: stored.body });
  }
  if (!lock?.locked) throw serviceErrors.error('IDEMPOTENCY_IN_FLIGHT');
  return undefined;
}

/** The columns of a stored answer. */
export type AnswerRow = ReturnType<typeof answerRow>;

/** The answer as it is stored in the transaction that has the effect, so a retry after a crash replays it. */
export function answerRow(actor: Actor, request: IdempotentRequest, result: unknown) {
  const { status, body } = request.present(result);
  return { actor: actor.id, key: request.key, request_hash: request.hash, status, body: JSON.stringify(body ?? null) };
}
