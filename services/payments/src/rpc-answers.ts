import { createHash } from 'node:crypto';
import type { Context, Tx } from '@clearlot/service';
import { paymentsErrors } from './errors.ts';

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(input: Uint8Array): T;
}

/**
 * Runs a write rpc once per caller and idempotency key: the same key with the same content answers what was answered first,
 * with other content it is PAYMENTS_IDEMPOTENCY_MISMATCH. The answer is stored in the transaction that has the effect; a
 * second call that arrives meanwhile waits for it.
 */
export function answerOnce<Q extends { idempotencyKey: string }, R>(
  ctx: Context,
  rpc: { name: string; request: Codec<Q>; response: Codec<R> },
  request: Q,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  const key = request.idempotencyKey;
  if (key === '' || key.length > 255) {
    throw paymentsErrors.error('PAYMENTS_REQUEST_INVALID', 'An idempotency key of 1 to 255 characters is needed.');
  }
  const hash = createHash('sha256').update(`${rpc.name}\n`).update(rpc.request.encode(request).finish()).digest();
  return ctx.transaction(rpc.name, async (tx) => {
    const caller = tx.actor.id;
    await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`rpc\n${caller}\n${key}`}, 0))`;
    const [stored] = await tx.sql<{ request_hash: Buffer; response: Buffer }[]>`
      select request_hash, response from rpc_answer where caller = ${caller} and key = ${key}`;
    if (stored) {
      if (!hash.equals(stored.request_hash)) throw paymentsErrors.error('PAYMENTS_IDEMPOTENCY_MISMATCH');
      return rpc.response.decode(stored.response);
    }
    const response = await work(tx);
    await tx.sql`insert into rpc_answer (caller, key, request_hash, response, answered_at)
      values (${caller}, ${key}, ${hash}, ${Buffer.from(rpc.response.encode(response).finish())}, ${tx.now})`;
    return response;
  });
}
