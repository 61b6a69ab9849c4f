import type { QualityRules } from './rules.ts';

type OutlierRules = Pick<
  QualityRules,
  'changePpmMax' | 'referenceCount' | 'referenceCountMin' | 'deviationsMilliMax' | 'deviationFloorPpm'
>;

const ppm = 1_000_000n;
/** 1.4826: a median absolute deviation times this estimates the standard deviation of a normal distribution. */
const scaledNum = 14_826n;
const scaledDen = 10_000n;

/**
 * True for a mid that is not believed: it differs from the one before by more than the hard limit, or is unusually far both
 * from the median of the mids before it and from the last of them (median absolute deviation, after Leys et al. 2013). Far
 * from both, because a market that has moved stays where it is, and one that has spiked comes back. `before`: earlier mids,
 * oldest first, in micros; without any nothing is an outlier. Exact.
 */
export function isOutlier(midMicros: bigint, before: readonly bigint[], rules: OutlierRules): boolean {
  const last = before.at(-1);
  if (last === undefined) return false;
  const change = distance(midMicros, last);
  if (change * ppm > last * BigInt(rules.changePpmMax)) return true;
  const reference = before.slice(-rules.referenceCount);
  if (reference.length < rules.referenceCountMin) return false;
  const middle = median(reference);
  const deviation = median(reference.map((each) => distance(each, middle)));
  const usual = (deviation * scaledNum * BigInt(rules.deviationsMilliMax)) / (scaledDen * 1_000n);
  const floor = (middle * BigInt(rules.deviationFloorPpm)) / ppm;
  const allowed = usual > floor ? usual : floor;
  return distance(midMicros, middle) > allowed && change > allowed;
}

/** Two mids of one instrument that differ by more than `ppmMax` of the smaller. */
export function differ(a: bigint, b: bigint, ppmMax: number): boolean {
  const smaller = a < b ? a : b;
  return distance(a, b) * ppm > smaller * BigInt(ppmMax);
}

/** The middle of values; of an even number the lower of the two in the middle. */
export function median(values: readonly bigint[]): bigint {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
