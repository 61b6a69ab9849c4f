import type { Logger } from '@clearlot/service';
import type { NatsConnection, Subscription } from 'nats';
import { Feed, type FeedAnswer, type FeedMessage, type State, type Update } from './feed.ts';
import { wireFrame } from './wire-frame.ts';

/** Frames of a topic are at least this far apart: under a storm of bids each screen gets fifty of them a second. */
const frameMs = 20;
/** And so many times as far apart as it takes to write one to everybody, so that there is time left for everything else. */
const frameShare = 3;
/** The bus keeps nothing, and its last message may be the one that was lost. */
const silenceMs = 2_000;
const retryMs = 250;

/** Somebody who watches a topic. */
export interface Watcher {
  /** Takes a frame, ready for the wire, that every watcher of the topic gets. */
  send(frame: Buffer): void;
  /** Tells them that they no longer lead. */
  outbid(topic: string, sequence: number, userIds: ReadonlySet<string>): void;
}

/** What a watcher begins with. */
export interface Beginning {
  state: State;
  /** What they missed since the entry they know; null when that is not known any more. */
  updates: Update[] | null;
}

interface TopicOptions {
  name: string;
  subject: string;
  nats: NatsConnection;
  log: Logger;
  /** Asks the service how the topic stands, and what follows an entry. Throws when there is no such topic. */
  ask(after: number | undefined): Promise<FeedAnswer>;
}

/** One topic of this gateway: one subscription and one set of frames for all who watch it. */
export class Topic {
  readonly #options: TopicOptions;
  readonly #feed = new Feed();
  readonly #subscription: Subscription;
  readonly #watchers = new Set<Watcher>();
  readonly #silence: NodeJS.Timeout;
  #asking: Promise<void> | undefined;
  #heardAt = performance.now();
  #framedAt = 0;
  /** What writing the last frame to everybody took. */
  #writeMs = 0;
  #frameTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: TopicOptions) {
    this.#options = options;
    this.#subscription = options.nats.subscribe(options.subject, {
      callback: (error, message) => {
        if (!error) this.#hear(message.json<FeedMessage>());
      },
    });
    this.#silence = setInterval(() => {
      if (this.#watchers.size > 0 && performance.now() - this.#heardAt > silenceMs) this.heal();
    }, silenceMs);
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /**
   * Adds a watcher: what it is answered and the frames that follow have every entry after the one it knows, once. Throws what
   * the service answers where there is no such topic.
   */
  async watch(watcher: Watcher, after: number | undefined): Promise<Beginning> {
    // A watcher may know more than we do: another gateway heard it first.
    if (this.#feed.last === undefined || (after ?? 0) > this.#feed.last) await this.#askOnce();
    // What is pending goes out to the others first: it is in the state this one begins with.
    this.#flush();
    const state = this.#feed.state as State;
    this.#watchers.add(watcher);
    if (after === undefined) return { state, updates: null };
    const kept = this.#feed.since(after);
    if (kept) return { state, updates: kept };
    const answer = await this.#options.ask(after).catch(() => undefined);
    const missed = answer?.updates?.filter((each) => each.sequence <= state.sequence);
    return { state, updates: missed && missed.length === state.sequence - after ? missed : null };
  }

  leave(watcher: Watcher): void {
    this.#watchers.delete(watcher);
  }

  /** A frame for every watcher, now. */
  broadcast(message: object): void {
    const frame = wireFrame(JSON.stringify(message));
    for (const watcher of this.#watchers) watcher.send(frame);
  }

  /** Asks the service for what may have been missed. */
  heal(): void {
    if (this.#closed || this.#asking) return;
    void this.#askOnce().catch((error) => {
      this.#options.log.warn({ err: error, topic: this.#options.name }, 'live: will ask again');
      setTimeout(() => this.heal(), retryMs);
    });
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#silence);
    clearTimeout(this.#frameTimer);
    this.#subscription.unsubscribe();
  }

  #hear(message: FeedMessage): void {
    this.#heardAt = performance.now();
    const isWhole = this.#feed.receive(message);
    if (message.outbid.length > 0) {
      const userIds = new Set(message.outbid);
      for (const watcher of this.#watchers) watcher.outbid(this.#options.name, message.to, userIds);
    }
    if (isWhole) this.#frameSoon();
    else this.heal();
  }

  #askOnce(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    // Whatever is committed while we ask is heard or asked for: the subscription came first.
    await this.#options.nats.flush();
    do {
      this.#heardAt = performance.now();
    } while (!this.#feed.sync(await this.#options.ask(this.#feed.last)));
    this.#frameSoon();
  }

  #frameSoon(): void {
    if (this.#frameTimer) return;
    const waitMs = this.#framedAt + Math.max(frameMs, frameShare * this.#writeMs) - performance.now();
    if (waitMs <= 0) this.#flush();
    else this.#frameTimer = setTimeout(() => this.#flush(), waitMs);
  }

  #flush(): void {
    clearTimeout(this.#frameTimer);
    this.#frameTimer = undefined;
    const frame = this.#feed.takeFrame();
    if (!frame) return;
    this.#framedAt = performance.now();
    this.broadcast({ ...frame, topic: this.#options.name, serverTime: new Date().toISOString() });
    this.#writeMs = performance.now() - this.#framedAt;
  }
}
