/** What every topic's state has; the rest is the topic's own business. */
export interface Sequenced {
  sequence: number;
}

/** What the platform says of a topic: the answer to a subscription, or a frame after it. */
export type TopicMessage<State, Update> =
  | { type: 'subscribed'; state: State; updates: readonly Update[] | null }
  | { type: 'update'; from: number; to: number; state: State; updates: readonly Update[] }
  | { type: 'reset'; state: State };

/** How many updates stay in memory; what was before is asked for where it is shown. */
export const keptMax = 5_000;

/**
 * A topic as this page knows it: how it stands, and every update since it was first seen, once and in order. A message may come
 * twice, late or not at all; then {@link Feed.take} says that something is missing, and a subscription after {@link Feed.last}
 * fills it.
 */
export class Feed<State extends Sequenced, Update extends Sequenced> {
  #state: State | undefined;
  #updates: readonly Update[] = [];

  get state(): State | undefined {
    return this.#state;
  }

  /** Without a gap between them and up to the state; begins anew where entries cannot be had any more. */
  get updates(): readonly Update[] {
    return this.#updates;
  }

  /** Of the last entry known; undefined before the first answer. */
  get last(): number | undefined {
    return this.#state?.sequence;
  }

  /** Takes a message: it told something, it was known already, or something before it is missing and nothing was taken. */
  take(message: TopicMessage<State, Update>): 'news' | 'known' | 'missing' {
    const last = this.last;
    switch (message.type) {
      case 'subscribed':
        if (last === undefined) return this.#startOver(message.state);
        if (message.state.sequence <= last && message.updates) return 'known';
        if (message.updates && this.#append(last, message.updates, message.state)) return 'news';
        return message.state.sequence === last ? 'known' : this.#startOver(message.state);
      case 'reset':
        return last !== undefined && message.state.sequence <= last ? 'known' : this.#startOver(message.state);
      case 'update':
        if (last === undefined) return 'missing';
        if (message.to <= last) return 'known';
        return this.#append(last, message.updates, message.state) ? 'news' : 'missing';
    }
  }

  /** False, and nothing taken, unless every entry after the last one is there. */
  #append(last: number, updates: readonly Update[], state: State): boolean {
    const fresh = updates.filter(({ sequence }) => sequence > last && sequence <= state.sequence);
    const isWhole = fresh.every(({ sequence }, index) => sequence === last + 1 + index);
    if (!isWhole || fresh.length !== state.sequence - last) return false;
    this.#state = state;
    const all = [...this.#updates, ...fresh];
    this.#updates = all.length > 2 * keptMax ? all.slice(-keptMax) : all;
    return true;
  }

  #startOver(state: State): 'news' {
    this.#state = state;
    this.#updates = [];
    return 'news';
  }
}
