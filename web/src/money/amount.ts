/** An amount as it was entered: its exact decimal text, as the platform takes it, or what is wrong with it. */
export type Entered = { text: string; problem?: undefined } | { text?: undefined; problem: string };

/** How many decimals amounts of a currency have: two for most, none for yen. */
export function currencyDecimals(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The signs that a language writes groups of digits and decimals with. */
function separatorsOf(locale: string) {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' } as Intl.NumberFormatOptions).formatToParts(
    1234567.8,
  );
  const sign = (type: string) => parts.find((part) => part.type === type)?.value;
  return { group: sign('group') === '.' ? '.' : ',', decimal: sign('decimal') === ',' ? ',' : '.' };
}

/**
 * Reads an amount as people write and paste it: `1,250,000.00`, `USD 1 250 000`, `1.250.000,5`. Where a sign could mean two
 * things it means what it means in the reader's language. Nothing is rounded: more decimals than the currency has are refused.
 */
export function readAmount(entered: string, currency: string, locale: string = navigator.language): Entered {
  const bare = entered
    .replace(new RegExp(`^\\s*(?:${currency}|\\p{Sc})|(?:${currency}|\\p{Sc})\\s*$`, 'giu'), '')
    .replaceAll(/[\s\u00a0\u202f'’]/gu, '');
  if (bare === '') return { problem: 'Enter an amount.' };
  if (bare.startsWith('-')) return { problem: 'The amount must be more than zero.' };
  if (!/^\d[\d.,]*$/.test(bare)) return { problem: 'Use digits, such as 1250000.00.' };
  const decimal = decimalSignOf(bare, locale);
  const [whole = '', fraction = '', ...more] = decimal ? bare.split(decimal) : [bare];
  const grouped = /^\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)?$/;
  if (more.length > 0 || /[.,]/.test(fraction) || !(grouped.test(whole) || /^\d+$/.test(whole))) {
    return { problem: 'The commas and points do not fit. Write it as 1250000.00.' };
  }
  const decimals = currencyDecimals(currency);
  if (fraction.length > decimals) {
    return {
      problem:
        decimals === 0
          ? `${currency} has no decimals; this has ${fraction.length}.`
          : `${currency} has ${decimals} decimals; this has ${fraction.length}.`,
    };
  }
  const digits = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  const text = fraction ? `${digits}.${fraction}` : digits;
  return /[1-9]/.test(text) ? { text } : { problem: 'The amount must be more than zero.' };
}

/** Which sign, if any, stands before the decimals. */
function decimalSignOf(bare: string, locale: string): string | undefined {
  const signs = [...bare].filter((each) => each === '.' || each === ',');
  const last = signs.at(-1);
  if (!last) return undefined;
  if (new Set(signs).size > 1) return last;
  if (signs.length > 1) return undefined;
  const { group } = separatorsOf(locale);
  return last === group && /^\d{1,3}[.,]\d{3}$/.test(bare) ? undefined : last;
}

/** The smallest units of an amount that the platform said or that was read, without a binary fraction in between. */
export function toMinor(amount: number | string, currency: string): bigint {
  const decimals = currencyDecimals(currency);
  const [, sign = '', whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
  if (whole === undefined || /[1-9]/.test(fraction.slice(decimals))) {
    throw new RangeError(`${amount} is no amount of ${currency}`);
  }
  return BigInt(`${sign}${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
}

/** The exact decimal text of so many smallest units. */
export function fromMinor(minor: bigint, currency: string): string {
  const decimals = currencyDecimals(currency);
  const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** What so many shares cost at a price each. */
export function timesCount(price: number | string, count: number, currency: string): string {
  return fromMinor(toMinor(price, currency) * BigInt(count), currency);
}

/** What amounts come to together. */
export function sumOf(amounts: readonly (number | string)[], currency: string): string {
  return fromMinor(
    amounts.reduce((sum, each) => sum + toMinor(each, currency), 0n),
    currency,
  );
}

/** What is wrong with an amount outside of its limits, in words; nothing when it is within. */
export function outOfLimits(
  text: string,
  currency: string,
  { min, max, say }: { min?: number | string; max?: number | string; say(amount: number | string): string },
): string | undefined {
  const minor = toMinor(text, currency);
  if (min !== undefined && minor < toMinor(min, currency)) return `The smallest amount is ${say(min)}.`;
  if (max !== undefined && minor > toMinor(max, currency)) return `The largest amount is ${say(max)}.`;
  return undefined;
}
