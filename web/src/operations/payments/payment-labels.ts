import type { Tone } from '../../design/status.tsx';
import type { Payment } from './wire-outcome.ts';

const purposes: Record<Payment['purpose'], string> = {
  funding: 'Funding of an escrow',
  top_up: 'Top-up of a balance',
  payout: 'Payout',
  refund: 'Refund',
};

/** What a payment is for, in an operator's words. */
export const purposeOf = (purpose: Payment['purpose']): string => purposes[purpose];

/** Whom a payment waits for: wires in come from people, wires out are sent at the bank by us. */
export function stateOf({ type, status }: Pick<Payment, 'type' | 'status'>): { label: string; tone: Tone } {
  if (status === 'cancelled') return { label: 'Not due any more', tone: 'plain' };
  if (status === 'confirmed') return { label: type === 'incoming' ? 'Received' : 'Sent', tone: 'green' };
  if (type === 'outgoing') return { label: 'To send at the bank', tone: 'amber' };
  return status === 'partial'
    ? { label: 'Received in part', tone: 'blue' }
    : { label: 'Waits for the wire', tone: 'blue' };
}
