import { deadEnds, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bookIncoming,
  bookOutgoing,
  type PaymentState,
  paymentTransitions,
  remainingMinor,
  wireKey,
} from './payment.ts';

const pending = (amountMinor: bigint): PaymentState => ({
  status: 'pending',
  amountMinor,
  confirmedMinor: 0n,
  surplusMinor: 0n,
});

test('every payment state is reached and leads to an end', () => {
  expect(unreachableStates(paymentTransitions, 'pending')).toEqual([]);
  expect(deadEnds(paymentTransitions, ['confirmed', 'cancelled'])).toEqual([]);
});

test('whatever wires come, each minor unit counts once: towards the payment or as surplus', () => {
  const wires = fc.array(fc.bigInt({ min: 1n, max: 10n ** 17n }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 17n }), wires, fc.boolean(), (amountMinor, sums, cancelled) => {
      let payment: PaymentState = { ...pending(amountMinor), status: cancelled ? 'cancelled' : 'pending' };
      let received = 0n;
      for (const wire of sums) {
        const next = bookIncoming(payment, wire);
        received += wire;
        expect(next.confirmedMinor + next.surplusMinor).toBe(received);
        expect(next.creditMinor + (next.surplusMinor - payment.surplusMinor)).toBe(wire);
        expect(next.match === 'over').toBe(next.surplusMinor > payment.surplusMinor);
        expect(next.status === 'confirmed').toBe(!cancelled && received >= amountMinor);
        payment = next;
      }
      expect(payment.confirmedMinor <= amountMinor).toBe(true);
      expect(remainingMinor(payment)).toBe(cancelled || received >= amountMinor ? 0n : amountMinor - received);
    }),
  );
});

test('an outgoing payment takes exactly its amount, once', () => {
  expect(bookOutgoing(pending(500n), 500n)).toMatchObject({ status: 'confirmed', confirmedMinor: 500n, match: 'sent' });
  for (const wrong of [499n, 501n]) {
    expect(() => bookOutgoing(pending(500n), wrong)).toThrow(
      expect.objectContaining({ code: 'PAYMENTS_AMOUNT_MISMATCH' }),
    );
  }
  const confirmed = bookOutgoing(pending(500n), 500n);
  expect(() => bookOutgoing(confirmed, 500n)).toThrow(expect.objectContaining({ code: 'STATE_TRANSITION_ILLEGAL' }));
});

test('two spellings of one bank reference are the same wire', () => {
  expect(wireKey('  fed-1a ')).toBe(wireKey('FED-1A'));
  expect(wireKey('FED-1A')).not.toBe(wireKey('FED-1B'));
});
