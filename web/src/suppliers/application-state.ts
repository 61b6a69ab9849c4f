import type { Answer } from '../api/shapes.ts';
import type { Rung } from '../design/ladder.tsx';
import type { Tone } from '../design/status.tsx';

export type MyCompany = Answer<'/api/suppliers/my'>;
type Step = MyCompany['onboarding']['steps'][number]['name'];

export const applicationTone: Record<MyCompany['status'], Tone> = {
  draft: 'amber',
  submitted: 'blue',
  verified: 'green',
  rejected: 'red',
  suspended: 'red',
};

const labels: Record<Step, string> = {
  company: 'Who you are',
  regions: 'Where you deliver to',
  incoterms: 'Your delivery terms',
  evidence: 'A paper or a certificate',
  submitted: 'Handed in',
  verified: 'Verified',
};

/** What an application still lacks before it can be handed in, in words. */
export function missingParts({ onboarding }: Pick<MyCompany, 'onboarding'>): string[] {
  return onboarding.steps
    .filter(({ name, done }) => !done && name !== 'submitted' && name !== 'verified')
    .map(({ name }) => labels[name]);
}

/** How far an application is; the next step waits on whoever must take it. */
export function applicationRungs(
  company: Pick<MyCompany, 'onboarding' | 'status' | 'notes' | 'createdAt' | 'submittedAt' | 'decidedAt'>,
): Rung[] {
  const { onboarding, status, notes, createdAt, submittedAt, decidedAt } = company;
  const at: Partial<Record<Step, string | null>> = { company: createdAt, submitted: submittedAt, verified: decidedAt };
  const ended = status === 'rejected' || status === 'suspended';
  const rungs = onboarding.steps.map(({ name, done }): Rung => {
    const label = labels[name];
    if (done) return { label, state: 'done', at: at[name], ...(name === 'verified' ? { note: notes } : {}) };
    if (name !== onboarding.nextStep || ended) return { label, state: 'todo' };
    return name === 'verified'
      ? { label, state: 'current', at: submittedAt, actor: 'an operator reviews it' }
      : { label, state: 'blocked', actor: 'waits on you' };
  });
  if (!ended) return rungs;
  const said: Rung = {
    label: status === 'rejected' ? 'Not accepted' : 'Suspended',
    state: 'failed',
    at: decidedAt,
    note: notes,
  };
  const last = status === 'rejected' ? rungs.findIndex(({ label }) => label === labels.submitted) : rungs.length - 1;
  return [...rungs.slice(0, last), said, ...rungs.slice(last)];
}
