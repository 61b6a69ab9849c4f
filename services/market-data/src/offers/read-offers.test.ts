import type { Offer, OpenedResponse, RfqLine } from '@clearlot/proto/marketplace/v1/marketplace';
import { describe, expect, it } from 'vitest';
import { answerOf } from './offers.fixture.ts';
import { readOffers } from './read-offers.ts';

const now = new Date('2026-11-24T09:00:00Z');

/** The only offer of an RFQ with one line. */
function readOne(
  offer: Partial<Offer> = {},
  around: { line?: Partial<RfqLine>; response?: Partial<OpenedResponse>; currency?: string } = {},
) {
  const { line, response, currency = 'USD' } = around;
  const [read] = readOffers(
    answerOf({ currency, lines: [line ?? {}], responses: [{ ...response, offers: [offer] }] }),
    now,
  );
  const [only] = read?.offers ?? [];
  if (!read || !only) throw new Error('There is one line with one offer');
  return { line: read, offer: only };
}

describe('what an offer means', () => {
  it('is its line by the tonne, without tax, of no form', () => {
    expect(readOne().offer).toMatchObject({
      priceMicros: 12_000_000_000n,
      basis: {
        ...{ product: 'lithium_carbonate', grade: 'battery', form: 'any', region: 'CN', incoterm: 'CIF' },
        ...{ currency: 'USD', unit: 't', taxBasis: 'excluding_vat' },
      },
      standing: { firm: true, current: true, valid: true },
    });
  });

  it.each([
    ['EXW', 'CL'],
    ['FCA', 'CL'],
    ['FAS', 'CL'],
    ['FOB', 'CL'],
    ['CFR', 'CN'],
    ['CPT', 'CN'],
    ['DAP', 'CN'],
    ['DDP', 'CN'],
  ])(
    '%s is a price where the seller leaves the goods, which with freight in it is the destination',
    (incoterm, region) => {
      expect(readOne({ incoterm }).offer.basis).toMatchObject({ incoterm, region });
    },
  );

  it('of ore is by its dry or its wet tonne, and its line is compared dry', () => {
    const ore = { productType: 'spodumene_concentrate', grade: 'concentrate' };
    const wet = readOne({ moisturePpb: 80_000_000n }, { line: { ...ore, basis: 'wet' } });
    expect(wet.offer).toMatchObject({ basis: { unit: 'wmt' }, moisture: { value: { num: 2n, den: 25n } } });
    expect(wet.offer.moisture).toMatchObject({ date: '2026-11-20', source: 'Salar Ltd, offer-1' });
    expect(wet.line).toMatchObject({ massBasis: 'wet', basis: { unit: 'dmt' } });
    expect(readOne({}, { line: { ...ore, basis: 'dry' } }).offer.basis).toMatchObject({ unit: 'dmt' });
  });

  it('is without moisture where none is stated', () => {
    expect(readOne({ moisturePpb: 0n }).offer.moisture).toBeUndefined();
  });

  it('is nothing of ours for brine, and unknown for something else than the line asks for', () => {
    const brine = readOne({}, { line: { productType: 'lithium_brine' } });
    expect([brine.line.basis, brine.offer.basis]).toEqual([null, { unstated: ['product'] }]);
    expect(readOne({ alternate: true }).offer.basis).toEqual({ unstated: ['product', 'grade'] });
  });

  it('is in the money it is in, and fees stand beside it', () => {
    const fees = [{ costId: 'storage', title: 'Storage', minorPerTonne: 1_250n }];
    const { offer } = readOne({ priceMinorPerTonne: 1_800_000n }, { currency: 'JPY', response: { fees } });
    expect(offer).toMatchObject({ priceMicros: 1_800_000_000_000n, fees: [{ micros: 1_250_000_000n }] });
    expect(readOne({}, { response: { fees } }).offer.fees).toEqual([
      { costId: 'storage', title: 'Storage', micros: 12_500_000n },
    ]);
  });

  it('says whether it stands', () => {
    const standing = (response: Partial<OpenedResponse>) => readOne({}, { response }).offer.standing;
    expect(standing({ kind: 'indicative' })).toEqual({ firm: false, current: true, valid: true });
    expect(standing({ current: false })).toMatchObject({ current: false });
    expect(standing({ validUntil: now })).toMatchObject({ valid: false });
  });
});

it('every offer is at its own line', () => {
  const answer = answerOf({
    lines: [{ lineId: 'L1' }, { lineId: 'L2', productType: 'lithium_hydroxide_monohydrate' }],
    responses: [
      { offers: [{ offerId: 'a', lineId: 'L2' }, { offerId: 'b' }] },
      { offers: [{ offerId: 'c' }, { offerId: 'd', lineId: 'gone' }] },
    ],
  });
  expect(readOffers(answer, now).map(({ offers }) => offers.map(({ offerId }) => offerId))).toEqual([
    ['b', 'c'],
    ['a'],
  ]);
});
