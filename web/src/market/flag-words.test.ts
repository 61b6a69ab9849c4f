import { expect, it } from 'vitest';
import { flagWords, stepWords } from './flag-words.ts';

it('steps are named in words, charges with whether they were added or taken off', () => {
  expect(['exchange', 'freight_added', 'duty_removed', 'vat_added', 'some_new_step'].map(stepWords)).toEqual([
    ...['Exchange', 'Main freight added', 'Import duty taken off', 'Value-added tax put on', 'Some new step'],
  ]);
});

it('a flag that is not known yet is still said', () => {
  expect(flagWords('quite_new')).toBe('Quite new.');
});
