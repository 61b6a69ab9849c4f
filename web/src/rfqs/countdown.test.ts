import { expect, it } from 'vitest';
import { untilText } from './countdown.ts';

const now = Date.parse('2026-12-01T12:00:00.000Z');

it.each([
  ['2026-12-03T16:30:00.000Z', '2 days 4 hours'],
  ['2026-12-02T12:00:30.000Z', '1 day 0 hours'],
  ['2026-12-01T13:01:00.000Z', '1 hour 1 minute'],
  ['2026-12-01T12:00:59.100Z', '1 minute 0 seconds'],
  ['2026-12-01T12:00:00.001Z', '1 second'],
  ['2026-12-01T12:00:00.000Z', undefined],
  ['2026-11-01T12:00:00.000Z', undefined],
])('until %s is %s: never said to be over before it is', (at, text) => {
  expect(untilText(at, now)).toBe(text);
});
