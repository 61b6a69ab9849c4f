import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideWindow } from './anonymity.ts';
import { type TradeWindow, windowAt, windowOfTrade } from './trade-window.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const start = new Date('2026-11-24T09:00:00Z').getTime();
const iso = (window: TradeWindow | undefined) => window && [window.start.toISOString(), window.end.toISOString()];

const width = fc.integer({ min: 1_000, max: 52 * weekMs });
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

describe('windows', () => {
  it('of a week are those from Monday, 00:00 UTC', () => {
    const week = ['2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'];
    for (const at of ['2026-11-23T00:00:00Z', '2026-11-24T09:00:00Z', '2026-11-29T23:59:59.999Z']) {
      expect(iso(windowAt(new Date(at), weekMs))).toEqual(week);
    }
    expect(iso(windowAt(new Date('2026-11-30T00:00:00Z'), weekMs))?.[0]).toBe(week[1]);
  });

  it('of any length are disjoint and leave nothing out', () => {
    fc.assert(
      fc.property(instant, width, (at, windowMs) => {
        const window = windowAt(at, windowMs);
        expect(window.start <= at && at < window.end).toBe(true);
        expect(window.end.getTime() - window.start.getTime()).toBe(windowMs);
        expect(windowAt(window.end, windowMs).start).toEqual(window.end);
      }),
    );
  });
});

describe('a trade', () => {
  const place = (tradedAt: string, now: string, decidedThrough: string | null = null) =>
    iso(
      windowOfTrade(
        {
          ...{ tradedAt: new Date(tradedAt), now: new Date(now) },
          decidedThrough: decidedThrough === null ? null : new Date(decidedThrough),
        },
        weekMs,
      ),
    )?.[0];

  it('counts in the window in which it was made', () => {
    expect(place('2026-11-24T09:00:00Z', '2026-11-24T09:00:01Z')).toBe('2026-11-23T00:00:00.000Z');
    // By a clock that is ahead of ours.
    expect(place('2026-11-30T00:00:00Z', '2026-11-29T23:59:59Z')).toBe('2026-11-30T00:00:00.000Z');
  });

  it('that comes when its window is over counts in the one in which it comes', () => {
    expect(place('2026-11-29T23:59:59Z', '2026-11-30T00:00:00Z')).toBe('2026-11-30T00:00:00.000Z');
    expect(place('2026-11-29T23:59:59Z', '2026-11-29T23:59:59.500Z', '2026-11-30T00:00:00Z')).toBe(
      '2026-11-30T00:00:00.000Z',
    );
  });

  it('that comes more than a week late counts nowhere', () => {
    expect(place('2026-11-24T09:00:00Z', '2026-12-01T09:00:00Z')).toBe('2026-11-30T00:00:00.000Z');
    expect(place('2026-11-24T09:00:00Z', '2026-12-01T09:00:00.001Z')).toBeUndefined();
  });

  it('never counts in a window that is over or decided, whatever lengths windows had', () => {
    const decidedThrough = fc.option(instant);
    fc.assert(
      fc.property(instant, instant, decidedThrough, width, (tradedAt, now, through, windowMs) => {
        const window = windowOfTrade({ tradedAt, now, decidedThrough: through }, windowMs);
        if (!window) return;
        expect(window.end > now && window.end > (through ?? now)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** What may happen to one instrument: a trade comes, so late and by such a clock, or somebody decides by such a clock. */
const happening = fc.record({
  what: fc.constantFrom('trade', 'trade', 'trade', 'decide'),
  afterMs: fc.integer({ min: 0, max: 4 * dayMs }),
  lateMs: fc.integer({ min: 0, max: 9 * dayMs }),
  skewMs: fc.integer({ min: -5_000, max: 5_000 }),
  windowMs: fc.constantFrom(dayMs, 3 * dayMs, weekMs),
  person: fc.integer({ min: 1, max: 6 }),
});

it('no two figures share a trade or stand at one time, so none follows from their difference, under any order and clock', () => {
  let published = 0;
  fc.assert(
    fc.property(fc.array(happening, { minLength: 40, maxLength: 120 }), (history) => {
      const pending = new Map<number, { end: number; person: number }>();
      const figures = new Map<number, number[]>();
      const decided = new Set<number>();
      let decidedThrough: Date | null = null;
      let ms = start;
      for (const [id, { what, afterMs, lateMs, skewMs, windowMs, person }] of history.entries()) {
        ms += afterMs;
        const now = new Date(ms + skewMs);
        if (what === 'trade') {
          const window = windowOfTrade({ tradedAt: new Date(ms - lateMs), now, decidedThrough }, windowMs);
          if (window) pending.set(id, { end: window.end.getTime(), person });
          continue;
        }
        const due = [...pending].filter(([, { end }]) => end <= now.getTime());
        for (const [end, own] of Map.groupBy(due, ([, each]) => each.end)) {
          expect(decided.has(end)).toBe(false);
          decided.add(end);
          const trades = own.map(([, each]) => ({
            ...{ buyerId: `b${each.person}`, sellerId: `s${each.person}`, quantityKg: 1n, priceMicros: 1n },
          }));
          const { outcome } = decideWindow(trades, 3);
          if (outcome === 'published')
            figures.set(
              end,
              own.map(([trade]) => trade),
            );
          for (const [trade] of own) pending.delete(trade);
          if (!decidedThrough || end > decidedThrough.getTime()) decidedThrough = new Date(end);
        }
      }
      const told = [...figures.values()].flat();
      expect(new Set(told).size).toBe(told.length);
      published += figures.size;
    }),
  );
  expect(published).toBeGreaterThan(10);
});
