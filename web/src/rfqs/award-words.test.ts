import { expect, it } from 'vitest';
import { noticeWords } from './award-words.ts';

const lines = [{ lineId: 'L1', title: 'Carbonate' }];
const reason = { offerId: 'L1', lineId: 'L1', awardedKg: 0, rank: 2, of: 3, alternate: false };

it.each([
  [
    { ...reason, awardedKg: 52_000, rank: 1, difference: 0 },
    'Carbonate: 52,000 kg awarded, rank 1 of 3; it was the cheapest awarded offer.',
  ],
  [
    { ...reason, difference: 916.94 },
    'Carbonate: not awarded, rank 2 of 3; compared USD 916.94 a tonne above the cheapest awarded offer.',
  ],
  [
    { ...reason, difference: '-0.05' },
    'Carbonate: not awarded, rank 2 of 3; compared USD 0.05 a tonne below the cheapest awarded offer.',
  ],
  [
    { ...reason, alternate: true, difference: null },
    'Carbonate: not awarded, alternate, rank 2 of 3; nothing of this line was awarded.',
  ],
  [
    { offerId: 'L1', lineId: 'L9', awardedKg: 0, exclusions: [{ gate: 'limits', of: ['Na', 'SO4'] }] },
    'L9: not ranked. It breaks the limits of the assay: Na, SO4.',
  ],
])('a supplier reads how its offer fared: %#', (given, said) => {
  expect(noticeWords(given, lines, 'USD').replaceAll('\u00a0', ' ')).toBe(said);
});
