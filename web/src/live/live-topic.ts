import type { Problem } from '../api/problem.ts';
import { Feed, type Sequenced } from './feed.ts';
import type { ServerMessage } from './messages.ts';

/** Under a storm of bids a page shows so many changes a second, not fifty. */
const tellMs = 60;

/** `connecting` before anything is known; `resuming` while what is shown may be old. */
export type ConnectionState = 'connecting' | 'live' | 'resuming';

/** A topic as a screen shows it. */
export interface TopicView {
  state: Sequenced | undefined;
  updates: readonly Sequenced[];
  connection: ConnectionState;
  /** How many screens watch it. */
  watchers: number | undefined;
  /** Why it cannot be watched; asking again would not help. */
  problem: Problem | undefined;
}

export const nothingYet: TopicView = {
  ...{ state: undefined, updates: [], connection: 'connecting' as const },
  ...{ watchers: undefined, problem: undefined },
};

/** A topic that somebody on this page watches: one subscription however many components show it. */
export class LiveTopic {
  readonly #feed = new Feed<Sequenced, Sequenced>();
  readonly #listeners = new Set<() => void>();
  #view: TopicView = nothingYet;
  #watchers: number | undefined;
  #problem: Problem | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The question that is on its way; undefined when there is none. */
  askedId: number | undefined;
  isSubscribed = false;

  get last(): number | undefined {
    return this.#feed.last;
  }

  get view(): TopicView {
    return this.#view;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes what is said of it; false when something before it is missing. */
  take(message: Extract<ServerMessage, { type: 'subscribed' | 'update' | 'reset' }>): boolean {
    this.#watchers = message.watchers ?? this.#watchers;
    const taken = this.#feed.take(message);
    this.tell();
    return taken !== 'missing';
  }

  meet(watchers: number): void {
    this.#watchers = watchers;
    this.tell();
  }

  refuse(problem: Problem): void {
    this.#problem = problem;
    this.tell();
  }

  /** The socket is gone: what is shown may be old from now on. */
  lose(): void {
    this.askedId = undefined;
    this.isSubscribed = false;
    this.tell();
  }

  /** Lets those who show it know, a bounded number of times a second. */
  tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const { state, updates } = this.#feed;
      const connection = this.isSubscribed ? 'live' : state ? 'resuming' : 'connecting';
      this.#view = { state, updates, connection, watchers: this.#watchers, problem: this.#problem };
      for (const listener of this.#listeners) listener();
    }, tellMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
