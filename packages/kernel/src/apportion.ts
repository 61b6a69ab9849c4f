import { kernelErrors } from './errors.ts';

/**
 * Splits `total` whole units in proportion to `weights` by largest remainder (Hamilton): each gets ⌊total·w/Σw⌋, then the
 * units left go one each by descending remainder, ties to the lower index; the caller orders by priority.
 * Guarantees: Σ = total; every part is within one unit of its exact share; a zero weight gets nothing; no part exceeds its
 * weight when total ≤ Σw; exact at any size. O(n log n).
 * Errors: QUANTITY_INVALID for a negative total or weight, or a positive total with no weight to take it.
 */
export function largestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) throw kernelErrors.error('QUANTITY_INVALID', 'The total to split is negative');
  let weightSum = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw kernelErrors.error('QUANTITY_INVALID', 'A weight is negative');
    weightSum += weight;
  }
  if (total === 0n) return weights.map(() => 0n);
  if (weightSum === 0n) throw kernelErrors.error('QUANTITY_INVALID', 'There is no weight to split the total by');
  if (total === weightSum) return [...weights];

  let left = total;
  const parts: bigint[] = [];
  const fractional: { index: number; remainder: bigint }[] = [];
  for (const [index, weight] of weights.entries()) {
    const product = total * weight;
    const part = product / weightSum;
    const remainder = product - part * weightSum;
    parts.push(part);
    left -= part;
    if (remainder > 0n) fractional.push({ index, remainder });
  }
  // Σ remainders = left · Σw and each is under Σw, so `left` is under the number of fractional parts.
  fractional.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of fractional.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}
