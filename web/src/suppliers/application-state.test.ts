import { describe, expect, it } from 'vitest';
import { applicationRungs, type MyCompany, missingParts } from './application-state.ts';

const names = ['company', 'regions', 'incoterms', 'evidence', 'submitted', 'verified'] as const;
const application = (status: MyCompany['status'], done: number) => ({
  status,
  notes: status === 'draft' ? null : 'The registration is out of date.',
  createdAt: '2026-11-01T10:00:00Z',
  submittedAt: done > 4 || status === 'rejected' ? '2026-11-02T10:00:00Z' : null,
  decidedAt: status === 'draft' || status === 'submitted' ? null : '2026-11-03T10:00:00Z',
  onboarding: {
    steps: names.map((name, index) => ({ name, done: index < done })),
    completePercent: 0,
    nextStep: names[done] ?? null,
  },
});

describe('an application', () => {
  it('waits on the supplier until it is handed in, then on an operator', () => {
    expect(applicationRungs(application('draft', 1))[1]).toMatchObject({ state: 'blocked', actor: 'waits on you' });
    expect(applicationRungs(application('submitted', 5))[5]).toMatchObject({
      state: 'current',
      at: '2026-11-02T10:00:00Z',
    });
    expect(applicationRungs(application('verified', 6)).every(({ state }) => state === 'done')).toBe(true);
  });

  it('says why it was not accepted before it is handed in again', () => {
    const rungs = applicationRungs(application('rejected', 4));
    expect(rungs.map(({ label }) => label).slice(4)).toEqual(['Not accepted', 'Handed in', 'Verified']);
    expect(rungs[4]).toMatchObject({ state: 'failed', note: 'The registration is out of date.' });
  });

  it('names what is missing, but not the steps that follow by themselves', () => {
    expect(missingParts(application('draft', 2))).toEqual(['Your delivery terms', 'A paper or a certificate']);
    expect(missingParts(application('draft', 4))).toEqual([]);
  });
});
