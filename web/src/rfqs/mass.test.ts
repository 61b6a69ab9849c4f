import { expect, it } from 'vitest';
import { readWhole, tonnesOf } from './mass.ts';

it('says kilograms in tonnes and leaves none out', () => {
  expect([1, 20, 999, 1_000, 100_000, 1_234_567].map(tonnesOf)).toEqual([
    '0.001',
    '0.02',
    '0.999',
    '1',
    '100',
    '1234.567',
  ]);
});

it.each([
  ['100000', 100_000],
  ['100,000', 100_000],
  ['1.000.000', 1_000_000],
  ["1'000", 1_000],
  ['0', 0],
  ['1.5', undefined],
  ['10,00', undefined],
  ['1,000.000', undefined],
  ['100 t', undefined],
  ['-5', undefined],
  ['', undefined],
])('%j is read as %s whole kilograms', (text, kg) => {
  expect(readWhole(text)).toBe(kg);
});
