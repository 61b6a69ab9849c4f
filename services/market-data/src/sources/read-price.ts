import { fraction } from '@clearlot/kernel';

const plain = /^(-?)([0-9]{1,20})(?:\.([0-9]{1,20}))?(?:[eE]([+-]?[0-9]{1,2}))?$/;

/** How a file writes numbers: `1234.5`, or `1.234,5`. Digits may be grouped by the other sign or by spaces. */
export type DecimalSign = '.' | ',';

/**
 * A price as others write it, in micros: a JSON number through its shortest decimal text, or text. Exact; what is finer than
 * a micro is rounded half to even. Undefined for anything that is not one number. The sign is kept: that a price is below
 * zero is for the quality rules to say.
 */
export function readPrice(value: unknown, decimalSign: DecimalSign = '.'): bigint | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = typeof value === 'number' ? String(value) : withoutGroups(value.trim(), decimalSign);
  const match = text === undefined ? null : plain.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', decimals = '', exponent = '0'] = match;
  const digits = BigInt(whole + decimals);
  const shift = Number(exponent) - decimals.length + 6;
  const scale = 10n ** BigInt(Math.abs(shift));
  const magnitude = shift >= 0 ? digits * scale : fraction.roundHalfEven(fraction.of(digits, scale));
  return sign === '-' ? -magnitude : magnitude;
}

/** Undefined where the groups are not of three digits: `1,5` read with a decimal point must not become fifteen. */
function withoutGroups(text: string, decimalSign: DecimalSign): string | undefined {
  const group = decimalSign === '.' ? ',' : '.';
  const [whole = '', ...rest] = text.split(decimalSign);
  if (rest.length > 1 || rest.some((part) => part.includes(group) || part.includes(' '))) return undefined;
  const separator = whole.includes(group) ? group : whole.includes(' ') ? ' ' : undefined;
  const groups = separator === undefined ? [whole] : whole.split(separator);
  const grouped = /^-?[0-9]{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((each) => /^[0-9]{3}$/.test(each));
  if (groups.length > 1 && !grouped) return undefined;
  return [groups.join(''), ...rest].join('.');
}

/** The middle of a range, rounded half to even. */
export function middleOf(lowMicros: bigint, highMicros: bigint): bigint {
  return fraction.roundHalfEven(fraction.of(lowMicros + highMicros, 2n));
}
