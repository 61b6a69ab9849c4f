import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  after,
  anyTerms,
  englishTerms,
  everyEnglish,
  everyReverse,
  minute,
  record,
  runs,
  softClose,
  steps,
} from './auction.fixture.ts';
import { type AuctionState, apply, type Command, decide, nextWakeAt, openAuction } from './auction.ts';
import { defaultIncrements } from './increments.ts';
import { appendEntry, openLog, replay, verifyLog } from './log.ts';
import { toJson } from './log-json.ts';
import type { EnglishTerms } from './terms.ts';

/** What may be seen and what is secret, without the log's own bookkeeping. */
const moved = ({ answers: _, sequence: __, at: ___, ...rest }: AuctionState) => rest;
describe('auctions of every format', () => {
  it('refused commands move nothing, and entries follow one another in time', () => {
    fc.assert(
      fc.property(anyTerms, steps, (terms, list) => {
        let log = openLog(terms);
        for (const each of list) {
          const before = log.state;
          const appended = appendEntry(log, each.command, after(each.ms));
          log = appended.log;
          if (appended.entries.length === 0) expect(log.state).toBe(before);
          if (appended.entries.length === 0 || appended.decision.outcome === 'accepted') continue;
          const due = nextWakeAt(before);
          const isDue = due !== null && due <= after(each.ms);
          expect(appended.entries.map(({ command: { type } }) => type)).toEqual(
            isDue ? ['advance', each.command.type] : [each.command.type],
          );
          const clocked = appendEntry({ ...log, state: before }, { type: 'advance' }, after(each.ms)).log.state;
          expect(moved(log.state)).toEqual(moved(clocked));
        }
      }),
      runs(300),
    );
  });

  it('the winner never pays past the own limit, is eligible and is not the owner', () => {
    fc.assert(
      fc.property(anyTerms, steps, (terms, list) => {
        const { log, entries } = record(terms, [...list, { command: { type: 'advance' }, ms: 90 * minute }]);
        const { result } = log.state;
        expect(log.state.status).toBe('closed');
        if (result?.outcome !== 'sold') return;
        const bid = entries[result.bidSequence - 1];
        expect(bid).toMatchObject({
          decision: { outcome: 'accepted' },
          command: { bidderId: result.winnerId, standing: 'eligible' },
        });
        expect(result.winnerId).not.toBe('owner');
        if (bid?.command.type !== 'bid') return;
        const limit = BigInt(bid.command.amountMinor);
        expect(terms.format === 'reverse' ? result.priceMinor >= limit : result.priceMinor <= limit).toBe(true);
      }),
      runs(500),
    );
  });

  it('a reverse never rises, whatever is asked of it', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let price = everyReverse.startingMinor;
        for (const { decision } of record(everyReverse, list).entries) {
          if (decision.outcome === 'refused' || decision.after.priceMinor === null) continue;
          expect(BigInt(decision.after.priceMinor)).toBeLessThanOrEqual(price);
          price = BigInt(decision.after.priceMinor);
        }
      }),
      runs(500),
    );
  });

  it('closes move later only, by bids that take the lead, and never past cap and hard stop', () => {
    fc.assert(
      fc.property(fc.constantFrom(everyEnglish, everyReverse), steps, (terms, list) => {
        let [closesAt, leaderId]: [string, string | null] = [terms.closesAt.toISOString(), null];
        const moves: string[] = [];
        for (const { command: given, decision } of record(terms, list).entries) {
          if (decision.outcome === 'refused') continue;
          const next = decision.after;
          if (next.closesAt !== closesAt) {
            expect(next.closesAt > closesAt).toBe(true);
            expect(given.type === 'bid' && given.bidderId === next.leaderId && next.leaderId !== leaderId).toBe(true);
            moves.push(next.closesAt);
          }
          ({ closesAt, leaderId } = next);
        }
        expect(moves.length).toBeLessThanOrEqual(softClose.extensionsMax);
        expect(closesAt <= softClose.hardStopAt.toISOString()).toBe(true);
      }),
      runs(300),
    );
  });

  it('the result is a function of the log: replayed, every entry is the same bytes and the state the same', () => {
    fc.assert(
      fc.property(anyTerms, steps, (terms, list) => {
        const live = record(terms, list);
        const stored = JSON.parse(JSON.stringify(live.entries)) as typeof live.entries;
        const replayed = replay(terms, stored);
        expect(JSON.stringify(replayed.entries)).toBe(JSON.stringify(live.entries));
        expect(replayed.log).toEqual(live.log);
        expect(verifyLog(toJson(terms), stored)).toMatchObject({ whole: true });
      }),
      runs(300),
    );
  });

  it('retried keys change nothing and are answered as before', () => {
    fc.assert(
      fc.property(anyTerms, steps, fc.array(fc.nat(39)), (terms, list, retries) => {
        const { log, entries } = record(terms, list);
        const asked = (command: object) => JSON.stringify(toJson({ ...command, standing: null, sharePpm: null }));
        for (const index of retries) {
          const retried = list[index % list.length]?.command;
          if (!retried || retried.type === 'advance') continue;
          const first = entries.find(
            ({ command: each }) =>
              each.type !== 'advance' && each.key === retried.key && each.bidderId === retried.bidderId,
          );
          const isRetry = first && asked(first.command) === asked(retried);
          if (!isRetry) continue;
          const again = appendEntry(
            log,
            { ...retried, standing: 'no_deposit', sharePpm: 1 } as Command,
            after(81 * minute),
          );
          expect(again.log).toBe(log);
          expect(again).toMatchObject({ entries: [], sequence: first.sequence });
          expect(toJson(again.decision)).toEqual(first.decision);
        }
      }),
      runs(200),
    );
  });

  it('a key given for another bid is refused and keeps its first answer', () => {
    const bid = { type: 'bid', bidderId: 'ann', key: 'k', standing: 'eligible' } as const;
    const first = record(englishTerms(), [{ command: { ...bid, amountMinor: 20_00n }, ms: 0 }]);
    const other = appendEntry(first.log, { ...bid, amountMinor: 30_00n }, after(0));
    expect(other.decision).toEqual({ outcome: 'refused', code: 'MARKETPLACE_BID_KEY_REUSED' });
    const again = appendEntry(other.log, { ...bid, amountMinor: 20_00n }, after(0));
    expect(again).toMatchObject({ entries: [], sequence: 2, decision: { outcome: 'accepted' } });
    const another = appendEntry(other.log, { ...bid, bidderId: 'bob', amountMinor: 40_00n }, after(0));
    expect(another.decision).toMatchObject({ outcome: 'accepted' });
  });
});

