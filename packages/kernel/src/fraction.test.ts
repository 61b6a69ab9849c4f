import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as fraction from './fraction.ts';

const { of } = fraction;
const whole = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const any = fc
  .tuple(
    whole,
    whole.filter((n) => n !== 0n),
  )
  .map(([num, den]) => of(num, den));
const check = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns: 500 });

describe('fractions', () => {
  test('are kept in lowest terms with a positive denominator', () => {
    expect(of(6n, -4n)).toEqual({ num: -3n, den: 2n });
    expect(of(-6n, -4n)).toEqual({ num: 3n, den: 2n });
    expect(of(0n, -7n)).toEqual({ num: 0n, den: 1n });
    expect(of(5n)).toEqual({ num: 5n, den: 1n });
  });

  test('equal values are equal data', () => {
    check(
      fc.property(
        any,
        whole.filter((n) => n !== 0n),
        (f, k) => {
          expect(of(f.num * k, f.den * k)).toEqual(f);
        },
      ),
    );
  });

  test('division by zero is a typed error', () => {
    const error = expect.objectContaining({ code: 'QUANTITY_INVALID' });
    expect(() => of(1n, 0n)).toThrow(error);
    expect(() => fraction.div(of(1n), of(0n))).toThrow(error);
  });

  test('arithmetic is a field', () => {
    check(
      fc.property(any, any, any, (a, b, c) => {
        expect(fraction.sub(fraction.add(a, b), b)).toEqual(a);
        expect(fraction.add(a, b)).toEqual(fraction.add(b, a));
        expect(fraction.mul(a, fraction.add(b, c))).toEqual(fraction.add(fraction.mul(a, b), fraction.mul(a, c)));
        if (b.num !== 0n) expect(fraction.mul(fraction.div(a, b), b)).toEqual(a);
      }),
    );
  });

  test('comparison is the sign of the difference', () => {
    check(
      fc.property(any, any, (a, b) => {
        const { num } = fraction.sub(a, b);
        expect(fraction.cmp(a, b)).toBe(num === 0n ? 0 : num > 0n ? 1 : -1);
        expect(fraction.cmp(a, a)).toBe(0);
      }),
    );
  });

  test('floor and ceil enclose the value within one, half-even is never further than a half', () => {
    check(
      fc.property(any, (f) => {
        const low = fraction.floor(f);
        const high = fraction.ceil(f);
        expect(fraction.cmp(of(low), f)).toBeLessThanOrEqual(0);
        expect(fraction.cmp(of(high), f)).toBeGreaterThanOrEqual(0);
        expect(high - low).toBe(f.den === 1n ? 0n : 1n);
        const off = fraction.sub(of(fraction.roundHalfEven(f)), f);
        expect(fraction.cmp(of(off.num < 0n ? -off.num : off.num, off.den), of(1n, 2n))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test.each([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [5n, 2n, 2n],
    [-1n, 2n, 0n],
    [-3n, 2n, -2n],
    [-5n, 2n, -2n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
    [-7n, 3n, -2n],
    [-8n, 3n, -3n],
  ])('%s/%s rounds half-even to %s', (num, den, expected) => {
    expect(fraction.roundHalfEven(of(num, den))).toBe(expected);
  });

  test('text is whole or num/den', () => {
    expect([of(10n, 5n), of(-3n, 9n), of(0n)].map(fraction.toString)).toEqual(['2', '-1/3', '0']);
  });
});
