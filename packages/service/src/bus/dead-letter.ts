import { systemActor } from '../actor.ts';
import { type Context, type ContextParts, createContext } from '../context.ts';
import { serviceErrors } from '../errors.ts';
import type { Consumer } from './consumer.ts';
import { type Delivery, handleDelivery } from './delivery.ts';
import type { Reaction } from './reaction.ts';

/** A message that could not be handled, as operators see it. */
export interface DeadLetter {
  id: string;
  consumer: string;
  subject: string;
  aggregateId: string;
  version: bigint;
  error: string;
  createdAt: string;
  replayedAt: string | null;
}

interface DeadLetterRow {
  id: string;
  consumer: string;
  message_id: string;
  subject: string;
  aggregate_id: string;
  version: bigint;
  payload: Buffer;
  traceparent: string | null;
  occurred_at: string;
  error: string;
  created_at: string;
  replayed_at: string | null;
}

/** The newest dead letters, open ones first. */
export async function listDeadLetters(context: Context): Promise<DeadLetter[]> {
  const rows = await context.read(
    ({ sql }) =>
      sql<DeadLetterRow[]>`select * from dead_letter order by replayed_at nulls first, created_at desc limit 200`,
  );
  return rows.map((row) => ({
    id: row.id,
    consumer: row.consumer,
    subject: row.subject,
    aggregateId: row.aggregate_id,
    version: row.version,
    error: row.error,
    createdAt: row.created_at,
    replayedAt: row.replayed_at,
  }));
}

/**
 * Replays a dead letter and, in version order, everything parked behind it, each handled once whatever happens; stops
 * at the first that fails again. Answers how many were handled. Errors: DEAD_LETTER_NOT_FOUND.
 */
export async function replayDeadLetter<Clients>(
  context: Context<Clients>,
  parts: ContextParts<Clients>,
  consumers: readonly Consumer[],
  id: string,
): Promise<{ replayed: number }> {
  const waiting = await context.read(
    ({ sql }) => sql<DeadLetterRow[]>`select other.* from dead_letter one
      join dead_letter other on other.consumer = one.consumer and other.aggregate_id = one.aggregate_id
      where one.id = ${id} and other.replayed_at is null order by other.version`,
  );
  const consumer = consumers.find((each) => each.name === waiting[0]?.consumer);
  if (!consumer) throw serviceErrors.error('DEAD_LETTER_NOT_FOUND');
  let replayed = 0;
  for (const row of waiting) {
    const reactions = consumer.reactions as unknown as ReadonlyMap<string, Reaction<Clients>>;
    await handleDelivery(parts, row.consumer, reactions, toDelivery(row), true);
    await markReplayed(parts, context.actor.id, row.id);
    replayed++;
  }
  return { replayed };
}

async function markReplayed<Clients>(parts: ContextParts<Clients>, operator: string, id: string): Promise<void> {
  const system = createContext(parts, systemActor(`${parts.service}.dead-letter`));
  await system.transaction('replay-dead-letter', async (tx) => {
    await tx.sql`update dead_letter set replayed_at = ${tx.now}, replayed_by = ${operator} where id = ${id}`;
    tx.audit({ action: 'dead_letter.replayed', entityType: 'dead_letter', entityId: id, after: { by: operator } });
  });
}

function toDelivery(row: DeadLetterRow): Delivery {
  return {
    messageId: row.message_id,
    subject: row.subject,
    aggregateId: row.aggregate_id,
    version: row.version,
    occurredAt: new Date(row.occurred_at),
    payload: row.payload,
    traceparent: row.traceparent ?? undefined,
  };
}
