import { expect, test } from 'vitest';
import { pureFiles } from './rule-files.ts';

test.each([
  ['services/deals/src/commitments/commitment.ts', true],
  ['services/deals/src/companies/company.ts', true],
  ['services/deals/src/classes/class.ts', true],
  ['services/deals/src/allocation/allocation.ts', true],
  ['services/deals/src/share-classes/share-class.ts', true],
  ['services/deals/src/commitments/commitment.test.ts', false],
  ['services/deals/src/commitments/commit-funds.ts', false],
  ['services/deals/src/commitments/store.ts', false],
  ['services/deals/src/main.ts', false],
  ['packages/service/src/errors/error.ts', false],
])('%s is a rule file: %s', (path, expected) => {
  expect(new RegExp(pureFiles).test(path)).toBe(expected);
});
