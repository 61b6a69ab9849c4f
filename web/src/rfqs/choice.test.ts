// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { choiceTotals, readChoice } from './choice.ts';
import type { Evaluation, RankedOffer } from './rfq.ts';

function offer(change: Partial<RankedOffer>): RankedOffer {
  return {
    ...{ rank: 1, responseId: 'r1', supplierId: 's1', supplierName: 'Salar', offerId: 'L1' },
    ...{ quantityKg: 100_000, minKg: 20_000, partial: false, incoterm: 'CIF', originCountry: 'CL', leadDays: 45 },
    ...{ submittedAt: '2026-11-24T22:33:39.381Z', validUntil: '2027-02-22T22:33:39.372Z' },
    terms: [{ name: 'price', amount: '12220.50' }],
    ...{ landedCost: 12_220.5, coefficient: '1', comparisonCost: 12_220.5, comparisonExact: '1222050' },
    ...change,
  };
}

const evaluation: Evaluation = {
  ...{ rfqId: 'q', status: 'evaluated', currency: 'USD', at: '2026-11-24T22:39:56.219Z', excluded: [] },
  lines: [
    {
      ...{ lineId: 'L1', title: 'Carbonate', quantityKg: 100_000, basis: 'dry' },
      offers: [offer({}), offer({ responseId: 'r2', supplierId: 's2', rank: 2 })],
      alternates: [offer({ responseId: 'r3', supplierId: 's3', offerId: 'A1' })],
    },
  ],
};

function read(fields: Record<string, string>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return readChoice(data, evaluation);
}

describe("a buyer's own choice", () => {
  it('takes what is entered of each offer, alternates too, at the price that was offered', () => {
    const { items, errors } = read({ 'r1.L1': '60,000', 'r2.L1': '0', 'r3.A1': '40000' });
    expect(errors).toEqual([]);
    expect(items.map(({ responseId, quantityKg, price }) => [responseId, quantityKg, price])).toEqual([
      ['r1', 60_000, '12220.50'],
      ['r3', 40_000, '12220.50'],
    ]);
  });

  it('stays within each offer and the line', () => {
    const messages = (fields: Record<string, string>) => read(fields).errors.map(({ message }) => message);
    expect(messages({ 'r1.L1': '19999' })).toEqual(['It delivers at least 20,000 kg.']);
    expect(messages({ 'r1.L1': '100001' })).toEqual(['It delivers at most 100,000 kg.']);
    expect(messages({ 'r1.L1': '60000', 'r2.L1': '40001' })).toEqual(['Only 40,000 kg of this line are left.']);
    expect(messages({ 'r1.L1': '20.5' })).toEqual(['Enter a whole number of kilograms.']);
    expect(messages({})).toEqual(['Choose at least one offer.']);
  });

  it('adds up exactly', () => {
    const { items } = read({ 'r1.L1': '60001', 'r2.L1': '39999' });
    const { items: rows, total } = choiceTotals(items, 'USD');
    expect(rows.map(({ amount }) => amount)).toEqual(['733242.22', '488807.78']);
    expect(total).toBe('1222050.00');
  });
});
