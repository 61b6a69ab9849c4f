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

/** What somebody begins with: how the topic stood at the last frame, and the entries they missed until then. */
export interface Beginning {
  state: State;
  /** Null when the entry they know is not kept any more: then only the state helps. */
  updates: Update[] | null;
}

/** How many entries are kept for those who come back. */
export const keptMax = 5_000;
/** How many messages may wait for what is missing before them; what is beyond is asked for like anything lost. */
const earlyMax = 1_000;

/**
 * A topic as a gateway knows it: puts what it hears in order, says when something is missing, and hands out every sequence
 * once. Messages may come twice, late, out of order or not at all; what was asked for instead is taken by {@link sync}.
 */
export class Feed {
  #state: State | undefined;
  /** As of the last frame: those who begin now get the next one like everybody else. */
  #shown: State | undefined;
  #kept: Update[] = [];
  #pending: Update[] = [];
  #reset = false;
  /** Heard while something before it is missing. */
  #early: FeedMessage[] = [];

  /** Of the last entry taken; undefined before the first answer. */
  get last(): number | undefined {
    return this.#state?.sequence;
  }

  /** Of the last entry in a frame; undefined before the first answer. */
  get shown(): number | undefined {
    return this.#shown?.sequence;
  }

  /**
   * Takes a message. False when entries are missing, before it or in it: then ask the service for what follows
   * {@link last}.
   */
  receive(message: FeedMessage): boolean {
    const last = this.last;
    if (last !== undefined && message.to <= last) return true;
    if (last === undefined || message.from > last + 1) {
      if (this.#early.length < earlyMax) this.#early.push(message);
      return false;
    }
    return message.state.sequence === message.to && this.#take(message.updates, message.state);
  }

  /** Takes what the service answered when asked for what follows {@link last}, and what was heard meanwhile. */
  sync({ state, updates }: FeedAnswer): boolean {
    const last = this.last;
    if (last === undefined) this.#state = this.#shown = state;
    else if (state.sequence > last && !(updates && this.#take(updates, state))) this.#startOver(state);
    const early = this.#early.splice(0).sort((a, b) => a.from - b.from);
    return early.map((message) => this.receive(message)).every(Boolean);
  }

  /**
   * What somebody begins with who knows everything up to an entry, or nothing; the frames that follow begin right after it.
   * Undefined before the first answer.
   */
  begin(after: number | undefined): Beginning | undefined {
    const state = this.#shown;
    return state && { state, updates: after === undefined ? null : this.#between(after, state.sequence) };
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
    this.#shown = state;
    if (isReset || !first) return { type: 'reset', state };
    return { type: 'update', from: first.sequence, to: state.sequence, updates, state };
  }

  #between(after: number, to: number): Update[] | null {
    if (after > to) return null;
    if (after === to) return [];
    const first = this.#kept[0]?.sequence;
    if (first === undefined || after < first - 1) return null;
    return this.#kept.slice(after - first + 1, to - first + 1);
  }

  /** False, and nothing taken, unless every entry after the last one is there. */
  #take(updates: readonly Update[], state: State): boolean {
    const last = this.last ?? 0;
    const fresh = updates.filter(({ sequence }) => sequence > last && sequence <= state.sequence);
    const isWhole = fresh.every(({ sequence }, index) => sequence === last + 1 + index);
    if (!isWhole || fresh.length !== state.sequence - last) return false;
    this.#state = state;
    this.#pending.push(...fresh);
    this.#kept.push(...fresh);
    if (this.#kept.length > 2 * keptMax) this.#kept = this.#kept.slice(-keptMax);
    return true;
  }

  #startOver(state: State): void {
    this.#state = state;
    this.#kept = [];
    this.#pending = [];
    this.#reset = true;
  }
}
