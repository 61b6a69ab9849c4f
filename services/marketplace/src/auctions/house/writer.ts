import type { Clock } from '@clearlot/kernel';
import { type Command, type Decision, nextWakeAt, view } from '../auction.ts';
import { type AuctionLog, appendEntry } from '../log.ts';
import { type LogEntry, toJson } from '../log-json.ts';
import { type Aliases, type PublicState, type PublicUpdate, publicState, publicUpdate } from '../public-view.ts';
import { type Admitted, type BidAnswer, type BidRequest, commandOf } from './bid.ts';
import { countBid, type LoadedLog, type Proof } from './store.ts';

/** How many commands are decided and committed together at most. */
const groupMax = 500;
/** Longer than a timer of the runtime can be. */
const alarmMsMax = 1_000_000_000;

/** What watchers are told after a commit. */
export interface LiveMessage {
  from: number;
  to: number;
  updates: PublicUpdate[];
  state: PublicState;
  /** People who no longer lead by this. */
  outbid: string[];
}

/** The group a writer wants to add, and all that is to happen with it. */
interface WriterGroup {
  before: number;
  log: AuctionLog;
  entries: LogEntry[];
  live: PublicState;
  wakeAt: Date | null;
  /** The auction is over by this. */
  closes: boolean;
}

export interface WriterOptions {
  clock: Clock;
  loaded: LoadedLog;
  /** Admitted bidders: as they were when the log was loaded, and as they are stored now. */
  admitted: Admitted;
  readAdmitted(): Promise<Admitted>;
  /** Stores a group; false when the auction is somebody else's by now. What it throws leaves open whether it is stored. */
  append(group: WriterGroup): Promise<boolean>;
  publish(message: LiveMessage): void;
  /** Called once when this writer will take nothing more. */
  ended(): void;
}

/** Says that a command was not answered here: ask whoever writes the auction now. */
export class Moved extends Error {}

interface Waiting {
  at: Date;
  request: BidRequest | null;
  resolve(answer: BidAnswer | null): void;
  reject(error: Error): void;
}

/**
 * The one ordered writer of an auction in this process: commands are decided in the order they came, stored in groups (all
 * that came while the last group was stored), and answered only once they are stored. When a group cannot be stored, nothing
 * of what this writer believes counts any more: it ends, and whoever asks again is answered from the stored log.
 */
export class Writer {
  readonly #options: WriterOptions;
  #log: AuctionLog;
  readonly #proofs: Proof[];
  #counts: { bids: number; bidders: Set<string> };
  #admitted: Admitted;
  #aliases: Aliases;
  #queue: Waiting[] = [];
  #busy = false;
  #ended = false;
  #alarm: NodeJS.Timeout | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
    const { log, proofs, bids, bidders } = options.loaded;
    this.#log = log;
    this.#proofs = proofs;
    this.#counts = { bids, bidders };
    this.#admitted = options.admitted;
    this.#aliases = aliasesOf(options.admitted);
    this.#setAlarm();
  }

  /** Decides, stores and answers a request. Throws {@link Moved} when this process no longer writes the auction. */
  submit(request: BidRequest): Promise<BidAnswer> {
    return this.#enqueue(request) as Promise<BidAnswer>;
  }

  /** Takes nothing more; what is not stored yet is to be asked elsewhere. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#alarm);
    this.#options.ended();
    for (const each of this.#queue.splice(0)) each.reject(new Moved());
  }

  /** Stores and answers what it has, then takes nothing more. */
  async finish(): Promise<void> {
    await this.#enqueue(null).catch(() => {});
    this.end();
  }

  #enqueue(request: BidRequest | null): Promise<BidAnswer | null> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(new Moved());
      this.#queue.push({ at: this.#options.clock.now(), request, resolve, reject });
      // Left for this turn of the loop, so that what came in together is stored together.
      if (!this.#busy) {
        this.#busy = true;
        setImmediate(() => void this.#run());
      }
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, groupMax);
      try {
        await this.#store(group);
      } catch {
        for (const each of group) each.reject(new Moved());
        this.end();
      }
    }
    this.#busy = false;
    this.#setAlarm();
  }

  async #store(group: Waiting[]): Promise<void> {
    await this.#learnOf(group);
    const entries: LogEntry[] = [];
    const answers: { sequence: number | null; decision: Decision }[] = [];
    let log = this.#log;
    for (const { at, request } of group) {
      const appended = appendEntry(log, this.#commandOf(request), at);
      log = appended.log;
      entries.push(...appended.entries);
      answers.push(appended);
    }
    if (entries.length > 0) await this.#append(log, entries);
    group.forEach((each, index) => {
      const { sequence, decision } = answers[index] ?? {};
      const proof = this.#proofs[(sequence ?? 0) - 1];
      each.resolve(sequence && decision && proof ? { sequence, ...proof, decision: toJson(decision) } : null);
    });
    if (this.#log.state.status === 'closed') this.end();
  }

  #commandOf(request: BidRequest | null): Command {
    return request ? commandOf(request, this.#admitted.get(request.bidderId)) : { type: 'advance' };
  }

  /** Who was admitted stays admitted, so only of those not known yet is asked. */
  async #learnOf(group: readonly Waiting[]): Promise<void> {
    if (group.every(({ request }) => !request || this.#admitted.has(request.bidderId))) return;
    this.#admitted = await this.#options.readAdmitted();
    this.#aliases = aliasesOf(this.#admitted);
  }

  async #append(log: AuctionLog, entries: LogEntry[]): Promise<void> {
    const before = this.#log.state.sequence;
    const counts = { bids: this.#counts.bids, bidders: new Set(this.#counts.bidders) };
    for (const entry of entries) countBid(counts, entry);
    const live = publicState(log.state, this.#aliases, { bids: counts.bids, bidders: counts.bidders.size });
    const closes = log.state.status === 'closed';
    const group = { before, log, entries, live, wakeAt: nextWakeAt(log.state), closes };
    if (!(await this.#options.append(group))) throw new Moved();
    const outbid = displaced(view(this.#log.state).leaderId, entries);
    this.#log = log;
    this.#counts = counts;
    this.#proofs.push(...entries.map(({ at, hash }) => ({ at, hash })));
    const updates = entries.map((each) => publicUpdate(each, log.state.terms, this.#aliases));
    this.#options.publish({ from: before + 1, to: log.state.sequence, updates, state: live, outbid });
  }

  /** The clock's own steps need nobody to ask for them. What is due is in the row as well, should this process die. */
  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const due = this.#ended ? null : nextWakeAt(this.#log.state);
    if (!due) return;
    const waitMs = Math.min(Math.max(0, due.getTime() - this.#options.clock.now().getTime()), alarmMsMax);
    this.#alarm = setTimeout(() => void this.#enqueue(null).catch(() => {}), waitMs);
  }
}

function aliasesOf(admitted: Admitted): Aliases {
  return new Map([...admitted].map(([bidderId, { alias }]) => [bidderId, alias]));
}

/** Who led at some point and does not at the end of a group. */
function displaced(leaderId: string | null, entries: readonly LogEntry[]): string[] {
  const leaders = new Set<string>();
  let last = leaderId;
  for (const { decision } of entries) {
    if (decision.outcome === 'refused') continue;
    if (last !== null) leaders.add(last);
    last = decision.after.leaderId;
  }
  if (last !== null) leaders.delete(last);
  return [...leaders];
}
