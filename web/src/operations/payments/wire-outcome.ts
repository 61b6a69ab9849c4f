import type { Answer } from '../../api/shapes.ts';
import { fromMinor, toMinor } from '../../money/amount.ts';
import { formatMoney } from '../../money/format.ts';

export type Payment = Answer<'/api/admin/payments'>['items'][number];

/** What booking a wire does, in a plain sentence with exact figures; whether it can be booked at all. */
export interface WireOutcome {
  bookable: boolean;
  sentence: string;
}

const into: Record<Payment['purpose'], string> = {
  funding: 'goes into escrow',
  top_up: 'goes to the free balance',
  payout: 'is paid out',
  refund: 'is sent back',
};

/** What a wire of an amount does to a payment: it completes it, leaves a rest due, or leaves a surplus that is sent back. */
export function wireOutcome(payment: Payment, amount: string): WireOutcome {
  const { type, purpose, currency, amount: full, remainingAmount } = payment;
  const say = (minor: bigint) => formatMoney(fromMinor(minor, currency), currency);
  const wired = toMinor(amount, currency);
  if (type === 'outgoing') {
    const due = toMinor(full, currency);
    return wired === due
      ? { bookable: true, sentence: `${say(due)} has left the bank and ${into[purpose]}. This cannot be undone.` }
      : { bookable: false, sentence: `A wire out must be of exactly ${say(due)}.` };
  }
  const due = toMinor(remainingAmount, currency);
  if (wired < due) {
    return { bookable: true, sentence: `${say(wired)} ${into[purpose]}; ${say(due - wired)} stays due.` };
  }
  if (wired === due) return { bookable: true, sentence: `${say(wired)} ${into[purpose]}. The payment is complete.` };
  const surplus = `${say(wired - due)} is more than was due and is sent back`;
  return {
    bookable: true,
    sentence: due === 0n ? `${surplus}.` : `${say(due)} ${into[purpose]} and completes the payment; ${surplus}.`,
  };
}
