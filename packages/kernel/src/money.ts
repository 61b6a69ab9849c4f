import { currencyDigits } from './currencies.ts';
import { kernelErrors } from './errors.ts';

/** Every amount satisfies |minor| < 10^18, so sums of a few still fit a PostgreSQL bigint. */
export const moneyMinorLimit = 10n ** 18n;

// Below 10^15 minor units an amount has at most 15 significant digits, and any such decimal survives a double in both
// directions (IEEE 754, DBL_DIG = 15). Above it JSON.parse may already have changed the cents: 90071992547409.93 reads
// back as .94. Such amounts must travel as strings.
const jsonNumberLimit = 10n ** 15n;

const decimalText = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
const textLengthMax = 64;

/**
 * Reads a decimal amount ("1250000.50", 1250000.5, "-3") into minor units, exactly: never rounds.
 * A string is plain decimal text without exponent, sign `+`, separators, spaces or leading zeros. A number is read through
 * its shortest decimal text and must be under 10^15 minor units, as beyond that a double cannot carry every amount.
 * Negative amounts and zero are allowed; trailing zeros beyond the currency's digits are too.
 * Errors: MONEY_INVALID, MONEY_TOO_PRECISE, CURRENCY_UNKNOWN.
 */
export function parseMoney(value: number | string, currency: string): bigint {
  const digits = currencyDigits(currency);
  const text = typeof value === 'number' ? numberText(value, currency) : value;
  const match = typeof text === 'string' && text.length <= textLengthMax ? decimalText.exec(text) : null;
  if (!match) throw kernelErrors.error('MONEY_INVALID', 'The amount is not plain decimal text');
  const [, sign, whole = '0', fractionText = ''] = match;
  const fraction = fractionText.replace(/0+$/, '');
  if (fraction.length > digits) throw tooPrecise(currency, digits);
  const magnitude = BigInt(whole + fraction.padEnd(digits, '0'));
  if (magnitude >= moneyMinorLimit) throw kernelErrors.error('MONEY_INVALID', 'The amount is too large');
  if (typeof value === 'number' && magnitude >= jsonNumberLimit) {
    throw kernelErrors.error('MONEY_INVALID', 'An amount of more than 15 digits must be sent as a string');
  }
  return sign === '-' ? -magnitude : magnitude;
}

/** {@link parseMoney}, and the amount is above zero. Errors: MONEY_INVALID, MONEY_TOO_PRECISE, CURRENCY_UNKNOWN. */
export function parsePositiveMoney(value: number | string, currency: string): bigint {
  const minor = parseMoney(value, currency);
  if (minor <= 0n) throw kernelErrors.error('MONEY_INVALID', 'The amount must be above zero');
  return minor;
}

/** Plain decimal text with all the currency's digits: "1250000.00", "-0.05", "100" (JPY). Errors: CURRENCY_UNKNOWN. */
export function formatMoney(minor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** For people, the same in every locale: "USD 1,250,000.00", "USD -0.05". Errors: CURRENCY_UNKNOWN. */
export function displayMoney(minor: bigint, currency: string): string {
  const text = formatMoney(minor, currency);
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = point < 0 ? '' : text.slice(point);
  return `${currency} ${whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',')}${fraction}`;
}

/**
 * For JSON: a number when every reader that uses doubles gets the exact amount (|minor| < 10^15), else the decimal text.
 * `parseMoney(moneyToJson(m, c), c) === m` for every amount in range. Errors: CURRENCY_UNKNOWN.
 */
export function moneyToJson(minor: bigint, currency: string): number | string {
  const text = formatMoney(minor, currency);
  return minor < jsonNumberLimit && minor > -jsonNumberLimit ? Number(text) : text;
}

function numberText(value: number, currency: string): string {
  if (!Number.isFinite(value)) throw kernelErrors.error('MONEY_INVALID', 'The amount is not a finite number');
  const text = String(value);
  // String() turns to exponents below 1e-6 and from 1e21: finer than any currency, and above the limit.
  if (text.includes('e-')) throw tooPrecise(currency, currencyDigits(currency));
  if (text.includes('e')) throw kernelErrors.error('MONEY_INVALID', 'The amount is too large');
  return text;
}

function tooPrecise(currency: string, digits: number) {
  return kernelErrors.error('MONEY_TOO_PRECISE', `${currency} amounts have at most ${digits} decimal digits`);
}
