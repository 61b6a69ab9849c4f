import { expect, test } from 'vitest';
import { maxBigint, minBigint, sumBigint } from './bigint.ts';

test('sums exactly beyond 2^53, and nothing sums to zero', () => {
  expect(sumBigint([2n ** 53n, 1n, -3n])).toBe(9_007_199_254_740_990n);
  expect(sumBigint([])).toBe(0n);
});

test('finds the least exactly beyond 2^53', () => {
  expect(minBigint(2n ** 53n + 1n, 2n ** 53n, 2n ** 53n + 2n)).toBe(2n ** 53n);
  expect(minBigint(-1n)).toBe(-1n);
  expect(minBigint(-1n, -2n)).toBe(-2n);
});

test('finds the greatest exactly beyond 2^53', () => {
  expect(maxBigint(2n ** 53n, 2n ** 53n + 1n, 2n ** 53n - 1n)).toBe(2n ** 53n + 1n);
  expect(maxBigint(-1n)).toBe(-1n);
  expect(maxBigint(-2n, -1n)).toBe(-1n);
});
