import { microsOf } from './price.ts';

interface Box {
  width: number;
  height: number;
  inset: number;
}

const places = 10_000n;

/** Where prices (oldest first) are drawn in a box: evenly across, the lowest at the bottom; a flat line runs in the middle. */
export function sparklinePoints(prices: readonly string[], { width, height, inset }: Box): { x: number; y: number }[] {
  const values = prices.map(microsOf);
  const [low = 0n, high = low] = extremes(values);
  const span = high - low;
  return values.map((value, index) => {
    const share = span === 0n ? 0.5 : Number(((value - low) * places) / span) / Number(places);
    return {
      x: round(inset + (index / Math.max(1, values.length - 1)) * (width - 2 * inset)),
      y: round(height - inset - share * (height - 2 * inset)),
    };
  });
}

function extremes(values: readonly bigint[]): [bigint?, bigint?] {
  const sorted = [...values].sort((a, b) => Number(a - b));
  return [sorted[0], sorted.at(-1)];
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
