import { describe, expect, it } from 'vitest';
import { type Payment, partsOf, rungsOf, type Standing, waitingFor } from './standing.ts';

const at = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;

const deal: Standing['deal'] = {
  ...{ dealId: 'deal', companyId: 'company', companyName: 'Aurora', name: 'Aurora tender offer', status: 'open' },
  ...{ targetShares: 3_000, priceMin: 10, priceMax: 15, price: 12.5, currency: 'USD', termsVersion: '2026-11' },
  ...{ minimumTicket: 1_000, maximumTicket: 500_000, opensAt: at(0), closesAt: at(59), riskDisclosures: [] },
};

function standing(change: Partial<Standing>): Standing {
  return {
    ...{ deal, dealId: 'deal', dealName: deal.name, dealStatus: 'locked', role: 'seller', status: '', nextStep: '' },
    ...{ currency: 'USD', price: 12.5, participations: [], commitments: [], agreements: [], timeline: [] },
    amounts: { sharesOffered: 0, sharesAllocated: 0, proceeds: 0, committed: 0, allocated: 0 },
    ...change,
  };
}

function offer(status: string): Standing['participations'][number] {
  return {
    ...{ participationId: 'offer', dealId: 'deal', holdingId: 'holding', shareType: 'common', status },
    ...{ sharesToSell: 2_000, approvedShares: 2_000, allocatedShares: 1_500, notes: null, nextSteps: '' },
    submittedAt: at(1),
  };
}

function commitment(status: string): Standing['commitments'][number] {
  return {
    ...{ commitmentId: 'commitment', dealId: 'deal', accreditationId: 'accreditation', status, currency: 'USD' },
    ...{ commitmentAmount: 25_000, allocatedAmount: 18_750, allocatedShares: 1_500, notes: null, nextSteps: '' },
    submittedAt: at(2),
  };
}

function agreement(change: Partial<Standing['agreements'][number]>): Standing['agreements'][number] {
  return {
    ...{ agreementId: 'agreement', documentId: 'document', shares: 1_500, amount: 18_750 },
    ...{ sellerSignedAt: null, buyerSignedAt: null, ...change },
  };
}

function payment(change: Partial<Payment>): Payment {
  return {
    ...{ paymentId: 'payment', purpose: 'funding', status: 'pending', remainingAmount: 18_750, currency: 'USD' },
    ...{ reference: 'CL-1', ...change },
  } as Payment;
}

describe('who must act next', () => {
  it('is whoever has not signed, with the agreement to sign', () => {
    const open = standing({ agreements: [agreement({ buyerSignedAt: at(5) })] });
    expect(waitingFor(open, offer('allocated'), [])).toMatchObject({ on: 'you', act: { documentId: 'document' } });
    expect(waitingFor(open, commitment('allocated'), []).on).toBe('others');
  });

  it('is Clearlot while an allocation may still change, and while agreements are prepared', () => {
    const allocated = standing({ dealStatus: 'allocated', agreements: [agreement({})] });
    expect(waitingFor(allocated, offer('allocated'), []).on).toBe('clearlot');
    expect(waitingFor(standing({ agreements: [] }), offer('allocated'), []).on).toBe('clearlot');
    const prepared = standing({ agreements: [agreement({ documentId: null })] });
    expect(waitingFor(prepared, offer('allocated'), []).on).toBe('clearlot');
  });

  it('is the buyer when a wire is due, with what is left of it', () => {
    const signed = commitment('docs_signed');
    const due = waitingFor(standing({}), signed, [payment({})]);
    expect(due).toMatchObject({ on: 'you', act: { paymentId: 'payment' } });
    expect(due.title.replaceAll('\u00a0', ' ')).toBe('Wire USD 18,750.00 to escrow');
    const rest = waitingFor(standing({}), signed, [payment({ status: 'partial', remainingAmount: '0.01' })]);
    expect(rest.title.replaceAll('\u00a0', ' ')).toBe('Wire the remaining USD 0.01');
    expect(waitingFor(standing({}), signed, [payment({ status: 'cancelled' })]).on).toBe('clearlot');
  });

  it('is the buyers until the escrow is released, then Clearlot, for a seller who signed', () => {
    expect(waitingFor(standing({}), offer('docs_signed'), []).on).toBe('others');
    expect(waitingFor(standing({}), offer('docs_signed'), [payment({ purpose: 'payout' })]).on).toBe('clearlot');
  });

  it('is nobody at the end, and the reason for a refusal is told', () => {
    expect(waitingFor(standing({}), offer('paid'), []).on).toBe('nobody');
    const refused = { ...commitment('rejected'), notes: 'The letter is of 2019.' };
    expect(waitingFor(standing({}), refused, []).detail).toBe('The letter is of 2019.');
  });
});

describe('the steps of a part', () => {
  const timeline = ['submitted', 'approved', 'allocated'].map((status, index) => ({
    ...{ at: at(index + 2), subjectType: 'commitment', subjectId: 'commitment', status, note: null },
  }));

  it('say when each was reached, and since when and on whom the next one waits', () => {
    const own = standing({ timeline, agreements: [agreement({})] });
    const rungs = rungsOf(own, commitment('allocated'), []);
    expect(rungs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'blocked', 'todo', 'todo']);
    expect(rungs[2]?.at).toBe(at(4));
    expect(rungs[3]).toMatchObject({ at: at(4), actor: 'waits on you' });
  });

  it('are not those of somebody else in the deal', () => {
    const others = timeline.map((step) => ({ ...step, subjectId: 'another' }));
    expect(rungsOf(standing({ timeline: others }), commitment('submitted'), [])[0]?.at).toBeUndefined();
  });

  it('end where the part ended, without promising what will not come', () => {
    const ended = [...timeline.slice(0, 2), { ...timeline[0], at: at(9), status: 'withdrawn' } as (typeof timeline)[0]];
    const rungs = rungsOf(standing({ timeline: ended }), commitment('withdrawn'), []);
    expect(rungs.map(({ state }) => state)).toEqual(['done', 'done', 'failed']);
    expect(rungs.at(-1)).toMatchObject({ label: 'You withdrew', at: at(9) });
  });

  it('are all done when it is complete', () => {
    const rungs = rungsOf(standing({ timeline }), commitment('complete'), []);
    expect(new Set(rungs.map(({ state }) => state))).toEqual(new Set(['done']));
  });
});

describe('several parts in one deal', () => {
  it('come newest first', () => {
    const parts = partsOf(standing({ participations: [offer('approved')], commitments: [commitment('approved')] }));
    expect(parts.map(({ submittedAt }) => submittedAt)).toEqual([at(2), at(1)]);
  });
});
