import { kernelErrors } from './errors.ts';

/** An exact ratio in lowest terms, `den` > 0; zero is 0/1. Make one with {@link of}. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** num/den in lowest terms. Errors: QUANTITY_INVALID when den is zero. */
export function of(num: bigint, den = 1n): Fraction {
  if (den === 0n) throw kernelErrors.error('QUANTITY_INVALID', 'Division by zero');
  const divisor = greatestCommonDivisor(num, den) * (den < 0n ? -1n : 1n);
  return { num: num / divisor, den: den / divisor };
}

/** a + b, exactly. */
export function add(a: Fraction, b: Fraction): Fraction {
  return of(a.num * b.den + b.num * a.den, a.den * b.den);
}

/** a − b, exactly. */
export function sub(a: Fraction, b: Fraction): Fraction {
  return of(a.num * b.den - b.num * a.den, a.den * b.den);
}

/** a × b, exactly. */
export function mul(a: Fraction, b: Fraction): Fraction {
  return of(a.num * b.num, a.den * b.den);
}

/** a ÷ b, exactly. Errors: QUANTITY_INVALID when b is zero. */
export function div(a: Fraction, b: Fraction): Fraction {
  return of(a.num * b.den, a.den * b.num);
}

/** −1, 0 or 1 as a is below, equal to or above b. */
export function cmp(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const left = a.num * b.den;
  const right = b.num * a.den;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The greatest whole number not above f (towards −∞). */
export function floor(f: Fraction): bigint {
  const truncated = f.num / f.den;
  return f.num < 0n && truncated * f.den !== f.num ? truncated - 1n : truncated;
}

/** The least whole number not below f (towards +∞). */
export function ceil(f: Fraction): bigint {
  return -floor({ num: -f.num, den: f.den });
}

/** The nearest whole number; exactly halfway goes to the even one (banker's rounding, IEEE 754 roundTiesToEven). */
export function roundHalfEven(f: Fraction): bigint {
  const below = floor(f);
  const twiceRest = 2n * (f.num - below * f.den);
  if (twiceRest === f.den) return below % 2n === 0n ? below : below + 1n;
  return twiceRest < f.den ? below : below + 1n;
}

/** "3/2", "-1/3", "5". */
function text(f: Fraction): string {
  return f.den === 1n ? f.num.toString() : `${f.num}/${f.den}`;
}

export { text as toString };

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
