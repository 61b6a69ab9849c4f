import { type Tone, words } from '../design/status.tsx';

interface State {
  label: string;
  tone: Tone;
}

const deals: Record<string, State> = {
  draft: { label: 'Draft', tone: 'plain' },
  open: { label: 'Open', tone: 'green' },
  allocated: { label: 'Allocated', tone: 'blue' },
  locked: { label: 'In settlement', tone: 'blue' },
  settled: { label: 'Settled', tone: 'green' },
  closed: { label: 'Closed', tone: 'green' },
  cancelled: { label: 'Called off', tone: 'red' },
};

const parts: Record<string, State> = {
  submitted: { label: 'With Clearlot for review', tone: 'blue' },
  verified: { label: 'Holding verified', tone: 'blue' },
  approved: { label: 'Approved', tone: 'blue' },
  allocated: { label: 'Allocated', tone: 'blue' },
  docs_signed: { label: 'Agreements signed', tone: 'blue' },
  funded: { label: 'Money in escrow', tone: 'blue' },
  paid: { label: 'Paid', tone: 'green' },
  complete: { label: 'Complete', tone: 'green' },
  rejected: { label: 'Turned down', tone: 'red' },
  withdrawn: { label: 'Withdrawn', tone: 'plain' },
  cancelled: { label: 'Ended without a trade', tone: 'plain' },
};

/** A deal's state in words. */
export const dealState = (status: string): State => deals[status] ?? { label: words(status), tone: 'plain' };

/** The state of an offer of shares or a commitment of funds in words. */
export const partState = (status: string): State => parts[status] ?? { label: words(status), tone: 'plain' };

/** Whether an offer or commitment has come to its end, good or bad. */
export function hasEnded(status: string): boolean {
  return ['paid', 'complete', 'rejected', 'withdrawn', 'cancelled'].includes(status);
}
