import type { EventType } from '@clearlot/proto/events';
import type { Context, Tx } from '../context.ts';

/** Where a message came from, for reactions that need more than its content. */
export interface Envelope {
  messageId: string;
  subject: string;
  aggregateId: string;
  version: bigint;
  occurredAt: Date;
}

/** A reaction to one event: what to ask other services first, then one transaction that handles it. */
export interface Reaction<Clients> {
  readonly name: string;
  readonly type: EventType<unknown>;
  prepare?(context: Context<Clients>, event: unknown, envelope: Envelope): Promise<unknown>;
  handle(tx: Tx, event: unknown, prepared: unknown, envelope: Envelope): Promise<void>;
}

/**
 * Declares a reaction. `prepare` may call other services and runs before the transaction, again on each delivery;
 * `handle` runs in the transaction that also records the message in the inbox, so it has its effect once.
 */
export function reaction<T, Clients = unknown, P = undefined>(definition: {
  /** The file's name: `on-commitment-funded`. Names the actor, crash points and metrics. */
  name: string;
  type: EventType<T>;
  prepare?: (context: Context<Clients>, event: T, envelope: Envelope) => Promise<P>;
  handle: (tx: Tx, event: T, prepared: P, envelope: Envelope) => Promise<void>;
}): Reaction<Clients> {
  return definition as unknown as Reaction<Clients>;
}