/** The rule said again, from the limits alone and in cents of its own table. */
function closedForm(limits: readonly { bidderId: string; amountMinor: bigint; order: number }[], openingMinor: bigint) {
  const own = new Map<string, (typeof limits)[number]>();
  for (const each of limits) {
    const known = own.get(each.bidderId);
    if (!known || each.amountMinor > known.amountMinor) own.set(each.bidderId, each);
  }
  const [winner, second] = [...own.values()].sort((a, b) => Number(b.amountMinor - a.amountMinor) || a.order - b.order);
  if (!winner) return undefined;
  const bounds = [1_00n, 5_00n, 25_00n, 100_00n, 250_00n, 500_00n, 1_000_00n, 2_500_00n, 5_000_00n];
  const steps = [5n, 25n, 50n, 1_00n, 2_50n, 5_00n, 10_00n, 25_00n, 50_00n, 100_00n];
  const step = second ? (steps[bounds.filter((bound) => second.amountMinor >= bound).length] ?? 0n) : 0n;
  const wanted = second ? second.amountMinor + step : openingMinor;
  const capped = wanted < winner.amountMinor ? wanted : winner.amountMinor;
  return { winnerId: winner.bidderId, priceMinor: capped > openingMinor ? capped : openingMinor };
}

describe('an English auction', () => {
  const limit = fc.oneof(
    fc.bigInt({ min: 1n, max: 6_000_00n }),
    fc.bigInt({ min: 1n, max: 60n }).map((each) => each * 1_00n),
  );
  const bids = fc.array(fc.record({ bidderId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), amountMinor: limit }), {
    maxLength: 40,
  });

  it('ends at the second limit plus its increment, capped, at least the opening price', () => {
    fc.assert(
      fc.property(bids, fc.bigInt({ min: 1n, max: 50_00n }), (list, startingMinor) => {
        const terms: EnglishTerms = englishTerms({ startingMinor, increments: defaultIncrements });
        const { entries, log } = record(terms, [
          ...list.map((each, at) => ({
            command: { type: 'bid', key: `${at}`, standing: 'eligible', ...each } as const,
            ms: at,
          })),
          { command: { type: 'advance' }, ms: 60 * minute },
        ]);
        const accepted = entries.flatMap(({ command: each, decision, sequence }) =>
          each.type === 'bid' && decision.outcome === 'accepted'
            ? [{ bidderId: each.bidderId, amountMinor: BigInt(each.amountMinor), order: sequence }]
            : [],
        );
        const expected = closedForm(accepted, startingMinor);
        expect(log.state.result).toMatchObject(expected ? { outcome: 'sold', ...expected } : { outcome: 'unsold' });
      }),
      runs(1_000),
    );
  });

  it('after a retraction is as if the bid had never been made', () => {
    fc.assert(
      fc.property(bids, (list) => {
        const terms = englishTerms({ startingMinor: 5n, retractUntilMsBeforeClose: 0 });
        const commands = list.map(
          (each, at) => ({ type: 'bid', key: `${at}`, standing: 'eligible', ...each }) as const,
        );
        let [before, state] = [openAuction(terms), openAuction(terms)];
        let last: { bidderId: string; bidSequence: number } | undefined;
        for (const each of commands) {
          const decision = decide(state, each, after(0));
          const next = apply(state, { sequence: state.sequence + 1, at: after(0), command: each, decision });
          if (decision.outcome === 'accepted') {
            [before, last] = [state, { bidderId: each.bidderId, bidSequence: next.sequence }];
          }
          state = next;
        }
        if (!last) return;
        const retract = { type: 'retract', key: 'r', ...last } as const;
        const decision = decide(state, retract, after(1));
        expect(decision.outcome).toBe('accepted');
        const retracted = apply(state, { sequence: state.sequence + 1, at: after(1), command: retract, decision });
        expect(retracted.play).toEqual(before.play);
      }),
      runs(300),
    );
  });

  it('goes to the earlier of equal limits, however many there are', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 2 }), limit, (bidders, amountMinor) => {
        const terms = englishTerms({ startingMinor: 1n });
        const { log } = record(terms, [
          ...bidders.map((bidderId) => ({
            command: { type: 'bid', key: 'k', standing: 'eligible', bidderId, amountMinor } as const,
            ms: 0,
          })),
          { command: { type: 'advance' }, ms: 60 * minute },
        ]);
        expect(log.state.result).toMatchObject({ winnerId: bidders[0] });
      }),
    );
  });
});
