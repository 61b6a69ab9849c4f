// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { contentOfFile, measuredOf, readResponse, responseTotals } from './response-content.ts';
import type { Line, Terms } from './rfq.ts';

const line: Line = {
  ...{ lineId: 'L1', title: 'Carbonate', productType: 'lithium_carbonate', grade: 'battery', quantityKg: 100_000 },
  ...{ deliverFrom: '2027-03-01', deliverTo: '2027-03-31' },
  limits: [
    { analyte: 'Li2CO3', unit: '%', min: 99.5 },
    { analyte: 'Na', unit: 'ppm', max: 250 },
  ],
  adjustments: [{ analyte: 'Li2CO3', referencePpb: 995_000_000, stepPpb: 1_000_000, perStep: 10 }],
};
const terms: Terms = {
  lines: [line],
  incoterm: 'CIF',
  place: 'Antwerp',
  destinationCountry: 'BE',
  deadlineAt: '2026-12-01T12:00:00.000Z',
  questionsUntil: '2026-12-01T12:00:00.000Z',
  decideBy: '2026-12-20T12:00:00.000Z',
  criteria: [{ criterionId: 'C1', title: 'Carbon', options: [{ value: 'low', title: 'low', sharePpm: 50_000 }] }],
  otherCosts: [{ costId: 'K1', title: 'Disposal' }],
};

function form(change: Record<string, string> = {}): FormData {
  const fields = {
    'content.kind': 'firm',
    'content.validUntil': '2027-01-15T12:00',
    'content.offers.0.offered': 'on',
    'content.offers.0.offerId': 'L1',
    'content.offers.0.lineId': 'L1',
    'content.offers.0.alternate': 'false',
    'content.offers.0.price': '12,220.50',
    'content.offers.0.quantityKg': '100000',
    'content.offers.0.minKg': '',
    'content.offers.0.incoterm': 'FOB',
    'content.offers.0.originCountry': 'CL',
    'content.offers.0.leadDays': '45',
    'content.offers.0.moisturePpb': '0.25',
    'content.offers.0.assay.0.analyte': 'Li2CO3',
    'content.offers.0.assay.0.unit': '%',
    'content.offers.0.assay.0.value': '99.6',
    'content.offers.0.assay.1.analyte': 'Na',
    'content.offers.0.assay.1.unit': 'ppm',
    'content.offers.0.assay.1.value': '',
    'content.criteria.C1': 'low',
    'content.otherCosts.K1': '0',
    'content.notes': '',
    ...change,
  };
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const pointers = (change: Record<string, string>) =>
  readResponse(form(change), terms, 'USD').errors.map(({ pointer }) => pointer);

describe('a response', () => {
  it('is read exactly, without the rows that say nothing', () => {
    const { content, errors } = readResponse(form(), terms, 'USD');
    expect(errors).toEqual([]);
    expect(content).toMatchObject({
      kind: 'firm',
      offers: [
        {
          price: '12220.50',
          quantityKg: 100_000,
          moisturePpb: 2_500_000,
          assay: [{ analyte: 'Li2CO3', unit: '%', value: '99.6' }],
        },
      ],
      criteria: { C1: 'low' },
      otherCosts: { K1: '0' },
    });
    expect(content.offers[0]).not.toHaveProperty('minKg');
  });

  it('that is firm must stand until the decision; an indicative one need not', () => {
    expect(pointers({ 'content.validUntil': '2026-12-05T12:00' })).toEqual(['/content/validUntil']);
    expect(pointers({ 'content.validUntil': '2026-12-05T12:00', 'content.kind': 'indicative' })).toEqual([]);
  });

  it('answers every criterion and cost, and is refused where its figures do not fit', () => {
    expect(
      pointers({
        'content.criteria.C1': '',
        'content.otherCosts.K1': '',
        'content.offers.0.minKg': '100001',
        'content.offers.0.price': '12.345',
      }).sort(),
    ).toEqual(['/content/criteria/C1', '/content/offers/0/minKg', '/content/offers/0/price', '/content/otherCosts/K1']);
  });

  it('offers something', () => {
    const data = form();
    data.delete('content.offers.0.offered');
    expect(readResponse(data, terms, 'USD').errors).toEqual([
      { pointer: '/content/offers', message: 'Offer at least one line.' },
    ]);
  });
});

it('adds up what is asked for exactly: never more than the line asks, alternates beside it', () => {
  const [offer] = readResponse(form(), terms, 'USD').content.offers;
  if (!offer) throw new Error('no offer was read');
  const more = { ...offer, quantityKg: 160_000 };
  const { rows, total } = responseTotals([more, { ...offer, offerId: 'A1', alternate: true }], [line], 'USD');
  expect(total).toBe('1222050.00');
  expect(rows.map(({ takenKg, amount }) => [takenKg, amount])).toEqual([
    [100_000, '1222050.00'],
    [100_000, '1222050.00'],
  ]);
});

it('asks for each measured thing once', () => {
  expect(measuredOf(line)).toEqual([
    { analyte: 'Li2CO3', unit: '%' },
    { analyte: 'Na', unit: 'ppm' },
  ]);
});

it('reads back the file that was kept of a response and nothing else', () => {
  const { content } = readResponse(form(), terms, 'USD');
  expect(contentOfFile(JSON.stringify({ nonce: 'n', content }))).toEqual(content);
  expect(contentOfFile('{"content": {}}')).toBeUndefined();
  expect(contentOfFile('no file')).toBeUndefined();
});
