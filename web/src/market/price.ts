import { formatCount } from '../money/format.ts';

const decimals = 6;
const scale = 10n ** BigInt(decimals);

/** Decimal text as millionths, exactly. Prices never go through binary fractions here. */
export function microsOf(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`${text} is not plain decimal text`);
  const [, sign, whole = '0', rest = ''] = match;
  const micros = BigInt(whole) * scale + BigInt(rest.slice(0, decimals).padEnd(decimals, '0'));
  return sign ? -micros : micros;
}

/** How far `to` is from `from` in percent with two decimals, signed: `+1.25 %`; undefined from nothing. */
export function percentBetween(from: string, to: string): string | undefined {
  const [before, after] = [microsOf(from), microsOf(to)];
  if (before === 0n) return undefined;
  const base = before < 0n ? -before : before;
  // Hundredths of a percent, rounded half away from zero.
  const doubled = (after - before) * 20_000n;
  const hundredths = (doubled + (doubled < 0n ? -base : base)) / (2n * base);
  return signedHundredths(hundredths);
}

/** A share such as `-0.045075` in percent with two decimals, signed, cut off beyond. */
export function percentOfShare(share: string): string {
  return signedHundredths(microsOf(share) / 100n);
}

/** Percent as the platform says it, such as `4.25`, signed and with two decimals, cut off beyond. */
export function signedPercent(percent: string): string {
  return signedHundredths(microsOf(percent) / 10_000n);
}

function signedHundredths(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const sign = hundredths > 0n ? '+' : hundredths < 0n ? '−' : '';
  return `${sign}${size / 100n}.${(size % 100n).toString().padStart(2, '0')} %`;
}

/** An amount as it adds or takes: with a plus or a true minus. Beyond six decimals it is cut off. */
export function signedCount(decimal: string): string {
  const shown = decimal.replace(/(\.\d{6})\d+$/, '$1');
  const text = formatCount(shown).replace('-', '−');
  return microsOf(shown) > 0n ? `+${text}` : text;
}

export type Direction = 'up' | 'down' | 'same';

export interface Change {
  percent: string;
  direction: Direction;
  /** When the figure it is held against was valid. */
  since: string;
}

const dayMs = 86_400_000;

/**
 * What the newest of a source's figures (newest first) is against the last one at least a day older; where all are younger,
 * against the oldest.
 */
export function changeOf(figures: readonly { mid: string; validAt: string }[]): Change | undefined {
  const [newest, ...older] = figures;
  if (!newest) return undefined;
  const dayBefore = Date.parse(newest.validAt) - dayMs;
  const held = older.find(({ validAt }) => Date.parse(validAt) <= dayBefore) ?? older.at(-1);
  const percent = held && percentBetween(held.mid, newest.mid);
  if (!held || percent === undefined) return undefined;
  const moved = microsOf(newest.mid) - microsOf(held.mid);
  return { percent, direction: moved > 0n ? 'up' : moved < 0n ? 'down' : 'same', since: held.validAt };
}

/** How old something is, in the largest whole unit. */
export function ageText(ageMs: number): string {
  const minutes = Math.max(0, Math.floor(ageMs / 60_000));
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return count(minutes, 'minute');
  if (minutes < 48 * 60) return count(Math.floor(minutes / 60), 'hour');
  const days = Math.floor(minutes / 1_440);
  return days < 730 ? count(days, 'day') : count(Math.floor(days / 365), 'year');
}

function count(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}
