import { expect, it } from 'vitest';
import { type Payment, wireOutcome } from './wire-outcome.ts';

const payment = (change: Partial<Payment> = {}): Payment => ({
  paymentId: 'p',
  dealId: 'd',
  type: 'incoming',
  purpose: 'funding',
  commitmentId: 'c',
  participationId: null,
  amount: 1000.3,
  confirmedAmount: 0,
  remainingAmount: 1000.3,
  surplusAmount: 0,
  currency: 'USD',
  status: 'pending',
  reference: 'CL-1',
  wireInstructions: null,
  createdAt: '2026-11-01T00:00:00Z',
  confirmedAt: null,
  wires: [],
  userId: 'u',
  ...change,
});

const said = (each: Payment, amount: string) => wireOutcome(each, amount).sentence.replaceAll('\u00a0', ' ');

it('says to the cent what a wire that is short leaves due', () => {
  expect(said(payment(), '1000.1')).toBe('USD 1,000.10 goes into escrow; USD 0.20 stays due.');
});

it('says that the exact wire completes the payment', () => {
  expect(said(payment({ remainingAmount: 0.2 }), '0.20')).toBe('USD 0.20 goes into escrow. The payment is complete.');
});

it('says what of a larger wire is sent back', () => {
  expect(said(payment(), '1000.31')).toBe(
    'USD 1,000.30 goes into escrow and completes the payment; USD 0.01 is more than was due and is sent back.',
  );
  expect(said(payment({ remainingAmount: 0 }), '5')).toBe('USD 5.00 is more than was due and is sent back.');
});

it('lets a wire out be booked only of exactly its amount', () => {
  const payout = payment({ type: 'outgoing', purpose: 'payout' });
  expect(wireOutcome(payout, '1000.30').bookable).toBe(true);
  expect(wireOutcome(payout, '1000.31').bookable).toBe(false);
  expect(wireOutcome(payout, '1000').bookable).toBe(false);
});
