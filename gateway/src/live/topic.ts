import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@clearlot/service';
import type { NatsConnection, Subscription } from 'nats';
import { type Beginning, Feed, type FeedMessage } from './feed.ts';
import { fanOutDelay } from './metrics.ts';
import type { TopicOrigin } from './topics.ts';
import { wireFrame } from './wire-frame.ts';

/** Frames of a topic are at least this far apart: under a storm of bids each screen gets fifty of them a second. */
const frameMs = 20;
/** And so many times as far apart as it takes to write one to everybody, so that there is time left for everything else. */
const frameShare = 2;
/** The bus keeps nothing, and its last message may be the one that was lost. */
const silenceMs = 2_000;
/** A bus that is away is not waited for longer: what it loses is found out by its silence. */
const busMs = 1_000;
/** What is missing still is asked for this often at once, then when the hub says. */
const triesMax = 2;

/** Somebody who watches a topic. */
export interface Watcher {
  /** Takes a frame, ready for the wire, that every watcher of the topic gets. */
  send(frame: Buffer): void;
}

interface TopicOptions extends TopicOrigin {
  name: string;
  nats: NatsConnection;
  log: Logger;
  /** Tells people that they no longer lead by what came up to a sequence. */
  outbid(userIds: readonly string[], sequence: number): void;
}

/** One topic of this gateway: one subscription and one set of frames for all who watch it. */
export class Topic {
  readonly #options: TopicOptions;
  readonly #feed = new Feed();
  readonly #subscription: Subscription;
  readonly #watchers = new Set<Watcher>();
  #asking: Promise<void> | undefined;
  /** The bus has taken our subscription. */
  #isHeard = false;
  /** Something is missing, or may be. */
  #isMissing = false;
  #heardAt = performance.now();
  /** When the first entry came that is in no frame yet. */
  #waitingSince: number | undefined;
  #framedAt = 0;
  /** What writing the last frame to everybody took. */
  #writeMs = 0;
  #frameTimer: NodeJS.Timeout | undefined;
  /** Who came knowing more than was shown here. */
  readonly #awaitingFrame: (() => void)[] = [];
  #closed = false;

  constructor(options: TopicOptions) {
    this.#options = options;
    this.#subscription = options.nats.subscribe(options.subject, {
      callback: (error, message) => {
        if (!error) this.#hear(options.read(message.json()));
      },
    });
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** The service knows it. */
  get isKnown(): boolean {
    return this.#feed.last !== undefined;
  }

  get isAsking(): boolean {
    return this.#asking !== undefined;
  }

  /** How long it has been due to be asked for, in milliseconds: because something is missing, or nothing came for long. */
  dueMs(): number {
    if (this.#watchers.size === 0 || this.#asking) return 0;
    return performance.now() - this.#heardAt - (this.#isMissing ? 0 : silenceMs);
  }

  /**
   * Adds a watcher: what it is answered and the frames that follow have every entry after the one it knows, once. Throws what
   * the service answers where there is no such topic.
   */
  async watch(watcher: Watcher, after: number | undefined): Promise<Beginning> {
    // A watcher may know more than we do: another gateway heard it first.
    if (this.#feed.last === undefined || (after ?? 0) > this.#feed.last) await this.#askOnce();
    // Not with a frame of its own: a thousand who come from another gateway would make a thousand for everybody.
    if (Math.min(after ?? 0, this.#feed.last ?? 0) > (this.#feed.shown ?? 0)) await this.#nextFrame();
    const begun = this.#feed.begin(after);
    if (!begun) throw new Error(`${this.#options.name} was asked for and is not known`);
    this.#watchers.add(watcher);
    const { state, updates } = begun;
    if (after === undefined || updates || after > state.sequence) return begun;
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
    this.#askOnce().catch((error) => {
      this.#options.log.warn({ err: error, topic: this.#options.name }, 'live: will ask again');
    });
  }

  /** The bus was away: also an answer that is on its way may be older than what was lost. */
  mistrust(): void {
    this.#isHeard = false;
    this.#isMissing = true;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#frameTimer);
    for (const framed of this.#awaitingFrame.splice(0)) framed();
    this.#subscription.unsubscribe();
  }

  #hear(message: FeedMessage): void {
    this.#heardAt = performance.now();
    const isWhole = this.#feed.receive(message);
    if (message.outbid.length > 0) this.#options.outbid(message.outbid, message.to);
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
    for (let tries = 1; tries <= triesMax; tries++) {
      // Whatever is committed while we ask is heard or asked for: the subscription came first.
      if (!this.#isHeard) await this.#reachBus();
      this.#isMissing = true;
      this.#heardAt = performance.now();
      const isWhole = this.#feed.sync(await this.#options.ask(this.#feed.last));
      this.#frameSoon();
      this.#isMissing = !(isWhole && this.#isHeard);
      if (!this.#isMissing) return;
    }
  }

  async #reachBus(): Promise<void> {
    this.#isHeard = true;
    const flushed = this.#options.nats.flush().catch(() => {});
    await Promise.race([flushed, sleep(busMs, undefined, { ref: false })]);
  }

  #nextFrame(): Promise<void> {
    return new Promise((resolve) => {
      this.#awaitingFrame.push(resolve);
      this.#frameSoon();
    });
  }

  #frameSoon(): void {
    this.#waitingSince ??= performance.now();
    if (this.#frameTimer || this.#closed) return;
    const waitMs = this.#framedAt + Math.max(frameMs, frameShare * this.#writeMs) - performance.now();
    if (waitMs <= 0) this.#flush();
    else this.#frameTimer = setTimeout(() => this.#flush(), waitMs);
  }

  #flush(): void {
    clearTimeout(this.#frameTimer);
    this.#frameTimer = undefined;
    const frame = this.#feed.takeFrame();
    for (const framed of this.#awaitingFrame.splice(0)) framed();
    const since = this.#waitingSince;
    this.#waitingSince = undefined;
    if (!frame) return;
    this.#framedAt = performance.now();
    this.broadcast({ ...frame, topic: this.#options.name, serverTime: new Date().toISOString() });
    const doneAt = performance.now();
    this.#writeMs = doneAt - this.#framedAt;
    if (since !== undefined) fanOutDelay.observe((doneAt - since) / 1_000);
  }
}
