import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feed, type FeedMessage, keptMax, type Update } from './feed.ts';

const entries = (from: number, to: number): Update[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ sequence: from + index }));
const message = (from: number, to: number): FeedMessage => ({
  ...{ from, to, updates: entries(from, to), state: { sequence: to }, outbid: [] },
});
const answer = (after: number | undefined, sequence: number) => ({
  state: { sequence },
  updates: after === undefined || sequence - after > keptMax ? null : entries(after + 1, sequence),
});

describe('a feed', () => {
  it('hands out every sequence once and in order, whatever is lost, repeated or late', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('commit' as const), size: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ kind: fc.constant('hear' as const), which: fc.nat(30) }),
      fc.record({ kind: fc.constant('sync' as const), which: fc.nat(3) }),
      fc.record({ kind: fc.constant('frame' as const), which: fc.nat(1) }),
    );
    fc.assert(
      fc.property(fc.nat(50), fc.array(step, { maxLength: 120 }), (start, steps) => {
        const feed = new Feed();
        const said: FeedMessage[] = [];
        let committed = start;
        let shown: number | undefined;
        let missing = false;
        const show = () => {
          const frame = feed.takeFrame();
          if (!frame) return;
          expect(frame.type).toBe('update');
          if (frame.type !== 'update') return;
          expect(frame.from).toBe((shown ?? 0) + 1);
          expect(frame.updates).toEqual(entries(frame.from, frame.to));
          expect(frame.state.sequence).toBe(frame.to);
          shown = frame.to;
        };
        const sync = () => {
          missing = !feed.sync(answer(feed.last, committed));
          shown ??= feed.last;
        };
        for (const each of steps) {
          if (each.kind === 'commit') {
            said.push(message(committed + 1, committed + each.size));
            committed += each.size;
          } else if (each.kind === 'hear') {
            const heard = said[each.which % Math.max(said.length, 1)];
            if (heard && !feed.receive(heard)) missing = true;
          } else if (each.kind === 'sync') sync();
          else show();
          if (feed.last !== undefined) expect(feed.last).toBeLessThanOrEqual(committed);
        }
        sync();
        show();
        expect(missing).toBe(false);
        expect(feed.last).toBe(committed);
        expect(shown).toBe(committed);
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
          const missed = feed.since(after);
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
    expect(feed.takeFrame()).toEqual({ type: 'reset', state: { sequence: 7_001 } });
    feed.receive(message(7_002, 7_002));
    expect(feed.takeFrame()).toMatchObject({ type: 'update', from: 7_002, to: 7_002 });
    expect(feed.since(6_999)).toBeNull();
  });
});
