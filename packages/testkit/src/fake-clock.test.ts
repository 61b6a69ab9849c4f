import { expect, test } from 'vitest';
import { fakeClock } from './fake-clock.ts';

test('time stands still until it is advanced', () => {
  const clock = fakeClock('2026-01-01T00:00:00.000Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1_500);
  expect(clock.now().toISOString()).toBe('2026-01-01T00:00:01.500Z');
});

test('a date handed out does not move the clock', () => {
  const clock = fakeClock('2026-01-01T00:00:00.000Z');
  clock.now().setFullYear(1999);
  expect(clock.now().getUTCFullYear()).toBe(2026);
});
