import { Events, type NatsConnection } from 'nats';
import { createQuoteCache, type QuoteCache } from './quote-cache.ts';

/** The subject of what watchers of an instrument are told; not kept, as the database is asked for what was missed. */
export const priceSubject = (instrumentId: string) => `live.price.${instrumentId}`;

/** Says and hears that prices of an instrument changed, here or in another replica, and remembers the newest ones. */
export interface Ticker {
  readonly cache: QuoteCache;
  /** Tells everybody; `message` is JSON text. What cannot be told is found when it is asked for. */
  publish(instrumentId: string, message: string): void;
  /** Calls back after a change of any of the instruments; nothing is lost by missing one. Answers how to end. */
  onChange(instrumentIds: readonly string[], heard: () => void): () => void;
  /** Begins to hear of other replicas. */
  open(nats: NatsConnection): { stop(): Promise<void> };
}

/** A ticker of this process alone until it is opened. */
export function createTicker(): Ticker {
  const cache = createQuoteCache();
  const watchers = new Map<string, Set<() => void>>();
  let bus: NatsConnection | undefined;

  const changed = (instrumentId: string) => {
    cache.drop(instrumentId);
    for (const heard of watchers.get(instrumentId) ?? []) heard();
  };

  return {
    cache,
    publish(instrumentId, message) {
      changed(instrumentId);
      // Throws only while the connection is closed for good; the others' memory ends by itself.
      if (bus && !bus.isClosed()) bus.publish(priceSubject(instrumentId), message);
    },
    onChange(instrumentIds, heard) {
      for (const id of instrumentIds) watchers.set(id, (watchers.get(id) ?? new Set()).add(heard));
      return () => {
        for (const id of instrumentIds) {
          watchers.get(id)?.delete(heard);
          if (watchers.get(id)?.size === 0) watchers.delete(id);
        }
      };
    },
    open(nats) {
      bus = nats;
      const subscription = nats.subscribe(priceSubject('*'), {
        callback: (error, message) => {
          if (!error) changed(message.subject.slice(priceSubject('').length));
        },
      });
      const following = follow(nats, cache);
      return {
        async stop() {
          subscription.unsubscribe();
          following.stop();
        },
      };
    },
  };
}

/** While the bus is away nobody tells us of changes, so nothing is remembered. */
function follow(nats: NatsConnection, cache: QuoteCache): { stop(): void } {
  const status = nats.status();
  void (async () => {
    for await (const { type } of status) {
      if (type === Events.Disconnect) cache.suspend(true);
      if (type === Events.Reconnect) cache.suspend(false);
    }
  })();
  return { stop: () => (status as AsyncIterable<unknown> & { stop?: () => void }).stop?.() };
}
