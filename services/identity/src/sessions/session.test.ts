import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempts, countFailure, isLive, refreshExpiry, secondsLocked, sessionExpiry } from './session.ts';

const start = new Date('2026-11-22T10:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

function afterFailures(count: number): Attempts {
  let attempts: Attempts | undefined;
  for (let each = 0; each < count; each++) attempts = countFailure(attempts, start);
  if (!attempts) throw new Error('at least one');
  return attempts;
}

test('four failures cost nothing, the fifth locks, and each lock is longer until a quarter of an hour', () => {
  expect(secondsLocked(afterFailures(4), start)).toBe(0);
  const delays = Array.from({ length: 10 }, (_, index) => secondsLocked(afterFailures(5 + index), start));
  expect(delays).toEqual([30, 60, 120, 240, 480, 900, 900, 900, 900, 900]);
});

test('a lock ends, and a day without failures forgets them', () => {
  const attempts = afterFailures(5);
  expect(secondsLocked(attempts, later(29_001))).toBe(1);
  expect(secondsLocked(attempts, later(30_000))).toBe(0);
  expect(countFailure(attempts, later(24 * 3_600_000)).failures).toBe(1);
});

test('no number of failures makes a lock unbounded or negative', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (failures) => {
      const counted = countFailure({ failures, lastFailedAt: start, lockedUntil: null }, start);
      const seconds = secondsLocked(counted, start);
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThanOrEqual(900);
    }),
  );
});

test('a refresh token never outlives its session', () => {
  const ends = sessionExpiry(start);
  expect(refreshExpiry(start, ends).getTime()).toBeLessThan(ends.getTime());
  expect(refreshExpiry(later(29 * 24 * 3_600_000), ends)).toEqual(ends);
});

test('a session lives until it is revoked or its time is up', () => {
  expect(isLive({ revokedAt: null, expiresAt: later(1) }, start)).toBe(true);
  expect(isLive({ revokedAt: null, expiresAt: start }, start)).toBe(false);
  expect(isLive({ revokedAt: start, expiresAt: later(1) }, start)).toBe(false);
});
