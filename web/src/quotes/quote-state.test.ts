import { describe, expect, it } from 'vitest';
import { type Quote, quoteRungs, quoteStatus, sideOf } from './quote-state.ts';

const asked: Quote = {
  quoteId: 'q',
  productId: 'p',
  productTitle: 'Carbonate',
  productType: 'lithium_carbonate',
  grade: 'battery',
  basis: 'dry',
  buyerId: 'buyer-1',
  supplierId: 's',
  supplierOwnerId: 'owner-1',
  status: 'requested',
  currency: 'USD',
  quantityKg: 20_000,
  incoterm: 'CIF',
  place: 'Antwerp',
  deliverFrom: '2026-12-24T00:00:00.000Z',
  deliverTo: '2027-01-23T00:00:00.000Z',
  notes: '',
  round: 0,
  roundsMax: 3,
  turn: 'supplier',
  expiresAt: '2026-12-08T10:00:00.000Z',
  orderId: null,
  nextStep: { buyer: '', supplier: '' },
  createdAt: '2026-11-24T10:00:00.000Z',
  updatedAt: '2026-11-24T10:00:00.000Z',
  offers: [],
};
const { quantityKg, incoterm, place, deliverFrom, deliverTo, notes } = asked;
const offered: Quote = {
  ...asked,
  status: 'quoted',
  turn: 'buyer',
  round: 1,
  offers: [
    {
      ...{ quantityKg, incoterm, place, deliverFrom, deliverTo, notes },
      round: 1,
      madeBy: 'supplier',
      price: 12_800,
      amount: 256_000,
      validUntil: '2026-12-01T10:00:00.000Z',
      madeAt: '2026-11-25T10:00:00.000Z',
    },
  ],
};

describe('a quote', () => {
  it('says to each side whose turn it is', () => {
    expect(quoteStatus(asked, 'supplier')).toEqual({ tone: 'amber', text: 'Your turn' });
    expect(quoteStatus(asked, 'buyer')).toEqual({ tone: 'blue', text: "The supplier's turn" });
    expect(quoteStatus({ status: 'expired', turn: 'nobody' }, 'buyer')).toEqual({ tone: 'plain', text: 'Expired' });
  });

  it('waits on who must answer since the newest offer', () => {
    const rungs = quoteRungs(offered, 'buyer');
    expect(rungs.map(({ state }) => state)).toEqual(['done', 'done', 'blocked', 'todo']);
    expect(rungs[1]).toMatchObject({ actor: 'The supplier', at: '2026-11-25T10:00:00.000Z' });
    expect(rungs[2]).toMatchObject({ label: 'Your answer', at: '2026-11-25T10:00:00.000Z' });
    expect(quoteRungs(offered, 'supplier')[2]).toMatchObject({ label: 'Answer of the buyer', state: 'current' });
  });

  it('ends with an order, or with how it ended', () => {
    const last = (quote: Quote) => quoteRungs(quote, 'buyer').at(-1);
    expect(last({ ...offered, status: 'accepted', turn: 'nobody' })?.state).toBe('done');
    expect(last({ ...offered, status: 'declined', turn: 'nobody' })).toMatchObject({
      label: 'Declined',
      state: 'failed',
    });
  });

  it('has no side for who only looks', () => {
    expect(sideOf(asked, 'buyer-1')).toBe('buyer');
    expect(sideOf(asked, 'owner-1')).toBe('supplier');
    expect(sideOf(asked, 'operator-1')).toBeUndefined();
  });
});
