import type { LiveUpdate } from './auction.ts';

export interface PricePoint {
  /** Seconds since 1970, as the chart counts time. */
  time: number;
  price: number | string;
}

/** The price after each second in which it changed; refused bids and hidden ones have none. */
export function pricePoints(updates: readonly LiveUpdate[]): PricePoint[] {
  const points: PricePoint[] = [];
  for (const { outcome, price, at } of updates) {
    if (outcome !== 'accepted' || price === null || price === undefined) continue;
    const time = Math.floor(Date.parse(at) / 1_000);
    const last = points.at(-1);
    if (last && last.time >= time) last.price = price;
    else if (last?.price !== price) points.push({ time, price });
  }
  return points;
}
