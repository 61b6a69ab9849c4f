import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { averageMark, checkReviewable } from './review.ts';

test.each([
  [0n, 0n, null],
  [5n, 1n, '5.00'],
  [13n, 3n, '4.33'],
  [14n, 3n, '4.67'],
  [9n, 8n, '1.12'],
  [11n, 8n, '1.38'],
  [801n, 200n, '4.00'],
  [803n, 200n, '4.02'],
])('marks of %s from %s reviews average to %s', (sum, count, expected) => {
  expect(averageMark(sum, count)).toBe(expected);
});

it('an average is never further from the exact one than half a hundredth', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (given) => {
      const sum = BigInt(given.reduce((total, each) => total + each, 0));
      const count = BigInt(given.length);
      const shown = BigInt(averageMark(sum, count)?.replace('.', '') ?? '');
      const off = shown * count - sum * 100n;
      expect((off < 0n ? -off : off) * 2n <= count).toBe(true);
    }),
  );
});

it('an order is reviewed only once it was delivered and paid', () => {
  expect(() => checkReviewable('released')).not.toThrow();
  for (const status of [
    'confirmed',
    'funded',
    'shipped',
    'delivered',
    'inspected',
    'accepted',
    'disputed',
    'cancelled',
  ]) {
    expect(() => checkReviewable(status), status).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_REVIEW_NOT_DELIVERED' }),
    );
  }
});
