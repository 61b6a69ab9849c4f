import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feed, type FeedMessage, type Frame, keptMax, type Update } from './feed.ts';

const entries = (from: number, to: number): Update[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ sequence: from + index }));
const message = (from: number, to: number): FeedMessage => ({
  ...{ from, to, updates: entries(from, to), state: { sequence: to }, outbid: [] },
});
const answer = (after: number | undefined, sequence: number) => ({
  state: { sequence },
  updates: after === undefined || sequence - after > keptMax ? null : entries(after + 1, sequence),
});

/** Somebody who watches: checks that what they see follows what they know. */
class Screen {
  last: number | undefined;

  begin(feed: Feed): void {
    const begun = feed.begin(this.last);
    if (!begun) return;
    if (this.last !== undefined && begun.updates) {
      expect(begun.updates).toEqual(entries(this.last + 1, begun.state.sequence));
    }
    this.last = begun.state.sequence;
  }

  see(frame: Frame): void {
    expect(frame.type).toBe('update');
    if (frame.type !== 'update') return;
    expect(frame.from).toBe((this.last ?? Number.NaN) + 1);
    expect(frame.updates).toEqual(entries(frame.from, frame.to));
    expect(frame.state.sequence).toBe(frame.to);
    this.last = frame.to;
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('commit' as const), size: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('hear' as const), which: fc.nat(30) }),
  // The writer changed and groups what it says again in another way.
  fc.record({ kind: fc.constant('overlap' as const), from: fc.nat(60), size: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('sync' as const), behind: fc.nat(6) }),
  fc.record({ kind: fc.constant('frame' as const) }),
  fc.record({ kind: fc.constant('watch' as const), who: fc.nat(3) }),
  fc.record({ kind: fc.constant('leave' as const), who: fc.nat(3) }),
);

describe('a feed', () => {
  it('shows everybody every sequence once and in order, whatever is lost, repeated or late, whenever they come', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(step, { maxLength: 150 }), (start, steps) => {
        const feed = new Feed();
        const said: FeedMessage[] = [];
        const screens = Array.from({ length: 4 }, () => new Screen());
        const watching = new Set<Screen>();
        let committed = start;
        const show = () => {
          const frame = feed.takeFrame();
          if (frame) for (const screen of watching) screen.see(frame);
        };
        for (const each of steps) {
          const before = feed.last;
          if (each.kind === 'commit') {
            said.push(message(committed + 1, committed + each.size));
            committed += each.size;
          } else if (each.kind === 'hear') {
            const heard = said[each.which % Math.max(said.length, 1)];
            if (heard) feed.receive(heard);
          } else if (each.kind === 'overlap') {
            const from = start + 1 + each.from;
            if (from <= committed) feed.receive(message(from, Math.min(committed, from + each.size)));
          } else if (each.kind === 'sync') {
            // An answer may be older than what was heard since it was given.
            feed.sync(answer(feed.last, Math.max(start, committed - each.behind)));
          } else if (each.kind === 'frame') show();
          else {
            const screen = screens[each.who] as Screen;
            if (each.kind === 'leave') watching.delete(screen);
            else if (feed.begin(undefined)) {
              screen.begin(feed);
              watching.add(screen);
            }
          }
          expect(feed.last ?? 0).toBeGreaterThanOrEqual(before ?? 0);
          expect(feed.last ?? 0).toBeLessThanOrEqual(committed);
        }
        expect(feed.sync(answer(feed.last, committed))).toBe(true);
        show();
        expect(feed.last).toBe(committed);
        for (const screen of watching) expect(screen.last).toBe(committed);
        for (const screen of screens) {
          if (!watching.has(screen)) screen.begin(feed);
          expect(screen.last).toBe(committed);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives who comes back exactly what they missed, or says that it cannot', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: 0, max: 2 * keptMax + 500 }),
        fc.nat(2 * keptMax + 600),
        (start, more, after) => {
          const feed = new Feed();
          feed.sync(answer(undefined, start));
          for (let last = start; last < start + more; last += 50)
            feed.receive(message(last + 1, Math.min(last + 50, start + more)));
          feed.takeFrame();
          const missed = feed.begin(after)?.updates;
          const last = start + more;
          if (after >= Math.max(start, last - keptMax) && after <= last)
            expect(missed).toEqual(entries(after + 1, last));
          if (missed) expect(missed).toEqual(entries(after + 1, last));
          if (after < start || after > last) expect(missed).toBeNull();
        },
      ),
    );
  });

  it('starts over with a state when too much was missed, and goes on from there', () => {
    const feed = new Feed();
    feed.sync(answer(undefined, 5));
    expect(feed.receive(message(7_000, 7_001))).toBe(false);
    feed.sync(answer(feed.last, 7_001));
    expect(feed.begin(4)).toEqual({ state: { sequence: 5 }, updates: null });
    expect(feed.takeFrame()).toEqual({ type: 'reset', state: { sequence: 7_001 } });
    feed.receive(message(7_002, 7_002));
    expect(feed.takeFrame()).toMatchObject({ type: 'update', from: 7_002, to: 7_002 });
    expect(feed.begin(6_999)?.updates).toBeNull();
  });

  it('asks for what a message lacks instead of skipping it', () => {
    const feed = new Feed();
    feed.sync(answer(undefined, 5));
    expect(feed.receive({ ...message(6, 8), updates: [{ sequence: 6 }, { sequence: 8 }] })).toBe(false);
    expect(feed.receive({ ...message(6, 8), state: { sequence: 9 } })).toBe(false);
    expect(feed.takeFrame()).toBeUndefined();
    expect(feed.sync(answer(feed.last, 8))).toBe(true);
    expect(feed.takeFrame()).toMatchObject({ from: 6, to: 8, updates: entries(6, 8) });
  });

  it('takes what it heard while it asked, without asking again', () => {
    const feed = new Feed();
    expect(feed.receive(message(6, 7))).toBe(false);
    expect(feed.sync(answer(undefined, 5))).toBe(true);
    expect(feed.receive(message(10, 10))).toBe(false);
    expect(feed.receive(message(9, 9))).toBe(false);
    expect(feed.sync(answer(feed.last, 8))).toBe(true);
    expect(feed.takeFrame()).toMatchObject({ from: 6, to: 10, updates: entries(6, 10) });
  });

  it('keeps no more early messages than it must', () => {
    const feed = new Feed();
    feed.sync(answer(undefined, 0));
    for (let from = 2; from < 3_000; from++) feed.receive(message(from, from));
    expect(feed.sync(answer(feed.last, 1))).toBe(true);
    expect(feed.last).toBeLessThan(1_100);
    expect(feed.sync(answer(feed.last, 2_999))).toBe(true);
    expect(feed.takeFrame()).toMatchObject({ from: 1, to: 2_999, updates: entries(1, 2_999) });
  });
});
