import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

test('the system clock is the machine clock and hands out a fresh Date each time', () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now.getTime()).toBeGreaterThanOrEqual(before);
  expect(now.getTime()).toBeLessThanOrEqual(Date.now());
  expect(systemClock.now()).not.toBe(now);
});
