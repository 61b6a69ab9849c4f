import { describe, expect, it } from 'vitest';
import type { LiveState, Rules } from './auction.ts';
import { isPaused, isUrgent, lasting, nextMoment, softCloseRule, timeLeft } from './countdown.ts';

const opens = Date.parse('2026-11-24T10:00:00.000Z');
const at = (seconds: number) => new Date(opens + seconds * 1_000).toISOString();
const nowAt = (seconds: number) => opens + seconds * 1_000;

function liveState(change: Partial<LiveState> = {}): LiveState {
  return {
    ...{ auctionId: 'a', sequence: 1, status: 'open', price: 10_000, leader: null, reserveMet: null, round: null },
    ...{ opensAt: at(0), closesAt: at(3_600), extensions: 0, nextBid: null, bids: 0, bidders: 0, result: null },
    ...change,
  };
}

function rules(change: Partial<Rules> = {}): Rules {
  return { startingMinor: '1000000', hasReserve: false, opensAt: at(0), closesAt: at(3_600), ...change };
}

describe('the time left', () => {
  it.each([
    [2 * 86_400 + 4 * 3_600 + 59, '2 d 4 h'],
    [4 * 3_600 + 58 * 60, '4 h 58 min'],
    [3_600, '1 h 0 min'],
    [3_599, '59:59'],
    [725, '12:05'],
    [9.2, '0:10'],
    [0.001, '0:01'],
  ])('of %d seconds is %s', (seconds, said) => {
    expect(timeLeft(at(seconds), nowAt(0))).toBe(said);
  });

  it('is none once the instant has come', () => {
    expect(timeLeft(at(0), nowAt(0))).toBeUndefined();
    expect(timeLeft(at(0), nowAt(5))).toBeUndefined();
  });

  it('is urgent in the last minute only', () => {
    expect(isUrgent(at(61), nowAt(0))).toBe(false);
    expect(isUrgent(at(60), nowAt(0))).toBe(true);
    expect(isUrgent(at(0), nowAt(1))).toBe(false);
  });
});

describe('the next moment', () => {
  it('is the opening before it opens, and the close after it', () => {
    expect(nextMoment(liveState({ status: 'scheduled' }), rules(), nowAt(-5))).toEqual({
      label: 'Opens in',
      at: at(0),
    });
    expect(nextMoment(liveState(), rules(), nowAt(5))).toEqual({ label: 'Closes in', at: at(3_600) });
    expect(nextMoment(liveState({ status: 'closed' }), rules(), nowAt(5))).toBeUndefined();
  });

  it('is the next step of a falling clock until it stands at its floor', () => {
    const dutch = rules({ everyMs: 60_000, stepMinor: '2000', floorMinor: '995000' });
    expect(nextMoment(liveState(), dutch, nowAt(0))).toEqual({ label: 'The price falls in', at: at(60) });
    expect(nextMoment(liveState(), dutch, nowAt(60))).toEqual({ label: 'The price falls in', at: at(120) });
    expect(nextMoment(liveState(), dutch, nowAt(125))).toEqual({ label: 'The price falls in', at: at(180) });
    expect(nextMoment(liveState(), dutch, nowAt(181))).toEqual({ label: 'Closes in', at: at(3_600) });
  });

  it('is the end of a round, with how many there are where that is known', () => {
    expect(nextMoment(liveState({ round: 3 }), rules({ roundMs: 60_000 }), nowAt(130))).toEqual({
      label: 'Round 3 ends in',
      at: at(180),
    });
    const meat = rules({ roundMs: 60_000, pauseMs: 30_000, rounds: 3 });
    expect(nextMoment(liveState({ round: 2 }), meat, nowAt(100))).toEqual({
      label: 'Round 2 of 3 ends in',
      at: at(150),
    });
  });

  it('is the beginning of the next round in a pause, which the last round does not have', () => {
    const meat = rules({ roundMs: 60_000, pauseMs: 30_000, rounds: 2 });
    expect(nextMoment(liveState({ round: 1 }), meat, nowAt(70))).toEqual({ label: 'Round 2 begins in', at: at(90) });
    expect(isPaused(liveState({ round: 1 }), meat, nowAt(70))).toBe(true);
    expect(isPaused(liveState({ round: 1 }), meat, nowAt(59))).toBe(false);
    expect(isPaused(liveState({ round: 2 }), meat, nowAt(155))).toBe(false);
    expect(nextMoment(liveState({ round: 2 }), meat, nowAt(155))?.label).toBe('Round 2 of 2 ends in');
  });
});

describe('the soft close', () => {
  const softClose = { windowMs: 60_000, extensionMs: 120_000, extensionsMax: 3, hardStopAt: at(4_000) };

  it('says its rule and how often it was used', () => {
    expect(softCloseRule(rules({ softClose }), liveState({ extensions: 1 }))).toBe(
      'A bid that takes the lead in the last 60 s leaves at least 2 min to answer it, at most 3 times. It was extended once.',
    );
    expect(softCloseRule(rules(), liveState())).toBeUndefined();
  });

  it('says that a close is final once all extensions are used or the hard stop is reached', () => {
    expect(softCloseRule(rules({ softClose }), liveState({ extensions: 3 }))).toMatch(/final/);
    expect(softCloseRule(rules({ softClose }), liveState({ extensions: 1, closesAt: at(4_000) }))).toMatch(/final/);
  });
});

it('says lengths in the largest unit that is exact', () => {
  expect([45_000, 60_000, 90_000, 600_000, 5_400_000, 7_200_000].map(lasting)).toEqual([
    '45 s',
    '60 s',
    '90 s',
    '10 min',
    '90 min',
    '2 h',
  ]);
});
