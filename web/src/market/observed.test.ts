import { expect, it } from 'vitest';
import { correctionsOf, dayAfter, knownAtEndOf } from './observed.ts';

it('a correction is the newer figure of the same source and instant, and of no other', () => {
  const figure = (observationId: string, sourceId: string, validAt: string) => ({ observationId, sourceId, validAt });
  const then = [figure('1', 'a', 'monday'), figure('2', 'b', 'monday'), figure('3', 'a', 'tuesday')];
  const now = [figure('9', 'a', 'monday'), figure('2', 'b', 'monday'), figure('8', 'a', 'wednesday')];
  expect([...correctionsOf(then, now)]).toEqual([['1', figure('9', 'a', 'monday')]]);
});

it('a day is followed by the next, over months and leap days', () => {
  expect([dayAfter('2028-02-28'), dayAfter('2026-12-31')]).toEqual(['2028-02-29', '2027-01-01']);
});

it('what was known on a day is what was known when it was over; on a day that is not over, what is known now', () => {
  expect([knownAtEndOf('2026-11-23', '2026-11-24'), knownAtEndOf('2026-11-24', '2026-11-24')]).toEqual([
    ...['2026-11-24', undefined],
  ]);
});
