import { expect, it } from 'vitest';
import { changesOf } from './changes.ts';

it('says what changed and leaves out what stayed', () => {
  expect(changesOf({ status: 'draft', name: 'A', shares: 5 }, { status: 'open', name: 'A', shares: 7 })).toEqual([
    { name: 'status', before: 'draft', after: 'open' },
    { name: 'shares', before: '5', after: '7' },
  ]);
});

it('says what was made and what was taken away, and compares what is nested as a whole', () => {
  expect(changesOf(null, { status: 'open', notes: null })).toEqual([
    { name: 'status', before: undefined, after: 'open' },
  ]);
  expect(changesOf({ lines: [1, 2], notes: 'x' }, { lines: [1, 2], notes: null })).toEqual([
    { name: 'notes', before: 'x', after: undefined },
  ]);
});
