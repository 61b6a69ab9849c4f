import { expect, it } from 'vitest';
import { type Allocation, totalsOf, unusedOf } from './allocation-totals.ts';

const allocation = (change: Partial<Allocation> = {}): Allocation => ({
  dealId: 'deal',
  applied: false,
  rule: 'pro-rata',
  price: 11.1,
  currency: 'USD',
  supplyShares: 9,
  demandShares: 6,
  targetShares: 10,
  totalShares: 6,
  totalAmount: 66.6,
  participations: [
    { participationId: 'p1', requestedShares: 6, allocatedShares: 4, reason: 'prorated', proceeds: 44.4 },
    { participationId: 'p2', requestedShares: 3, allocatedShares: 2, reason: 'prorated', proceeds: 22.2 },
  ],
  commitments: [
    {
      commitmentId: 'c1',
      requestedShares: 3,
      allocatedShares: 3,
      reason: 'full',
      commitmentAmount: 33.3,
      allocatedAmount: 33.3,
      unusedAmount: 0,
    },
    {
      commitmentId: 'c2',
      requestedShares: 3,
      allocatedShares: 3,
      reason: 'full',
      commitmentAmount: 40,
      allocatedAmount: 33.3,
      unusedAmount: 6.7,
    },
  ],
  ...change,
});

it('adds both sides of an allocation up exactly, where binary fractions would not', () => {
  expect(33.3 + 33.3 + 33.3).not.toBe(99.9);
  expect(totalsOf(allocation())).toEqual({
    soldShares: 6,
    boughtShares: 6,
    proceeds: '66.60',
    payments: '66.60',
    exact: true,
  });
  expect(unusedOf(allocation())).toBe('6.70');
});

it('is not exact when a cent, a share or a side is off', () => {
  const [first, second] = allocation().participations;
  if (!first || !second) throw new Error('the example has two sellers');
  expect(totalsOf(allocation({ totalAmount: 66.61 })).exact).toBe(false);
  expect(totalsOf(allocation({ totalShares: 7 })).exact).toBe(false);
  expect(totalsOf(allocation({ participations: [first, { ...second, proceeds: 22.19 }] })).exact).toBe(false);
  expect(totalsOf(allocation({ participations: [first] })).exact).toBe(false);
});

it('keeps every digit of amounts that came as text', () => {
  const amount = '90071992547409930.07';
  const whole = allocation({
    price: amount,
    totalShares: 1,
    totalAmount: amount,
    participations: [
      { participationId: 'p', requestedShares: 1, allocatedShares: 1, reason: 'full', proceeds: amount },
    ],
    commitments: [
      {
        commitmentId: 'c',
        requestedShares: 1,
        allocatedShares: 1,
        reason: 'full',
        commitmentAmount: amount,
        allocatedAmount: amount,
        unusedAmount: 0,
      },
    ],
  });
  expect(totalsOf(whole)).toMatchObject({ proceeds: amount, payments: amount, exact: true });
  expect(totalsOf({ ...whole, totalAmount: '90071992547409930.08' }).exact).toBe(false);
});
