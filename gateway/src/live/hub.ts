import { newId } from '@clearlot/kernel';
import { currentTraceparent, type Logger } from '@clearlot/service';
import type { NatsConnection } from 'nats';
import { readJson, type Upstream } from '../upstream.ts';
import type { FeedAnswer } from './feed.ts';
import { Presence } from './presence.ts';
import { refused } from './refused.ts';
import type { LiveSocket } from './socket.ts';
import { type Beginning, Topic, type Watcher } from './topic.ts';

/** A topic that nobody watches any more is kept this long, for those who reconnect. */
const idleMs = 30_000;

/** Every topic and socket of this gateway. */
export class Hub {
  readonly #nats: NatsConnection;
  readonly #marketplace: Upstream;
  readonly #log: Logger;
  readonly #topics = new Map<string, { topic: Topic; idle: NodeJS.Timeout | undefined; told: number }>();
  readonly #sockets = new Set<LiveSocket>();
  readonly #presence: Presence;

  constructor(nats: NatsConnection, marketplace: Upstream, log: Logger) {
    this.#nats = nats;
    this.#marketplace = marketplace;
    this.#log = log;
    const own = () => Object.fromEntries([...this.#topics].map(([name, { topic }]) => [name, topic.watchers]));
    this.#presence = new Presence(nats, newId(), own, () => this.#tellPresence());
    void this.#healOnReconnect();
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  add(socket: LiveSocket): void {
    this.#sockets.add(socket);
  }

  forget(socket: LiveSocket): void {
    this.#sockets.delete(socket);
  }

  /** Begins to watch a topic; see {@link Topic.watch}. */
  async watch(name: string, watcher: Watcher, after: number | undefined): Promise<Beginning> {
    const entry = this.#topics.get(name) ?? { topic: this.#open(name), idle: undefined, told: 0 };
    this.#topics.set(name, entry);
    clearTimeout(entry.idle);
    try {
      return await entry.topic.watch(watcher, after);
    } catch (error) {
      this.leave(name, watcher);
      throw error;
    }
  }

  leave(name: string, watcher: Watcher): void {
    const entry = this.#topics.get(name);
    if (!entry) return;
    entry.topic.leave(watcher);
    if (entry.topic.watchers > 0) return;
    clearTimeout(entry.idle);
    entry.idle = setTimeout(() => {
      this.#topics.delete(name);
      entry.topic.close();
    }, idleMs).unref();
  }

  /** Watchers of a topic over all gateways. */
  watchers(name: string): number {
    return this.#presence.watchers(name);
  }

  /** Sends everybody to another gateway. */
  close(): void {
    this.#presence.close();
    for (const socket of this.#sockets) socket.restart();
    for (const { topic, idle } of this.#topics.values()) {
      clearTimeout(idle);
      topic.close();
    }
  }

  #open(name: string): Topic {
    const auctionId = name.slice('auction:'.length);
    return new Topic({
      ...{ name, subject: `live.auction.${auctionId}`, nats: this.#nats, log: this.#log },
      ask: async (after) => {
        const answer = await this.#marketplace.request({
          path: `/api/auctions/${auctionId}/live${after === undefined ? '' : `?after=${after}`}`,
          method: 'GET',
          headers: { traceparent: currentTraceparent() },
          repeatable: true,
        });
        const body = await readJson<FeedAnswer>(answer);
        if (answer.statusCode !== 200) throw refused(body);
        return body;
      },
    });
  }

  #tellPresence(): void {
    for (const [name, entry] of this.#topics) {
      const watchers = this.#presence.watchers(name);
      if (watchers === entry.told) continue;
      entry.told = watchers;
      entry.topic.broadcast({ type: 'presence', topic: name, watchers });
    }
  }

  async #healOnReconnect(): Promise<void> {
    for await (const { type } of this.#nats.status()) {
      if (type === 'reconnect') for (const { topic } of this.#topics.values()) topic.heal();
    }
  }
}
