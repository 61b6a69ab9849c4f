import { expect, it } from 'vitest';
import type { LiveUpdate } from './auction.ts';
import { pricePoints } from './price-points.ts';

const update = (second: number, price: number | null, outcome: LiveUpdate['outcome'] = 'accepted'): LiveUpdate => ({
  ...{ sequence: 1, at: new Date(second * 1_000).toISOString(), kind: 'bid', outcome, price },
});

it('has one point a second, the last, and none where the price did not change', () => {
  const points = pricePoints([update(1, 100), update(1.4, 110), update(2, 110), update(3, 120)]);
  expect(points).toEqual([
    { time: 1, price: 110 },
    { time: 3, price: 120 },
  ]);
});

it('shows nothing of refused bids and of prices that nobody may know', () => {
  expect(pricePoints([update(1, null), update(2, 100, 'refused')])).toEqual([]);
});
