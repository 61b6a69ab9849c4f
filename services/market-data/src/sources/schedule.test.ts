import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessAgeMs, retryAt, stateOf } from './schedule.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = new Date('2026-11-24T12:00:00Z');
const weekdays = (day: Date) => day.getUTCDay() % 6 !== 0;

describe('after a failure a source', () => {
  const failed = fc.record({
    failures: fc.integer({ min: 1, max: 1_000 }),
    everyMs: fc.integer({ min: 60_000, max: dayMs }),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 3 * dayMs }), { nil: undefined }),
  });

  test('is asked later with every further one, never more than a day later, never sooner than it asked for', () => {
    fc.assert(
      fc.property(failed, (each) => {
        const waitMs = retryAt(now, each).getTime() - now.getTime();
        const nextMs = retryAt(now, { ...each, failures: each.failures + 1 }).getTime() - now.getTime();
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(dayMs);
        expect(nextMs).toBeGreaterThanOrEqual(waitMs);
        expect(waitMs).toBeGreaterThanOrEqual(Math.min(each.retryAfterMs ?? 0, dayMs));
      }),
    );
  });

  test('is asked again within its own schedule', () => {
    expect(retryAt(now, { failures: 1, everyMs: dayMs })).toEqual(new Date(now.getTime() + 30_000));
    expect(retryAt(now, { failures: 20, everyMs: dayMs })).toEqual(new Date(now.getTime() + hourMs));
    expect(retryAt(now, { failures: 20, everyMs: 60_000 })).toEqual(new Date(now.getTime() + 60_000));
  });
});

describe('a source is', () => {
  const source = {
    ...{ enabled: true, configured: true, failures: 0, freshnessTargetMs: 30 * hourMs },
    newestValidAt: new Date('2026-11-23T16:00:00Z'),
  } as const;

  test.each([
    ['fresh', {}],
    ['disabled', { enabled: false }],
    ['not_configured', { configured: false }],
    ['failing', { failures: 3 }],
    ['fresh', { failures: 2 }],
    ['waiting', { newestValidAt: null }],
    ['stale', { newestValidAt: new Date('2026-11-20T16:00:00Z') }],
  ] as const)('%s with %o', (state, change) => {
    expect(stateOf({ ...source, ...change }, now, weekdays)).toBe(state);
  });

  test('not stale on Monday morning for what it said on Friday', () => {
    const monday = new Date('2026-11-23T09:00:00Z');
    const friday = { ...source, newestValidAt: new Date('2026-11-20T16:00:00Z') };
    expect(stateOf(friday, monday, weekdays)).toBe('fresh');
    expect(stateOf(friday, monday, () => true)).toBe('stale');
  });
});

test('business age is at most the age, and the days off are what is missing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 * 24 }), (hours) => {
      const from = new Date(now.getTime() - hours * hourMs);
      const ageMs = businessAgeMs(from, now, weekdays);
      expect(ageMs).toBeLessThanOrEqual(hours * hourMs);
      expect(ageMs).toBeGreaterThanOrEqual(0);
      expect(ageMs + businessAgeMs(from, now, (day) => !weekdays(day))).toBe(hours * hourMs);
    }),
  );
});
