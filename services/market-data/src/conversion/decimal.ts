import { type Fraction, fraction } from '@clearlot/kernel';
import { conversionErrors } from './errors.ts';

const plain = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

/** Decimal text ("0.08", "7.1432") as the exact fraction. Errors: MARKET_DECIMAL_INVALID. */
export function readDecimal(text: string): Fraction {
  const match = plain.exec(text);
  if (!match)
    throw conversionErrors.error('MARKET_DECIMAL_INVALID', `"${text.slice(0, 40)}" is not plain decimal text.`);
  const [, sign = '', whole = '', decimals = ''] = match;
  return fraction.of(BigInt(sign + whole + decimals), 10n ** BigInt(decimals.length));
}

/**
 * A fraction as decimal text of at most so many decimals, half-even, without trailing zeros: "12.345678", "-0.5", "7".
 * Not for values that must survive: those travel as fractions too.
 */
export function showDecimal(value: Fraction, digits: number): string {
  const scaled = fraction.roundHalfEven(fraction.mul(value, fraction.of(10n ** BigInt(digits))));
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const decimals = digits === 0 ? '' : text.slice(-digits).replace(/0+$/, '');
  const whole = digits === 0 ? text : text.slice(0, -digits);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals ? `.${decimals}` : ''}`;
}

const micro = fraction.of(1n, 1_000_000n);

/** Micros as decimal text, half-even to the micro. */
export function showMicros(micros: Fraction): string {
  return showDecimal(fraction.mul(micros, micro), 6);
}

/** Decimal text of at most six decimals as whole micros. Errors: MARKET_DECIMAL_INVALID. */
export function readMicros(text: string): bigint {
  const micros = fraction.div(readDecimal(text), micro);
  if (micros.den !== 1n) throw conversionErrors.error('MARKET_DECIMAL_INVALID', 'A price has at most six decimals.');
  return micros.num;
}
