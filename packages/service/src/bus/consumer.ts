import { AckPolicy, type ConsumerMessages, DeliverPolicy, type JsMsg, type NatsConnection } from 'nats';
import type { ContextParts } from '../context.ts';
import { crashPoint } from '../crash-point.ts';
import { eventLatency, eventOutcomes } from '../telemetry/metrics.ts';
import { ensureStream, streamOf } from './connection.ts';
import { buryDelivery, type Delivery, handleDelivery } from './delivery.ts';
import { aggregateOf } from './outbox.ts';
import type { Reaction } from './reaction.ts';

const MAX_IN_FLIGHT = 64;
const FAILURES_BEFORE_DEAD = 6;
const GAP_RETRY_MS = 50;

/** A running subscription of this service. */
export interface Consumer {
  readonly name: string;
  readonly reactions: ReadonlyMap<string, Reaction<never>>;
  stop(): Promise<void>;
}

/**
 * Subscribes to every aggregate the reactions speak of, one durable consumer each, shared by the service's replicas.
 * A message is acknowledged after its transaction committed. One that fails is tried again with growing delay, then
 * moved to the dead letters; one whose replica is silent for `takeoverMs` goes to another.
 */
export async function startConsumers<Clients>(
  parts: ContextParts<Clients>,
  nats: NatsConnection,
  reactions: readonly Reaction<Clients>[],
  takeoverMs: number,
): Promise<Consumer[]> {
  const byAggregate = Map.groupBy(reactions, (reaction) => aggregateOf(reaction.type.subject));
  return Promise.all(
    [...byAggregate].map(([aggregate, own]) => startConsumer(parts, nats, aggregate, own, takeoverMs)),
  );
}

async function startConsumer<Clients>(
  parts: ContextParts<Clients>,
  nats: NatsConnection,
  aggregate: string,
  reactions: readonly Reaction<Clients>[],
  takeoverMs: number,
): Promise<Consumer> {
  const name = `${parts.service}__${aggregate.replace('.', '_')}`;
  const area = aggregate.split('.', 1)[0] ?? '';
  const manager = await nats.jetstreamManager();
  await ensureStream(manager, area);
  await manager.consumers.add(streamOf(area), {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    filter_subject: `${aggregate}.>`,
    ack_wait: takeoverMs * 1_000_000,
    max_ack_pending: MAX_IN_FLIGHT * 4,
    max_deliver: -1,
  });
  const source = await nats.jetstream().consumers.get(streamOf(area), name);
  const bySubject = new Map(reactions.map((reaction) => [reaction.type.subject, reaction]));
  const handling = new Set<Promise<void>>();
  const tails = new Map<string, Promise<void>>();
  let stopped = false;
  let messages: ConsumerMessages | undefined;

  const accept = (message: JsMsg) => {
    const delivery = read(message);
    // Messages of one aggregate run one after the other; the version check catches what other replicas reorder.
    const run = (tails.get(delivery.aggregateId) ?? Promise.resolve()).then(() =>
      deliver(parts, name, bySubject, { message, delivery, takeoverMs }),
    );
    tails.set(delivery.aggregateId, run);
    handling.add(run);
    void run.finally(() => {
      handling.delete(run);
      if (tails.get(delivery.aggregateId) === run) tails.delete(delivery.aggregateId);
    });
  };

  const pull = async () => {
    while (!stopped) {
      try {
        messages = await source.consume({ max_messages: MAX_IN_FLIGHT, expires: 5_000, idle_heartbeat: 1_000 });
        for await (const message of messages) {
          accept(message);
          if (handling.size >= MAX_IN_FLIGHT) await Promise.race(handling);
        }
      } catch (error) {
        if (!stopped) parts.log.warn({ err: error, consumer: name }, 'consumer: pulling again');
      }
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const running = pull();

  return {
    name,
    reactions: bySubject,
    async stop() {
      stopped = true;
      await messages?.close();
      await running;
      await Promise.all(handling);
    },
  };
}

async function deliver<Clients>(
  parts: ContextParts<Clients>,
  consumer: string,
  reactions: ReadonlyMap<string, Reaction<Clients>>,
  { message, delivery, takeoverMs }: { message: JsMsg; delivery: Delivery; takeoverMs: number },
): Promise<void> {
  const working = setInterval(() => message.working(), takeoverMs / 3);
  try {
    const outcome = await handleDelivery(parts, consumer, reactions, delivery);
    eventOutcomes.inc({ consumer, outcome });
    if (outcome === 'gap') return message.nak(GAP_RETRY_MS);
    if (outcome === 'parked') await buryDelivery(parts, consumer, delivery, 'waits behind an earlier dead letter');
    crashPoint(`${consumer}:before-ack`);
    message.ack();
    eventLatency.observe({ consumer }, (Date.now() - delivery.occurredAt.getTime()) / 1000);
  } catch (error) {
    await fail(parts, consumer, message, delivery, error);
  } finally {
    clearInterval(working);
  }
}

async function fail<Clients>(
  parts: ContextParts<Clients>,
  consumer: string,
  message: JsMsg,
  delivery: Delivery,
  error: unknown,
): Promise<void> {
  const attempt = message.info.redeliveryCount + 1;
  const transient = (error as { kind?: string }).kind === 'unavailable';
  parts.log.warn({ err: error, consumer, subject: delivery.subject, attempt }, 'consumer: handling failed');
  eventOutcomes.inc({ consumer, outcome: 'failed' });
  if (transient || attempt < FAILURES_BEFORE_DEAD)
    return message.nak(Math.min(30_000, 50 * 2 ** Math.min(attempt, 10)));
  try {
    await buryDelivery(parts, consumer, delivery, String((error as Error).stack ?? error));
    eventOutcomes.inc({ consumer, outcome: 'dead' });
    message.term();
  } catch {
    message.nak(5_000);
  }
}

function read(message: JsMsg): Delivery {
  const head = message.headers;
  return {
    messageId: head?.get('Nats-Msg-Id') ?? '',
    subject: message.subject,
    aggregateId: head?.get('Clearlot-Aggregate-Id') ?? '',
    version: BigInt(head?.get('Clearlot-Aggregate-Version') || '0'),
    occurredAt: new Date(head?.get('Clearlot-Occurred-At') || 0),
    payload: message.data,
    traceparent: head?.get('traceparent') || undefined,
  };
}
