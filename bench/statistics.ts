/** The middle of some figures; of an even number the upper one. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** The figure that `share` of the others are below: 0.99 is the 99th percentile. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
