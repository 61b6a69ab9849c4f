import { describe, expect, it } from 'vitest';
import type { LiveState, MyBid, Rules } from './auction.ts';
import { boundOf, buyNowPrice, quickBids, retractable, stepAt } from './least-bid.ts';

const closesAt = '2026-11-24T12:00:00.000Z';
const rules: Rules = { startingMinor: '1000000', hasReserve: false, opensAt: '', closesAt };

const mine = (...amounts: number[]): MyBid[] =>
  amounts
    .map((amount, index) => ({
      ...{ sequence: index + 1, at: '', type: 'bid' as const, key: `${index}`, amount },
      ...{ outcome: 'accepted' as const, code: null, hash: '' },
    }))
    .toReversed();

function live(change: Partial<LiveState> = {}): LiveState {
  return {
    ...{ auctionId: 'a', sequence: 9, status: 'open', price: 10_000, leader: 2, reserveMet: null, round: null },
    ...{ opensAt: '', closesAt, extensions: 0, nextBid: 10_025, bids: 3, bidders: 2, result: null },
    ...change,
  };
}

const participation = {
  ...{ auctionId: 'a', bidder: 7, depositId: null, deposit: 0, sharePpm: 0, status: 'admitted' as const },
};
const auction = (format: Parameters<typeof boundOf>[0]['format']) => ({ format, currency: 'USD', participation });

describe('the nearest bid that counts', () => {
  it('is what the platform says, and past the own limit for who leads', () => {
    expect(boundOf(auction('english'), live(), rules, mine(10_010))).toEqual({ min: '10025.00' });
    expect(boundOf(auction('english'), live({ leader: 7 }), rules, mine(14_250))).toEqual({ min: '14250.01' });
    expect(boundOf(auction('reverse'), live({ leader: 7 }), rules, mine(9_000))).toEqual({ max: '8999.99' });
    expect(boundOf(auction('reverse'), live({ nextBid: 9_900 }), rules, [])).toEqual({ max: '9900.00' });
  });

  it('begins at the starting price where bids are hidden, and goes on from the own one', () => {
    expect(boundOf(auction('sealed_first'), live({ nextBid: null }), rules, [])).toEqual({ min: '10000.00' });
    expect(boundOf(auction('sealed_second'), live({ nextBid: null }), rules, mine(11_000))).toEqual({
      min: '11000.01',
    });
    const meat = { ...rules, stepMinor: '5000' };
    expect(boundOf(auction('meat_rounds'), live({ nextBid: null }), meat, mine(9_800))).toEqual({ max: '9750.00' });
  });
});

it('takes the step of the band that a price is in; the bound of a band belongs to the next one', () => {
  const increments = [
    { belowMinor: '1000', stepMinor: '10' },
    { belowMinor: null, stepMinor: '100' },
  ];
  expect([stepAt({ increments }, 999n), stepAt({ increments }, 1_000n)]).toEqual([10n, 100n]);
});

it('offers amounts a few steps apart, away from the price and never at or below zero', () => {
  const steps = { ...rules, increments: [{ belowMinor: null, stepMinor: '2500' }] };
  expect(quickBids({ min: '10025.00' }, steps, 'USD')).toEqual(['10025.00', '10125.00', '10525.00']);
  expect(quickBids({ max: '60.00' }, steps, 'USD')).toEqual(['60.00']);
  expect(quickBids({}, steps, 'USD')).toEqual([]);
});

it('lets a bid be taken back only while the rules do', () => {
  const noon = Date.parse(closesAt);
  const until = { ...rules, retractUntilMsBeforeClose: 60_000 };
  expect(retractable(until, live(), mine(1, 2), noon - 60_001)?.amount).toBe(2);
  expect(retractable(until, live(), mine(1, 2), noon - 60_000)).toBeUndefined();
  expect(retractable(rules, live(), mine(1), 0)).toBeUndefined();
  expect(retractable(until, live(), [], 0)).toBeUndefined();
});

it('offers the lot at once until bidding has reached that price', () => {
  const buyNow = { ...rules, buyNowMinor: '1600000' };
  expect(buyNowPrice(auction('english'), live({ price: '15999.99' }), buyNow)).toBe('16000.00');
  expect(buyNowPrice(auction('english'), live({ price: 16_000 }), buyNow)).toBeUndefined();
  expect(buyNowPrice(auction('reverse'), live({ price: 16_000.01 }), buyNow)).toBe('16000.00');
  expect(buyNowPrice(auction('reverse'), live({ price: 15_000 }), buyNow)).toBeUndefined();
  expect(buyNowPrice(auction('english'), live({ status: 'closed' }), buyNow)).toBeUndefined();
});
