import { type AuctionState, apply, type Command, type Decision, decide, openAuction } from './auction.ts';
import { defaultIncrements } from './increments.ts';
import { type AuctionLog, appendEntry, openLog } from './log.ts';
import type { LogEntry } from './log-json.ts';
import type { AuctionTerms, DutchTerms, EnglishTerms, JapaneseTerms, ReverseTerms, SealedTerms } from './terms.ts';

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
    bid: (bidderId: string, amountMinor: bigint, ms = minute) =>
      give({ type: 'bid', amountMinor, ...bidding(bidderId) }, ms),
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
