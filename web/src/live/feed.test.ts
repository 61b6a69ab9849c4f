import { describe, expect, it } from 'vitest';
import { Feed, keptMax } from './feed.ts';

const entry = (sequence: number) => ({ sequence });
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const update = (from: number, to: number) =>
  ({ type: 'update', from, to, state: entry(to), updates: entries(from, to) }) as const;
const snapshot = (sequence: number) => ({ type: 'subscribed', state: entry(sequence), updates: null }) as const;
const resumed = (from: number, to: number) =>
  ({ type: 'subscribed', state: entry(to), updates: entries(from, to) }) as const;

function feedAt(sequence: number) {
  const feed = new Feed<{ sequence: number }, { sequence: number }>();
  feed.take(snapshot(sequence));
  return feed;
}

const sequences = (feed: Feed<{ sequence: number }, { sequence: number }>) =>
  feed.updates.map(({ sequence }) => sequence);

describe('the feed of a topic', () => {
  it('begins with how things stand and shows every update after it', () => {
    const feed = feedAt(7);
    expect(feed.take(update(8, 9))).toBe('news');
    expect(feed.take(update(10, 10))).toBe('news');
    expect(sequences(feed)).toEqual([8, 9, 10]);
    expect(feed.last).toBe(10);
  });

  it('takes nothing of a message while one before it is missing', () => {
    const feed = feedAt(7);
    expect(feed.take(update(9, 9))).toBe('missing');
    expect(feed.last).toBe(7);
    expect(sequences(feed)).toEqual([]);
  });

  it('fills what was lost by a subscription after the last entry', () => {
    const feed = feedAt(7);
    feed.take(update(8, 8));
    feed.take(update(11, 12));
    expect(feed.take(resumed(9, 12))).toBe('news');
    expect(sequences(feed)).toEqual([8, 9, 10, 11, 12]);
  });

  it('shows an entry once though it comes again, alone or among new ones', () => {
    const feed = feedAt(7);
    feed.take(update(8, 9));
    expect(feed.take(update(8, 9))).toBe('known');
    expect(feed.take(update(9, 11))).toBe('news');
    expect(feed.take(resumed(10, 11))).toBe('known');
    expect(sequences(feed)).toEqual([8, 9, 10, 11]);
  });

  it('puts messages in order: the early one asks for what it lacks, the late one is known by then', () => {
    const feed = feedAt(0);
    expect(feed.take(update(3, 4))).toBe('missing');
    expect(feed.take(update(1, 2))).toBe('news');
    expect(feed.take(update(3, 4))).toBe('news');
    expect(feed.take(update(1, 2))).toBe('known');
    expect(sequences(feed)).toEqual([1, 2, 3, 4]);
  });

  it('refuses a frame with a hole in it', () => {
    const feed = feedAt(1);
    expect(feed.take({ type: 'update', from: 2, to: 4, state: entry(4), updates: [entry(2), entry(4)] })).toBe(
      'missing',
    );
    expect(feed.last).toBe(1);
  });

  it('begins anew where what it missed is not kept any more', () => {
    const feed = feedAt(1);
    feed.take(update(2, 3));
    expect(feed.take(snapshot(9_000))).toBe('news');
    expect(sequences(feed)).toEqual([]);
    expect(feed.take(update(9_001, 9_001))).toBe('news');
    expect(sequences(feed)).toEqual([9_001]);
  });

  it('keeps its updates when it comes back and nothing happened', () => {
    const feed = feedAt(1);
    feed.take(update(2, 3));
    expect(feed.take({ type: 'subscribed', state: entry(3), updates: [] })).toBe('known');
    expect(feed.take(snapshot(3))).toBe('known');
    expect(sequences(feed)).toEqual([2, 3]);
  });

  it('goes back where the platform itself knows less, as after a restored backup', () => {
    const feed = feedAt(9);
    expect(feed.take(snapshot(4))).toBe('news');
    expect(feed.last).toBe(4);
    expect(feed.take(update(5, 5))).toBe('news');
  });

  it('begins anew on a reset and ignores one that is older than what it knows', () => {
    const feed = feedAt(3);
    expect(feed.take({ type: 'reset', state: entry(2) })).toBe('known');
    expect(feed.take({ type: 'reset', state: entry(8) })).toBe('news');
    expect(feed.last).toBe(8);
    expect(sequences(feed)).toEqual([]);
  });

  it('does not take frames before it knows how things stand', () => {
    const feed = new Feed<{ sequence: number }, { sequence: number }>();
    expect(feed.take(update(1, 2))).toBe('missing');
    expect(feed.state).toBeUndefined();
  });

  it('holds a bounded number of updates, the newest', () => {
    const feed = feedAt(0);
    for (let at = 1; at <= 2 * keptMax + 1; at += 1) feed.take(update(at, at));
    expect(feed.updates.length).toBe(keptMax);
    expect(feed.updates.at(-1)?.sequence).toBe(2 * keptMax + 1);
  });
});
