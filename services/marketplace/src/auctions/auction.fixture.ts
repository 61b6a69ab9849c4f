import fc from 'fast-check';
import { type AuctionState, apply, type Command, type Decision, decide, openAuction } from './auction.ts';
import { defaultIncrements } from './increments.ts';
import { type AuctionLog, appendEntry, openLog } from './log.ts';
import type { LogEntry } from './log-json.ts';
import type {
  AuctionTerms,
  DutchTerms,
  EnglishTerms,
  JapaneseTerms,
  MeatRoundsTerms,
  ReverseTerms,
  SealedTerms,
} from './terms.ts';

export const minute = 60_000;
const opens = Date.parse('2026-11-24T09:00:00.000Z');

/** An instant so many milliseconds after the opening. */
export const after = (ms: number) => new Date(opens + ms);

const common = { auctionId: 'a1', ownerId: 'owner', currency: 'USD', opensAt: after(0), closesAt: after(60 * minute) };

export const englishTerms = (more: Partial<EnglishTerms> = {}): EnglishTerms => ({
  ...{ format: 'english', ...common, startingMinor: 10_00n, increments: defaultIncrements, ...more },
});
export const reverseTerms = (more: Partial<ReverseTerms> = {}): ReverseTerms => ({
  ...{ format: 'reverse', ...common, startingMinor: 1_000_00n, increments: defaultIncrements, ...more },
});
export const dutchTerms = (more: Partial<DutchTerms> = {}): DutchTerms => ({
  ...{ format: 'dutch', ...common, startingMinor: 100_00n, stepMinor: 15_00n, everyMs: 10 * minute },
  ...{ floorMinor: 50_00n, ...more },
});
export const sealedTerms = <F extends SealedTerms['format']>(format: F, more: Partial<SealedTerms> = {}) => ({
  ...{ ...common, startingMinor: 10_00n, ...more, format },
});
export const japaneseTerms = (more: Partial<JapaneseTerms> = {}): JapaneseTerms => ({
  ...{ format: 'japanese', ...common, startingMinor: 10_00n, increments: [{ belowMinor: null, stepMinor: 5_00n }] },
  ...{ roundMs: 10 * minute, ...more },
});

/** Three rounds of eighteen minutes with pauses of three. */
export const meatRoundsTerms = (more: Partial<MeatRoundsTerms> = {}): MeatRoundsTerms => ({
  ...{ format: 'meat_rounds', ...common, startingMinor: 100_00n, stepMinor: 1_00n, rounds: 3 },
  ...{ roundMs: 18 * minute, pauseMs: 3 * minute, ...more },
});

const manyTimes = Number(process.env.PROPERTY_TIMES ?? 1);
const seed = process.env.PROPERTY_SEED;

/** Of a property: its runs, or many times as many from one seed when asked for (npm run test:deep). */
export const runs = (numRuns: number) => ({ numRuns: numRuns * manyTimes, ...(seed ? { seed: Number(seed) } : {}) });

export const softClose = {
  ...{ windowMs: 10 * minute, extensionMs: 8 * minute, extensionsMax: 3, hardStopAt: after(75 * minute) },
};
export const everyEnglish = englishTerms({
  softClose,
  reserveMinor: 30_00n,
  buyNowMinor: 90_00n,
  retractUntilMsBeforeClose: 0,
});
export const everyReverse = reverseTerms({
  softClose,
  startingMinor: 100_00n,
  reserveMinor: 60_00n,
  buyNowMinor: 5_00n,
});
/** Terms under which everything can happen within few and small bids. */
const everyFormat: readonly AuctionTerms[] = [
  everyEnglish,
  everyReverse,
  dutchTerms(),
  sealedTerms('sealed_first', { retractUntilMsBeforeClose: 20 * minute }),
  sealedTerms('sealed_second', { reserveMinor: 40_00n }),
  japaneseTerms(),
  meatRoundsTerms({ reserveMinor: 80_00n }),
];

const bidder = fc.constantFrom('ann', 'bob', 'cyd', 'dan', 'owner');
// Few keys, so that some are given again, for the same bid and for others.
const keyed = { bidderId: bidder, key: fc.nat(30).map(String) };
const bidding = {
  ...keyed,
  standing: fc.oneof(
    { weight: 8, arbitrary: fc.constant('eligible' as const) },
    fc.constantFrom('not_eligible' as const, 'no_deposit' as const),
  ),
};
const amount = fc.bigInt({ min: -100n, max: 120_00n });
// Each bidder mostly with a share of its own, as the server finds.
const bid = fc
  .record({ type: fc.constant('bid' as const), amountMinor: amount, other: fc.nat(19), ...bidding })
  .map(({ other, ...rest }) => ({
    ...rest,
    ...(rest.bidderId === 'ann' || other === 0
      ? {}
      : { sharePpm: rest.bidderId === 'bob' ? 150_000 : other === 1 ? -1 : 50_000 }),
  }));
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: bid },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('stay' as const), round: fc.integer({ min: 1, max: 5 }), ...bidding }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('buy_now' as const), seenPriceMinor: amount, ...bidding }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('retract' as const), bidSequence: fc.nat(30), ...keyed }) },
  { weight: 1, arbitrary: fc.constant({ type: 'advance' as const }) },
);
/** Commands of any sense, in the order of their times; some before the opening, some after every close. */
export const steps = fc
  .array(fc.record({ command, ms: fc.integer({ min: -minute, max: 80 * minute }) }), { minLength: 1, maxLength: 40 })
  .map((list) => list.toSorted((a, b) => a.ms - b.ms));
export const anyTerms = fc.constantFrom(...everyFormat);

/** An auction under way; each call is at the given milliseconds after the opening. */
export function play(terms: AuctionTerms) {
  let state: AuctionState = openAuction(terms);
  let keys = 0;
  const give = (command: Command, ms: number): Decision => {
    const decision = decide(state, command, after(ms));
    state = apply(state, { sequence: state.sequence + 1, at: after(ms), command, decision });
    return decision;
  };
  const bidding = (bidderId: string) => ({ bidderId, key: `k${keys++}`, standing: 'eligible' as const });
  return {
    give,
    bid: (bidderId: string, amountMinor: bigint, ms = minute, sharePpm?: number) =>
      give({ type: 'bid', amountMinor, sharePpm, ...bidding(bidderId) }, ms),
    buyNow: (bidderId: string, ms = minute) => give({ type: 'buy_now', ...bidding(bidderId) }, ms),
    stay: (bidderId: string, round: number, ms: number) => give({ type: 'stay', round, ...bidding(bidderId) }, ms),
    retract: (bidderId: string, bidSequence: number, ms = minute) =>
      give({ type: 'retract', bidSequence, bidderId, key: `k${keys++}` }, ms),
    /** To the end; the result. */
    close: () => {
      give({ type: 'advance' }, 24 * 60 * minute);
      return state.result;
    },
    get state() {
      return state;
    },
  };
}

/** Commands at milliseconds after the opening, through the log; answers every entry in order. */
export function record(terms: AuctionTerms, steps: readonly { command: Command; ms: number }[]) {
  let log: AuctionLog = openLog(terms);
  const entries: LogEntry[] = [];
  for (const { command, ms } of steps) {
    const appended = appendEntry(log, command, after(ms));
    entries.push(...appended.entries);
    log = appended.log;
  }
  return { log, entries };
}
