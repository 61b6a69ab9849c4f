import { expect, it } from 'vitest';
import { citedParts } from './citations.ts';

it('a text is cut at its citations, and nothing of it is lost', () => {
  expect(citedParts('37,000 USD/t [1]. It rose [2][11].')).toEqual([
    ...['37,000 USD/t ', { marker: 1 }, '. It rose ', { marker: 2 }, { marker: 11 }, '.'],
  ]);
  expect(citedParts('[about] 7')).toEqual(['[about] 7']);
});
