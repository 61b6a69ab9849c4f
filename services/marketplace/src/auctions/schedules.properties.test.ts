import fc from 'fast-check';
import { expect, it } from 'vitest';
import { after, anyTerms, everyEnglish, everyReverse, minute, runs, softClose, steps } from './auction.fixture.ts';
import type { Command, Decision } from './auction.ts';
import { type AuctionLog, appendEntry, replay, verifyLog } from './log.ts';
import { type LogEntry, toJson } from './log-json.ts';
import type { AuctionTerms } from './terms.ts';

// The protocol of an auction's writers as house/ holds it, without its database, network and clocks: whoever takes the
// lease gets a new epoch and plays the stored log; commands are decided on the own log, stored in groups by one
// compare-and-append on epoch and sequence, and answered once stored. A schedule may do any of it in any order.

type Asked = Exclude<Command, { type: 'advance' }>;

/** What becomes of a group on its way to the store, and of the store's answer on its way back. */
type Fate =
  | 'answered'
  /** The statement reaches the store twice. */
  | 'repeated'
  /** It is stored, and nobody hears of it. */
  | 'unheard'
  /** The writer gives up waiting; it reaches the store some time later. */
  | 'late'
  | 'lost';

type Happening =
  /** A client asks a writer, for the first time or again, with the same key. */
  | { type: 'ask'; asked: number; writer: number }
  /** Also from a writer that is not dead and believes it still writes. */
  | { type: 'lease'; writer: number }
  | { type: 'decide'; writer: number; skewMs: number }
  | { type: 'commit'; writer: number; fate: Fate }
  /** A late group reaches the store. */
  | { type: 'arrive' }
  | { type: 'crash'; writer: number }
  | { type: 'wait'; ms: number };

interface Group {
  epoch: number;
  /** The sequence of the log it belongs after. */
  before: number;
  entries: LogEntry[];
  answers: { asked: number; decision: Decision }[];
}

interface Writer {
  inbox: number[];
  epoch: number;
  log: AuctionLog | null;
  group: Group | null;
}

const writers = 3;
const writer = fc.nat(writers - 1);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('ask' as const), asked: fc.nat(39), writer }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('lease' as const), writer }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('decide' as const),
      writer,
      skewMs: fc.integer({ min: -2_000, max: 2_000 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ type: fc.constant('commit' as const), writer },
      fate: fc.constantFrom<Fate>('answered', 'answered', 'answered', 'repeated', 'unheard', 'late', 'lost'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'arrive' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('crash' as const), writer }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat(10 * minute) }) },
);
const happenings = fc.array(happening, { minLength: 40, maxLength: 160 });

/** What clients want to ask, each with a key of its own. */
const wishes = steps.map((list) =>
  list.flatMap(({ command }, index): Asked[] => (command.type === 'advance' ? [] : [{ ...command, key: `${index}` }])),
);

// Half of them with closes that nearly every bid moves.
const moving = { softClose: { ...softClose, windowMs: 50 * minute, extensionMs: 55 * minute } };
const terms = fc.oneof(anyTerms, fc.constantFrom({ ...everyEnglish, ...moving }, { ...everyReverse, ...moving }));

/** How often the rarer things happened, so that schedules in which they cannot are noticed. */
const seen = { fenced: 0, repeated: 0, retried: 0, extended: 0, tooLate: 0, unanswered: 0 };

/** One auction with its store, its writers and its clients. */
class World {
  readonly terms: AuctionTerms;
  readonly wishes: readonly Asked[];
  readonly stored: LogEntry[] = [];
  /** The epoch of whoever appended, and the one that ran. */
  readonly appends: { epoch: number; running: number }[] = [];
  /** Every answer that a client got. */
  readonly answers: Decision[][];
  readonly #writers: Writer[] = Array.from({ length: writers }, idle);
  readonly #underWay: Group[] = [];
  #epoch = 0;
  #nowMs = -minute;

  constructor(terms: AuctionTerms, list: readonly Asked[]) {
    this.terms = terms;
    this.wishes = list;
    this.answers = list.map(() => []);
  }

  happen(step: Happening): void {
    if (step.type === 'wait') this.#nowMs += step.ms;
    if (step.type === 'ask' && this.wishes.length > 0)
      this.#at(step.writer).inbox.push(step.asked % this.wishes.length);
    if (step.type === 'lease') this.#lease(step.writer);
    if (step.type === 'decide') this.#decide(this.#at(step.writer), step.skewMs);
    if (step.type === 'commit') this.#commit(step.writer, step.fate);
    if (step.type === 'crash') this.#forget(step.writer);
    const late = step.type === 'arrive' ? this.#underWay.shift() : undefined;
    if (late) this.#store(late);
  }

