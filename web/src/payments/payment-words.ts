import type { Answer } from '../api/shapes.ts';
import type { Tone } from '../design/status.tsx';

export type Payment = Answer<'/api/payments/my'>[number];

const purposes: Record<Payment['purpose'], string> = {
  funding: 'Wire to escrow',
  top_up: 'Top-up of your balance',
  payout: 'Payout to you',
  refund: 'Refund to you',
};

/** What a payment is for, in words. */
export const purposeLabel = (purpose: Payment['purpose']): string => purposes[purpose];

/** A payment's state in words; amber waits for your wire. */
export function paymentState({ status, type }: Pick<Payment, 'status' | 'type'>): { label: string; tone: Tone } {
  if (status === 'confirmed') return { label: type === 'incoming' ? 'Received' : 'Sent', tone: 'green' };
  if (status === 'cancelled') return { label: 'Not due any more', tone: 'plain' };
  if (type === 'outgoing') return { label: 'Clearlot sends it', tone: 'blue' };
  return status === 'partial'
    ? { label: 'Received in part', tone: 'amber' }
    : { label: 'Waits for your wire', tone: 'amber' };
}

/** Whether my own wire is what a payment waits for. */
export function waitsForMyWire({ type, status }: Pick<Payment, 'status' | 'type'>): boolean {
  return type === 'incoming' && (status === 'pending' || status === 'partial');
}
