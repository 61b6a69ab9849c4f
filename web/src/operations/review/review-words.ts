import { type Tone, words } from '../../design/status.tsx';

const states: Record<string, { label: string; tone: Tone }> = {
  pending: { label: 'To review', tone: 'amber' },
  submitted: { label: 'To review', tone: 'amber' },
  draft: { label: 'Being written', tone: 'blue' },
  verified: { label: 'Verified', tone: 'green' },
  rejected: { label: 'Turned down', tone: 'red' },
  suspended: { label: 'Suspended', tone: 'red' },
};

/** The state of what somebody handed in, in an operator's words; amber waits on us. */
export const reviewState = (status: string): { label: string; tone: Tone } =>
  states[status] ?? { label: words(status), tone: 'plain' };