  /** Nothing fails any more: what is under way arrives, clients ask until they are answered, and the auction closes. */
  settle(): void {
    for (const closing of [false, true]) {
      this.happen({ type: 'lease', writer: 0 });
      while (this.#underWay.length > 0) this.happen({ type: 'arrive' });
      this.wishes.forEach((_, asked) => {
        if (this.answers[asked]?.length === 0) seen.unanswered += 1;
        this.happen({ type: 'ask', asked, writer: 0 });
      });
      if (closing) this.#nowMs = Math.max(this.#nowMs, 100 * minute);
      this.happen({ type: 'decide', writer: 0, skewMs: 0 });
      this.happen({ type: 'commit', writer: 0, fate: 'answered' });
    }
  }

  /** The log of the writer that settled, as it believes it to be. */
  get settled(): AuctionLog | null {
    return this.#at(0).log;
  }

  #at(index: number): Writer {
    return this.#writers[index] as Writer;
  }

  #forget(index: number): void {
    this.#writers[index] = idle();
  }

  #lease(index: number): void {
    const { inbox } = this.#at(index);
    this.#epoch += 1;
    const { log } = replay(this.terms, this.stored);
    this.#writers[index] = { inbox, epoch: this.#epoch, log, group: null };
  }

  /** Adds all that was asked, and what the clock has due, to the group to be stored next. */
  #decide(own: Writer, skewMs: number): void {
    if (!own.log) return;
    own.group ??= { epoch: own.epoch, before: own.log.state.sequence, entries: [], answers: [] };
    const at = after(this.#nowMs + skewMs);
    for (const asked of own.inbox.splice(0)) {
      const appended = appendEntry(own.log, this.wishes[asked] as Asked, at);
      if (appended.entries.length === 0) seen.retried += 1;
      this.#add(own, own.group, appended);
      own.group.answers.push({ asked, decision: appended.decision });
    }
    this.#add(own, own.group, appendEntry(own.log, { type: 'advance' }, at));
  }

  #add(own: Writer, group: Group, { log, entries }: { log: AuctionLog; entries: readonly LogEntry[] }): void {
    own.log = log;
    group.entries.push(...entries);
  }

  #commit(index: number, fate: Fate): void {
    const own = this.#at(index);
    const { group } = own;
    if (!group) return;
    own.group = null;
    if (fate === 'late') this.#underWay.push(group);
    const isHeard = fate === 'answered' || fate === 'repeated';
    // What only repeats what is stored needs no store; anything else is worth nothing unless it is stored.
    const isStored = group.entries.length === 0 || (fate !== 'late' && fate !== 'lost' && this.#store(group));
    if (fate === 'repeated' && group.entries.length > 0 && !this.#store(group)) seen.repeated += 1;
    if (!isHeard || !isStored) this.#forget(index);
    else for (const { asked, decision } of group.answers) this.answers[asked]?.push(decision);
  }

  /** Compare-and-append. */
  #store({ epoch, before, entries }: Group): boolean {
    const isStale = epoch !== this.#epoch;
    if (isStale) seen.fenced += 1;
    if (isStale || before !== this.stored.length) return false;
    this.appends.push({ epoch, running: this.#epoch });
    this.stored.push(...(JSON.parse(JSON.stringify(entries)) as LogEntry[]));
    return true;
  }
}

function idle(): Writer {
  return { inbox: [], epoch: 0, log: null, group: null };
}

it('writers that race, crash and come back, and clients that retry, lose nothing and double nothing', () => {
  fc.assert(
    fc.property(terms, wishes, happenings, (terms, list, schedule) => {
      const world = new World(terms, list);
      for (const step of schedule) world.happen(step);
      world.settle();

      const { stored, appends } = world;
      for (const { epoch, running } of appends) expect(epoch, 'the epoch of who appends').toBe(running);
      const keyOf = ({ bidderId, key }: { bidderId: string; key: string }) => `${bidderId} ${key}`;
      const byKey = new Map<string, LogEntry>();
      for (const entry of stored) {
        if (entry.command.type === 'advance') continue;
        expect(byKey.has(keyOf(entry.command)), 'a key twice').toBe(false);
        byKey.set(keyOf(entry.command), entry);
      }
      expect(byKey.size).toBe(list.length);
      list.forEach((asked, index) => {
        const entry = byKey.get(keyOf(asked));
        expect(entry?.command).toEqual(toJson(asked));
        const answers = world.answers[index] ?? [];
        expect(answers.length).toBeGreaterThan(0);
        for (const answer of answers) expect(toJson(answer)).toEqual(entry?.decision);
      });

      expect(verifyLog(toJson(terms), stored)).toMatchObject({ whole: true });
      const { log, result, entries } = replay(terms, stored);
      expect(entries).toEqual(stored);
      expect(log.state.status).toBe('closed');
      expect(world.settled).toEqual(log);
      expect(result).not.toBeNull();
      seen.extended += log.state.extensions;
      seen.tooLate += stored.filter(({ decision }) => JSON.stringify(decision).includes('AUCTION_CLOSED')).length;
    }),
    runs(300),
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
}, 1_800_000);
