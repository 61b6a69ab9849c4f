import { expect, it } from 'vitest';
import { ClockOffset } from './clock-offset.ts';

const at = (ms: number) => new Date(ms).toISOString();

it('believes the quickest answer of the last few', () => {
  const clock = new ClockOffset();
  expect(clock.offsetMs).toBeUndefined();
  clock.take(1_000, 1_800, at(6_000));
  expect(clock.offsetMs).toBe(4_600);
  clock.take(2_000, 2_020, at(7_010));
  expect(clock.offsetMs).toBe(5_000);
  clock.take(3_000, 3_900, at(9_000));
  expect(clock.offsetMs).toBe(5_000);
});

it('follows a clock that drifts: old answers are forgotten', () => {
  const clock = new ClockOffset();
  clock.take(0, 2, at(1));
  for (let turn = 1; turn <= 8; turn++) clock.take(turn * 1_000, turn * 1_000 + 40, at(turn * 1_000 + 320));
  expect(clock.offsetMs).toBe(300);
});

it('ignores an answer that says no time, and one that this clock saw before its question', () => {
  const clock = new ClockOffset();
  clock.take(0, 10, 'soon');
  clock.take(10, 0, at(5));
  expect(clock.offsetMs).toBeUndefined();
});
