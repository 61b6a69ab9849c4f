import { minBigint } from '@clearlot/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showMicros } from '../observations/micros.ts';
import { middleOf, readPrice } from './read-price.ts';

const micros = fc.bigInt({ min: 0n, max: 10n ** 15n });

test('a price is read exactly from plain text, from grouped text in either notation, and from what JSON makes of it', () => {
  fc.assert(
    fc.property(micros, (value) => {
      const plain = showMicros(value);
      const [whole = '', decimals] = plain.split('.');
      const grouped = (group: string, point: string) =>
        whole.replace(/\B(?=(?:\d{3})+$)/g, group) + (decimals ? point + decimals : '');
      expect(readPrice(plain)).toBe(value);
      expect(readPrice(grouped(',', '.'))).toBe(value);
      expect(readPrice(grouped(' ', '.'))).toBe(value);
      expect(readPrice(grouped('.', ','), ',')).toBe(value);
      expect(readPrice(Number(plain))).toBe(value);
    }),
  );
});

test('what is not one number is not read, and no sign of another notation is dropped', () => {
  const unreadable = ['', '-', '12.', '1,5', '12,34', '1.2.3', '1e999', '12 USD', 'n/a', '1,2345', '1.234,5', ' 1 2'];
  for (const text of unreadable) expect([text, readPrice(text)]).toEqual([text, undefined]);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, null, true, {}, [1]])
    expect(readPrice(value)).toBeUndefined();
  expect(readPrice('1.5', ',')).toBeUndefined();
});

test('what is finer than a micro is rounded half to even, and a sign is kept', () => {
  expect(readPrice('0.0000005')).toBe(0n);
  expect(readPrice('0.0000015')).toBe(2n);
  expect(readPrice(1e-7)).toBe(0n);
  expect(readPrice(1.5e21)).toBe(1_500_000_000_000_000_000_000_000_000n);
  expect(readPrice('-12.5')).toBe(-12_500_000n);
});

test('the middle of a range lies in it', () => {
  fc.assert(
    fc.property(micros, micros, (a, b) => {
      const middle = middleOf(a, b);
      expect(middle >= minBigint(a, b) && middle <= a + b - minBigint(a, b)).toBe(true);
    }),
  );
});
