import { canMove, minBigint, move, type Transitions } from '@clearlot/kernel';
import { paymentsErrors } from '../errors.ts';

export type PaymentStatus = 'pending' | 'partial' | 'confirmed' | 'cancelled';

/** A payment waits for its wires; money that comes later changes nothing of its state and goes back. */
export const paymentTransitions = {
  pending: ['partial', 'confirmed', 'cancelled'],
  partial: ['partial', 'confirmed', 'cancelled'],
  confirmed: [],
  cancelled: [],
} as const satisfies Transitions<PaymentStatus>;

/** What the rules need to know of a payment. Amounts in minor units. */
export interface PaymentState {
  status: PaymentStatus;
  amountMinor: bigint;
  confirmedMinor: bigint;
  surplusMinor: bigint;
}

/** A wire as it counts: `creditMinor` towards the payment, `surplusMinor` back to who sent it. */
export interface BookedWire extends PaymentState {
  match: 'short' | 'exact' | 'over';
  creditMinor: bigint;
}

/**
 * Books an incoming wire: it fills what is missing, anything above is surplus. A wire for a payment that is confirmed or
 * cancelled is all surplus: money that arrived is never refused. `creditMinor` + growth of `surplusMinor` = the wire.
 */
export function bookIncoming(payment: PaymentState, wireMinor: bigint): BookedWire {
  const waits = canMove(paymentTransitions, payment.status, 'confirmed');
  const missing = waits ? payment.amountMinor - payment.confirmedMinor : 0n;
  const creditMinor = minBigint(missing, wireMinor);
  const surplus = wireMinor - creditMinor;
  const confirmedMinor = payment.confirmedMinor + creditMinor;
  const complete = confirmedMinor === payment.amountMinor;
  return {
    amountMinor: payment.amountMinor,
    confirmedMinor,
    surplusMinor: payment.surplusMinor + surplus,
    creditMinor,
    match: surplus > 0n ? 'over' : complete ? 'exact' : 'short',
    status: waits ? move(paymentTransitions, payment.status, complete ? 'confirmed' : 'partial') : payment.status,
  };
}

/** Books an outgoing wire: all of the payment at once. Errors: PAYMENTS_AMOUNT_MISMATCH, STATE_TRANSITION_ILLEGAL. */
export function bookOutgoing(payment: PaymentState, wireMinor: bigint): PaymentState & { match: 'sent' } {
  if (wireMinor !== payment.amountMinor) throw paymentsErrors.error('PAYMENTS_AMOUNT_MISMATCH');
  const status = move(paymentTransitions, payment.status, 'confirmed');
  return { ...payment, status, confirmedMinor: payment.amountMinor, match: 'sent' };
}

/** What is still to come; nothing once a payment is cancelled. */
export function remainingMinor(payment: PaymentState): bigint {
  return payment.status === 'cancelled' ? 0n : payment.amountMinor - payment.confirmedMinor;
}

/** Equal for two spellings of one bank reference: banks change case and add spaces around. */
export function wireKey(reference: string): string {
  return reference.trim().toUpperCase();
}
