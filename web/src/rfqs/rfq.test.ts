import { describe, expect, it } from 'vitest';
import { pollMs, type RfqRow, rfqRungs, rfqStatus, takesResponses } from './rfq.ts';

const deadlineAt = '2026-12-01T12:00:00.000Z';
const deadline = Date.parse(deadlineAt);

function rfq(change: Partial<RfqRow> = {}): RfqRow {
  return {
    rfqId: 'r',
    status: 'published',
    version: 1,
    title: 'Carbonate',
    buyerId: 'b',
    visibility: 'open',
    currency: 'USD',
    productTypes: ['lithium_carbonate'],
    deadlineAt,
    decideBy: '2026-12-20T12:00:00.000Z',
    createdAt: '2026-11-01T12:00:00.000Z',
    publishedAt: '2026-11-02T12:00:00.000Z',
    closedAt: null,
    openedAt: null,
    cancelReason: null,
    ...change,
  };
}

describe('a request that takes responses', () => {
  it('takes them until the very instant of its deadline', () => {
    expect(takesResponses(rfq(), deadline - 1)).toBe(true);
    expect(takesResponses(rfq(), deadline)).toBe(false);
    expect(takesResponses(rfq({ status: 'closed' }), deadline - 1)).toBe(false);
  });

  it('waits on the supplier who reads it, not on its buyer, and on neither once the deadline is here', () => {
    expect(rfqStatus(rfq(), 'supplier', deadline - 1).tone).toBe('amber');
    expect(rfqStatus(rfq(), 'buyer', deadline - 1).tone).toBe('blue');
    expect(rfqStatus(rfq(), 'supplier', deadline)).toEqual({ tone: 'blue', text: 'Being opened' });
  });

  it('is asked for often around its deadline and not at all once nothing more happens', () => {
    expect(pollMs(rfq(), deadline - 60_000)).toBe(10_000);
    expect(pollMs(rfq(), deadline - 1_000)).toBe(2_000);
    expect(pollMs(rfq({ status: 'contracted' }), deadline)).toBe(false);
  });
});

describe('the course of a request', () => {
  const at = (change: Partial<RfqRow>, looker: 'buyer' | 'supplier' = 'buyer') =>
    rfqRungs(rfq(change), undefined, looker).map(({ label, state }) => [label, state]);

  it('has done what it reached, waits for the next and has the rest to come', () => {
    expect(at({ status: 'closed', openedAt: deadlineAt })).toEqual([
      ['Drafted', 'done'],
      ['Published', 'done'],
      ['Deadline, responses opened', 'done'],
      ['Evaluated', 'blocked'],
      ['Awarded', 'todo'],
      ['Contracts signed', 'todo'],
    ]);
  });

  it('is blocked only for whoever must act', () => {
    expect(at({ status: 'evaluated', openedAt: deadlineAt }, 'supplier')).toContainEqual(['Awarded', 'current']);
    expect(at({ status: 'evaluated', openedAt: deadlineAt }, 'buyer')).toContainEqual(['Awarded', 'blocked']);
  });

  it('ends where it was cancelled', () => {
    expect(at({ status: 'cancelled' })).toEqual([
      ['Drafted', 'done'],
      ['Published', 'done'],
      ['Cancelled by the buyer', 'failed'],
    ]);
    expect(at({ status: 'cancelled', publishedAt: null }).map(([label]) => label)).toEqual([
      'Drafted',
      'Cancelled by the buyer',
    ]);
  });
});
