/** Σ values; zero for none. */
export function sumBigint(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

/** The least of one or more values, exactly (Math.min refuses bigint). */
export function minBigint(first: bigint, ...rest: readonly bigint[]): bigint {
  let least = first;
  for (const value of rest) if (value < least) least = value;
  return least;
}

/** The greatest of one or more values, exactly. */
export function maxBigint(first: bigint, ...rest: readonly bigint[]): bigint {
  let greatest = first;
  for (const value of rest) if (value > greatest) greatest = value;
  return greatest;
}
