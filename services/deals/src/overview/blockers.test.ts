import { describe, expect, it } from 'vitest';
import { findBlockers } from './blockers.ts';

const settling = (state: 'signing' | 'funding' | 'paying_out', blockedReason: string | null = null) => ({
  id: 'deal',
  status: 'locked',
  settlement: { state, blockedReason },
  participations: [
    { id: 'p1', sellerId: 's1', status: 'allocated' as const },
    { id: 'p2', sellerId: 's2', status: 'docs_signed' as const },
    { id: 'p3', sellerId: 's3', status: 'cancelled' as const },
  ],
  commitments: [
    { id: 'c1', buyerId: 'b1', status: 'docs_signed' as const },
    { id: 'c2', buyerId: 'b2', status: 'funded' as const },
  ],
});

describe('who a deal waits for', () => {
  it('while signing: those whose signature is missing', () => {
    expect(findBlockers(settling('signing'))).toEqual([{ userId: 's1', what: 'sign', subjectId: 'p1' }]);
  });

  it('while funding: buyers whose wire is missing', () => {
    expect(findBlockers(settling('funding'))).toEqual([{ userId: 'b1', what: 'wire', subjectId: 'c1' }]);
  });

  it('while paying out: the operator, for each payout to confirm', () => {
    expect(findBlockers(settling('paying_out'))).toEqual([{ userId: null, what: 'confirm_payout', subjectId: 'p2' }]);
  });

  it('when blocked: the accreditation, and nothing else', () => {
    expect(findBlockers(settling('funding', 'lost'))).toEqual([
      { userId: null, what: 'accreditation', subjectId: 'deal' },
    ]);
  });

  it('before the lock: every decision that is due', () => {
    const open = {
      id: 'deal',
      status: 'open',
      settlement: null,
      participations: [
        { id: 'p1', sellerId: 's', status: 'submitted' as const },
        { id: 'p2', sellerId: 's', status: 'verified' as const },
        { id: 'p3', sellerId: 's', status: 'withdrawn' as const },
      ],
      commitments: [
        { id: 'c1', buyerId: 'b', status: 'submitted' as const },
        { id: 'c2', buyerId: 'b', status: 'approved' as const },
      ],
    };
    expect(findBlockers(open).map(({ what, subjectId }) => `${what} ${subjectId}`)).toEqual([
      'verify_holding p1',
      'approve p2',
      'approve c1',
    ]);
  });
});
