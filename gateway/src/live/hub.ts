import { newId } from '@clearlot/kernel';
import type { Logger } from '@clearlot/service';
import type { NatsConnection } from 'nats';
import type { Beginning } from './feed.ts';
import { openSockets } from './metrics.ts';
import { Presence } from './presence.ts';
import type { LiveSocket } from './socket.ts';
import { Topic, type Watcher } from './topic.ts';
import { type Origins, originOf } from './topics.ts';

/** A topic that nobody watches any more is kept this long, for those who reconnect. */
const idleMs = 30_000;
/** Watchers of a topic are told how many they are at most this often. */
const presenceMs = 1_000;
/** How often topics are looked through for those to ask the service about, and how many are asked about at once. */
const healMs = 250;
const healsMax = 32;
/** On the way out everybody is sent away within this long, some at every tick. */
const drainMsMax = 5_000;
const drainTickMs = 10;

interface Entry {
  topic: Topic;
  idle?: NodeJS.Timeout;
  /** Who waits for an answer to begin with. */
  coming: number;
  told: number;
  toldAt: number;
}

/** Every topic and socket of this gateway. */
export class Hub {
  readonly #nats: NatsConnection;
  readonly #origins: Origins;
  readonly #log: Logger;
  readonly #topics = new Map<string, Entry>();
  readonly #sockets = new Set<LiveSocket>();
  readonly #people = new Map<string, Set<LiveSocket>>();
  readonly #presence: Presence;
  readonly #healing: NodeJS.Timeout;
  #closed = false;

  constructor(nats: NatsConnection, origins: Origins, log: Logger) {
    this.#nats = nats;
    this.#origins = origins;
    this.#log = log;
    this.#presence = new Presence(
      nats,
      newId(),
      () => this.#counts(),
      (topic) => this.#topics.get(topic)?.topic.watchers ?? 0,
      () => this.#tellPresence(),
    );
    this.#healing = setInterval(() => this.#healDue(), healMs);
    void this.#mistrustOnReconnect();
  }

  add(socket: LiveSocket): void {
    this.#sockets.add(socket);
    openSockets.set(this.#sockets.size);
    if (this.#closed) socket.restart();
  }

  /** Says who is on a socket, for what is told to people. */
  identify(socket: LiveSocket, before: string | null, now: string | null): void {
    if (before) this.#unlink(socket, before);
    if (!now || !this.#sockets.has(socket)) return;
    const sockets = this.#people.get(now) ?? new Set();
    this.#people.set(now, sockets.add(socket));
  }

  forget(socket: LiveSocket, userId: string | null): void {
    if (userId) this.#unlink(socket, userId);
    this.#sockets.delete(socket);
    openSockets.set(this.#sockets.size);
  }

  /** Begins to watch a topic; see {@link Topic.watch}. */
  async watch(name: string, watcher: Watcher, after: number | undefined): Promise<Beginning> {
    const entry = this.#topics.get(name) ?? { topic: this.#open(name), coming: 0, told: 0, toldAt: 0 };
    this.#topics.set(name, entry);
    clearTimeout(entry.idle);
    entry.coming += 1;
    try {
      return await entry.topic.watch(watcher, after);
    } finally {
      entry.coming -= 1;
      this.#presence.changed();
      this.#release(name, entry);
    }
  }

  leave(name: string, watcher: Watcher): void {
    const entry = this.#topics.get(name);
    if (!entry) return;
    entry.topic.leave(watcher);
    this.#presence.changed();
    this.#release(name, entry);
  }

  /** Watchers of a topic over all gateways. */
  watchers(name: string): number {
    return this.#presence.watchers(name);
  }

  /**
   * Sends everybody to another gateway, a few at a time: each is away for a moment, and the others see every frame until it
   * is their turn. All at once they would wait for each other.
   */
  async close(): Promise<void> {
    this.#closed = true;
    const sockets = [...this.#sockets];
    const atOnce = Math.ceil(sockets.length / (drainMsMax / drainTickMs)) + 1;
    for (let at = 0; at < sockets.length; at += atOnce) {
      if (at > 0) await new Promise((resolve) => setTimeout(resolve, drainTickMs));
      for (const socket of sockets.slice(at, at + atOnce)) socket.restart();
    }
    clearInterval(this.#healing);
    this.#presence.close();
    for (const { topic, idle } of this.#topics.values()) {
      clearTimeout(idle);
      topic.close();
    }
  }

  /** Lets go of a topic that nobody watches: soon, or at once when there is no such thing. */
  #release(name: string, entry: Entry): void {
    const { topic, coming } = entry;
    clearTimeout(entry.idle);
    if (topic.watchers > 0 || coming > 0) return;
    const drop = () => {
      if (this.#topics.get(name) === entry) this.#topics.delete(name);
      topic.close();
    };
    if (topic.isKnown && !this.#closed) entry.idle = setTimeout(drop, idleMs).unref();
    else drop();
  }

  #open(name: string): Topic {
    return new Topic({
      ...{ name, ...originOf(name, this.#origins), nats: this.#nats, log: this.#log },
      outbid: (userIds, sequence) => {
        for (const userId of userIds) {
          for (const socket of this.#people.get(userId) ?? []) socket.outbid(name, sequence);
        }
      },
    });
  }

  #unlink(socket: LiveSocket, userId: string): void {
    const sockets = this.#people.get(userId);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.#people.delete(userId);
  }

  #counts(): Record<string, number> {
    const watched = [...this.#topics].filter(([, { topic }]) => topic.watchers > 0);
    return Object.fromEntries(watched.map(([name, { topic }]) => [name, topic.watchers]));
  }

  #tellPresence(): void {
    const now = performance.now();
    for (const [name, entry] of this.#topics) {
      const watchers = this.#presence.watchers(name);
      if (watchers === entry.told || now - entry.toldAt < presenceMs) continue;
      entry.told = watchers;
      entry.toldAt = now;
      entry.topic.broadcast({ type: 'presence', topic: name, watchers });
    }
  }

  /** Those that are due the longest come first, so that with many topics each has its turn. */
  #healDue(): void {
    const topics = [...this.#topics.values()].map(({ topic }) => topic);
    const asking = topics.filter(({ isAsking }) => isAsking).length;
    const due = topics.map((topic) => ({ topic, dueMs: topic.dueMs() })).filter(({ dueMs }) => dueMs > 0);
    due.sort((a, b) => b.dueMs - a.dueMs);
    for (const { topic } of due.slice(0, Math.max(0, healsMax - asking))) topic.heal();
  }

  async #mistrustOnReconnect(): Promise<void> {
    for await (const { type } of this.#nats.status()) {
      if (type === 'reconnect') for (const { topic } of this.#topics.values()) topic.mistrust();
    }
  }
}
