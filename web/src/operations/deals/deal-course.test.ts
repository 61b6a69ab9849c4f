import { describe, expect, it } from 'vitest';
import { courseOf, nextStepOf, type Overview } from './deal-course.ts';

const deal = (change: Partial<Overview> = {}): Overview => ({
  dealId: 'd',
  companyId: 'c',
  companyName: 'Helios',
  name: 'Helios tender',
  status: 'open',
  targetShares: 1000,
  priceMin: 10,
  priceMax: 15,
  price: null,
  currency: 'USD',
  minimumTicket: 1000,
  maximumTicket: 5000,
  opensAt: '2026-11-01T00:00:00Z',
  closesAt: '2026-12-01T00:00:00Z',
  termsVersion: '1',
  riskDisclosures: [],
  funnel: { participations: {}, commitments: {} },
  totals: {
    sharesOffered: 0,
    sharesApproved: 0,
    sharesAllocated: 0,
    amountCommitted: 0,
    amountAllocated: 5000,
    amountFunded: 2000,
    amountPaidOut: 0,
  },
  settlement: null,
  blockers: [],
  incidents: [],
  participations: [],
  commitments: [],
  ...change,
});

const settling = (state: string, blockers: Overview['blockers'] = [], blockedReason: string | null = null) =>
  deal({
    status: 'locked',
    settlement: { state, deadlineAt: null, blockedReason, startedAt: '2026-11-02T00:00:00Z' },
    blockers,
  });

const sign = (userId: string) => ({ userId, what: 'sign' as const, subjectId: userId });

describe('what a deal waits for', () => {
  it('is the operator while decisions are due', () => {
    const step = nextStepOf(deal({ blockers: [{ userId: null, what: 'approve', subjectId: 'c' }] }));
    expect(step).toMatchObject({ on: 'you', title: 'One decision is due' });
  });

  it('is the operator once both sides have somebody approved, and others before', () => {
    const funnel = { participations: { approved: 1 }, commitments: { submitted: 0 } };
    expect(nextStepOf(deal({ funnel })).on).toBe('others');
    expect(nextStepOf(deal({ funnel: { ...funnel, commitments: { approved: 2 } } })).on).toBe('you');
  });

  it('counts people once, however many agreements they have to sign', () => {
    const step = nextStepOf(settling('signing', [sign('a'), sign('b'), { ...sign('a'), subjectId: 'other' }]));
    expect(step).toMatchObject({ on: 'others', title: '2 people have agreements to sign' });
  });

  it('says how much of the money is there while wires are missing', () => {
    const step = nextStepOf(settling('funding', [{ userId: 'a', what: 'wire', subjectId: 'c' }]));
    expect(step.title).toBe('One buyer has a wire to send');
    expect(step.detail).toContain('USD\u00a02,000.00 of USD\u00a05,000.00');
  });

  it('puts what blocks the release before everything else', () => {
    expect(nextStepOf(settling('funding', [], 'Not accredited any more: b'))).toMatchObject({
      on: 'you',
      title: 'The release is blocked',
      detail: 'Not accredited any more: b',
    });
  });
});

describe('the course of a deal', () => {
  const step = (status: string, at: string, note: string | null = null) => ({
    at,
    subjectType: 'deal',
    subjectId: 'd',
    status,
    note,
  });

  it('marks what was reached with its last time, and the present step as waiting on the operator', () => {
    const rungs = courseOf(deal({ status: 'allocated' }), [
      step('open', '1'),
      step('allocated', '2'),
      step('allocated', '3'),
      { ...step('locked', '4'), subjectType: 'participation' },
    ]);
    expect(rungs.map(({ state, at }) => [state, at])).toEqual([
      ['done', '1'],
      ['blocked', '3'],
      ['todo', undefined],
      ['todo', undefined],
      ['todo', undefined],
    ]);
  });

  it('ends where a deal was called off, with the reason', () => {
    const rungs = courseOf(deal({ status: 'cancelled' }), [
      step('open', '1'),
      step('cancelled', '2', 'The company withdrew'),
    ]);
    expect(rungs.map(({ state, note }) => [state, note])).toEqual([
      ['done', undefined],
      ['failed', 'The company withdrew'],
    ]);
  });
});
