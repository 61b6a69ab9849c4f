import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseBid, type Standing } from './bidding.ts';

const climb = { start: 10_500, ceiling: 13_500, step: 5 };
const opensAt = '2026-11-24T10:00:00.000Z';
const minute = (count: number) => Date.parse(opensAt) + count * 60_000;
const standing = (change: Partial<Standing> = {}): Standing => ({
  ...{ status: 'open', nextBid: 10_500, leader: null, opensAt, closesAt: '2026-11-24T10:20:00.000Z' },
  ...change,
});

describe('a simulated bid', () => {
  test('opens at the starting price', () => {
    expect(chooseBid(standing(), climb, [1, 2, 3], minute(0), () => 0.99)).toEqual({ bidder: 3, amount: 10_500 });
  });

  test('is never that of the leader, never under the least, in whole steps, and never over what the time allows', () => {
    const rolls = fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(rolls, fc.nat(20), fc.integer({ min: 10_500, max: 14_000 }), (rolled, passed, nextBid) => {
        const left = [...rolled];
        const at = standing({ leader: 2, nextBid });
        const chosen = chooseBid(at, climb, [1, 2, 3], minute(passed), () => left.shift() ?? 0);
        const limit = 10_500 + 150 * passed;
        if (nextBid > limit) return chosen === undefined;
        const over = Number(chosen?.amount) - nextBid;
        return chosen?.bidder !== 2 && over >= 0 && over % climb.step === 0 && nextBid + over <= limit;
      }),
    );
  });

  test('stays under the ceiling also after the close was put off', () => {
    expect(chooseBid(standing({ nextBid: 13_500.01 }), climb, [1], minute(90), () => 0)).toBeUndefined();
    expect(chooseBid(standing({ nextBid: 13_495 }), climb, [1], minute(90), () => 0.99)?.amount).toBe(13_500);
  });

  test('is not made before the lot is open, after it is over, or by a leader alone', () => {
    expect(chooseBid(standing({ status: 'scheduled' }), climb, [1], minute(5), () => 0)).toBeUndefined();
    expect(chooseBid(standing({ status: 'closed', nextBid: null }), climb, [1], minute(5), () => 0)).toBeUndefined();
    expect(chooseBid(standing({ leader: 1 }), climb, [1], minute(5), () => 0)).toBeUndefined();
  });
});
