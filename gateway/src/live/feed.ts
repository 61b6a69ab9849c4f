/** One entry of a topic; everything in it but the sequence is the service's own business. */
export interface Update {
  sequence: number;
}

/** How a topic stands; after its sequence everything else is the service's own business. */
export interface State {
  sequence: number;
}

/** What a service publishes of a topic after a commit: the entries `from` to `to`, and how it stands then. */
export interface FeedMessage {
  from: number;
  to: number;
  updates: Update[];
  state: State;
  /** People who no longer lead by this. */
  outbid: string[];
}

/** What a service answers when asked: how a topic stands, and the entries after the one asked for, unless too many. */
export interface FeedAnswer {
  state: State;
  updates: Update[] | null;
}

/** What goes to every watcher at once: entries that follow the last frame's, or a fresh state where they cannot. */
export type Frame = { type: 'update'; from: number; to: number; updates: Update[]; state: State } | Reset;
interface Reset {
  type: 'reset';
  state: State;
}

/** How many entries are kept for those who come back. */
export const keptMax = 5_000;

/**
 * A topic as a gateway knows it: puts what it hears in order, says when something is missing, and hands out every sequence
 * once. Messages may come twice, late, out of order or not at all; what was asked for instead is taken by {@link sync}.
 */
export class Feed {
  #state: State | undefined;
  #kept: Update[] = [];
  #pending: Update[] = [];
  #reset = false;
  /** Heard while something before it is missing. */
  #early: FeedMessage[] = [];

  /** Of the last entry taken; undefined before the first answer. */
  get last(): number | undefined {
    return this.#state?.sequence;
  }

  get state(): State | undefined {
    return this.#state;
  }

  /** Takes a message. False when entries before it are missing: then ask the service for what follows {@link last}. */
  receive(message: FeedMessage): boolean {
    const last = this.last;
    if (last !== undefined && message.to <= last) return true;
    if (last === undefined || message.from > last + 1) {
      this.#early.push(message);
      return false;
    }
    this.#take(message.updates, message.state);
    return true;
  }

  /** Takes what the service answered when asked for what follows {@link last}, and what was heard meanwhile. */
  sync({ state, updates }: FeedAnswer): boolean {
    const last = this.last;
    if (last === undefined) {
      this.#state = state;
      this.#kept = [];
    } else if (state.sequence > last) {
      if (updates) this.#take(updates, state);
      else this.#startOver(state);
    }
    const early = this.#early.splice(0).sort((a, b) => a.from - b.from);
    return early.map((message) => this.receive(message)).every(Boolean);
  }

  /** The entries after one that somebody knows, or null when they are not all kept: then only the state helps. */
  since(after: number): Update[] | null {
    const first = this.#kept[0]?.sequence ?? (this.last ?? 0) + 1;
    if (this.last === undefined || after > this.last || after < first - 1) return null;
    return this.#kept.slice(after - first + 1);
  }

  /** What was taken since the last frame, as one; undefined when nothing was. */
  takeFrame(): Frame | undefined {
    const updates = this.#pending;
    const [first] = updates;
    const state = this.#state;
    if (!state || (!first && !this.#reset)) return undefined;
    const isReset = this.#reset;
    this.#pending = [];
    this.#reset = false;
    if (isReset || !first) return { type: 'reset', state };
    return { type: 'update', from: first.sequence, to: state.sequence, updates, state };
  }

  #take(updates: readonly Update[], state: State): void {
    const last = this.last ?? 0;
    const fresh = updates.filter(({ sequence }) => sequence > last && sequence <= state.sequence);
    if (fresh.length !== state.sequence - last) {
      this.#startOver(state);
      return;
    }
    this.#state = state;
    this.#pending.push(...fresh);
    this.#kept.push(...fresh);
    if (this.#kept.length > 2 * keptMax) this.#kept = this.#kept.slice(-keptMax);
  }

  #startOver(state: State): void {
    this.#state = state;
    this.#kept = [];
    this.#pending = [];
    this.#reset = true;
  }
}
