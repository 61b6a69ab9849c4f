/** A band of an increment table: prices under `belowMinor` move by `stepMinor`. The last band has no bound. */
export interface IncrementBand {
  belowMinor: bigint | null;
  stepMinor: bigint;
}

/** eBay's increments, in minor units of a currency with two digits: 0.05 below 1.00, … 100.00 from 5,000.00. */
export const defaultIncrements: readonly IncrementBand[] = [
  { belowMinor: 1_00n, stepMinor: 5n },
  { belowMinor: 5_00n, stepMinor: 25n },
  { belowMinor: 25_00n, stepMinor: 50n },
  { belowMinor: 100_00n, stepMinor: 1_00n },
  { belowMinor: 250_00n, stepMinor: 2_50n },
  { belowMinor: 500_00n, stepMinor: 5_00n },
  { belowMinor: 1_000_00n, stepMinor: 10_00n },
  { belowMinor: 2_500_00n, stepMinor: 25_00n },
  { belowMinor: 5_000_00n, stepMinor: 50_00n },
  { belowMinor: null, stepMinor: 100_00n },
];

/** By how much a price moves at the least. The bound of a band belongs to the next one. */
export function incrementAt(bands: readonly IncrementBand[], priceMinor: bigint): bigint {
  for (const { belowMinor, stepMinor } of bands) {
    if (belowMinor === null || priceMinor < belowMinor) return stepMinor;
  }
  throw new TypeError('An increment table ends with a band without bound');
}

/** What is wrong with a table, or undefined. */
export function incrementsProblem(bands: readonly IncrementBand[]): string | undefined {
  const bounds = bands.map((each) => each.belowMinor);
  const last = bounds.pop();
  if (last !== null) return 'the last increment band has no bound';
  let below = 0n;
  for (const bound of bounds) {
    if (bound === null || bound <= below) return 'increment bands rise, and only the last has no bound';
    below = bound;
  }
  return bands.some(({ stepMinor }) => stepMinor <= 0n) ? 'increments are above zero' : undefined;
}
