import { newId } from '@clearlot/kernel';
import { systemActor } from '../actor.ts';
import { type ContextParts, createContext, type Tx } from '../context.ts';
import { withTrace } from '../telemetry/trace.ts';
import type { Envelope, Reaction } from './reaction.ts';

/** One message as a consumer received it. */
export interface Delivery extends Envelope {
  payload: Uint8Array;
  traceparent: string | undefined;
}

export type Outcome = 'handled' | 'ignored' | 'duplicate' | 'gap' | 'parked';

/** Ends a transaction whose message turned out not to be handled now. */
class NotNow extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/**
 * Handles one message in one transaction: inbox row, the reaction, its own outbox. A repeated message is a
 * `duplicate`; one whose predecessor has not come yet is a `gap`; one behind an open dead letter of its aggregate is
 * `parked` beside it. `replaying` takes a dead letter past those checks.
 */
export async function handleDelivery<Clients>(
  parts: ContextParts<Clients>,
  consumer: string,
  reactions: ReadonlyMap<string, Reaction<Clients>>,
  delivery: Delivery,
  replaying = false,
): Promise<Outcome> {
  const reaction = reactions.get(delivery.subject);
  const context = createContext(parts, systemActor(`${parts.service}.${reaction?.name ?? 'inbox'}`));
  return withTrace(delivery.traceparent, async () => {
    const event = reaction?.type.codec.decode(delivery.payload);
    const prepared = reaction?.prepare ? await reaction.prepare(context, event, delivery) : undefined;
    try {
      await context.transaction(reaction?.name ?? 'inbox', async (tx) => {
        await claim(tx, consumer, delivery, replaying);
        if (reaction) await reaction.handle(tx, event, prepared, delivery);
      });
      return reaction ? 'handled' : 'ignored';
    } catch (error) {
      if (error instanceof NotNow) return error.outcome;
      throw error;
    }
  });
}

/**
 * Takes the message: its inbox row and the aggregate's cursor, in one round trip; all of it is undone when the message
 * is not for now or its reaction fails.
 */
async function claim(tx: Tx, consumer: string, delivery: Delivery, replaying: boolean): Promise<void> {
  const { aggregateId, version, messageId } = delivery;
  const [fresh, cursor, waiting] = await Promise.all([
    tx.sql`insert into inbox (consumer, message_id, handled_at) values (${consumer}, ${messageId}, ${tx.now})
      on conflict do nothing returning 1`,
    tx.sql<{ last_version: bigint }[]>`select last_version from inbox_cursor
      where consumer = ${consumer} and aggregate_id = ${aggregateId} for update`,
    tx.sql`select 1 from dead_letter where consumer = ${consumer} and aggregate_id = ${aggregateId}
      and replayed_at is null limit 1`,
    replaying ? undefined : advance(tx, consumer, delivery),
  ]);
  if (fresh.length === 0) throw new NotNow('duplicate');
  if (replaying) return;
  if (version > (cursor[0]?.last_version ?? 0n) + 1n) throw new NotNow('gap');
  if (waiting.length > 0) throw new NotNow('parked');
}

/**
 * Moves a message to the dead letters with its error, and the aggregate's cursor past it; later messages of the
 * aggregate are parked behind it. Repeating it changes nothing.
 */
export async function buryDelivery<Clients>(
  parts: ContextParts<Clients>,
  consumer: string,
  delivery: Delivery,
  error: string,
): Promise<void> {
  const context = createContext(parts, systemActor(`${parts.service}.dead-letter`));
  await context.transaction('dead-letter', async (tx) => {
    await Promise.all([
      tx.sql`insert into dead_letter (id, consumer, message_id, subject, aggregate_id, version, payload, traceparent, occurred_at, error)
        values (${newId()}, ${consumer}, ${delivery.messageId}, ${delivery.subject}, ${delivery.aggregateId},
          ${delivery.version}, ${delivery.payload as Buffer}, ${delivery.traceparent ?? null}, ${delivery.occurredAt}, ${error})
        on conflict (consumer, message_id) do nothing`,
      advance(tx, consumer, delivery),
    ]);
  });
}

function advance(tx: Tx, consumer: string, delivery: Delivery) {
  return tx.sql`insert into inbox_cursor as c (consumer, aggregate_id, last_version)
    values (${consumer}, ${delivery.aggregateId}, ${delivery.version})
    on conflict (consumer, aggregate_id) do update set last_version = greatest(c.last_version, excluded.last_version)`;
}
