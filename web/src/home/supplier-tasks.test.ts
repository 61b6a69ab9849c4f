// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { type SupplierSituation, supplierTasks } from './supplier-tasks.ts';

const now = Date.parse('2026-11-24T10:00:00Z');
const company = {
  status: 'verified' as const,
  onboarding: { steps: [], completePercent: 100, nextStep: null },
  certificates: [],
};
const quiet: SupplierSituation = { company, hasProducts: true, quotes: [], orders: [], rfqs: [], papers: [] };
const titles = (change: Partial<SupplierSituation>) =>
  supplierTasks({ ...quiet, ...change }, now).map(({ title }) => title);

const quote = {
  quoteId: 'q',
  productTitle: 'Carbonate',
  quantityKg: 20_000,
  expiresAt: '2026-12-01T00:00:00Z',
  round: 0,
};
const order = { orderId: 'o', title: 'Carbonate', deadlineAt: '2026-11-30T00:00:00Z' };
const rfq = { rfqId: 'r', title: 'Hydroxide', version: 2, deadlineAt: '2026-11-28T00:00:00Z' };

describe('what waits on a supplier', () => {
  it('is nothing when all is answered', () => {
    expect(titles({})).toEqual([]);
    expect(titles({ quotes: [{ ...quote, turn: 'buyer' }], orders: [{ ...order, status: 'shipped' }] })).toEqual([]);
  });

  it('is what is due first, first', () => {
    expect(
      titles({
        quotes: [{ ...quote, turn: 'supplier' }],
        orders: [{ ...order, status: 'funded' }],
        rfqs: [{ rfq, mine: [] }],
        papers: [{ documentId: 'd', title: 'Supply agreement', needsMySignature: true }],
      }),
    ).toEqual(['Respond to a request', 'Ship an order', 'Quote a price', 'Sign an agreement']);
  });

  it('begins with applying and listing a product', () => {
    expect(titles({ company: null, hasProducts: false })).toEqual(['Apply as a supplier']);
    expect(titles({ company: { ...company, status: 'draft' }, hasProducts: false })).toEqual([
      'Complete your application',
      'List your first product',
    ]);
  });

  it('asks for a response only while one can be handed in and none stands', () => {
    const standing = { status: 'sealed' as const, rfqVersion: 2, acknowledgedVersion: null };
    expect(titles({ rfqs: [{ rfq, mine: [standing] }] })).toEqual([]);
    expect(titles({ rfqs: [{ rfq, mine: [{ ...standing, status: 'withdrawn' }] }] })).toEqual(['Respond to a request']);
    expect(titles({ rfqs: [{ rfq: { ...rfq, deadlineAt: '2026-11-24T09:59:59Z' }, mine: [] }] })).toEqual([]);
  });

  it('tells of a request that changed after the response, until that is acknowledged', () => {
    const before = { status: 'sealed' as const, rfqVersion: 1, acknowledgedVersion: null };
    expect(titles({ rfqs: [{ rfq, mine: [before] }] })).toEqual(['A request changed after you responded']);
    expect(titles({ rfqs: [{ rfq, mine: [{ ...before, acknowledgedVersion: 2 }] }] })).toEqual([]);
  });

  it('names a certificate in the two months before it ends', () => {
    const certificate = (expiresOn: string) => ({
      ...{ certificateId: 'c', kind: 'ISO9001', number: '1', issuedBy: 'A', validFrom: '2025-01-01', documentId: null },
      expiresOn,
    });
    const renew = (expiresOn: string) => titles({ company: { ...company, certificates: [certificate(expiresOn)] } });
    expect(renew('2026-12-31')).toEqual(['Renew a certificate']);
    expect(renew('2027-06-30')).toEqual([]);
    expect(renew('2026-11-01')).toEqual([]);
  });
});
