import { expect, it } from 'vitest';
import type { LiveUpdate } from './auction.ts';
import { isIncomplete, mergeHistory } from './history.ts';

const entries = (from: number, to: number): LiveUpdate[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ sequence: from + index, at: '', kind: 'bid', outcome: 'accepted' },
  }));
const sequences = (updates: readonly LiveUpdate[]) => updates.map(({ sequence }) => sequence);

it('shows each entry once where both know it', () => {
  expect(sequences(mergeHistory(entries(1, 4), entries(3, 6)))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(sequences(mergeHistory([], entries(1, 2)))).toEqual([1, 2]);
  expect(sequences(mergeHistory(entries(1, 6), entries(3, 4)))).toEqual([1, 2, 3, 4, 5, 6]);
});

it('never shows a gap: what came live waits until what is before it was asked for', () => {
  expect(sequences(mergeHistory(entries(1, 2), entries(5, 6)))).toEqual([1, 2]);
  expect(isIncomplete(entries(1, 2), entries(5, 6), 6)).toBe(true);
  expect(isIncomplete(entries(1, 4), entries(5, 6), 6)).toBe(false);
});

it('asks for what was before the page was opened, and for nothing of an auction without entries', () => {
  expect(isIncomplete([], [], 7)).toBe(true);
  expect(isIncomplete([], [], 0)).toBe(false);
});
