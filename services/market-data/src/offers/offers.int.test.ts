import { errorTable, newId } from '@clearlot/kernel';
import type { ListOffersResponse } from '@clearlot/proto/marketplace/v1/marketplace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clients } from '../clients.ts';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';
import { answerOf } from './offers.fixture.ts';

const marketplaceErrors = errorTable({
  MARKETPLACE_RFQ_NOT_FOUND: ['missing', 'There is no such RFQ.'],
  MARKETPLACE_RESPONSES_SEALED: ['conflict', 'Responses are sealed until the deadline.'],
});

let world: World;
/** What marketplace is asked, and answers or refuses. */
const asked: { rfqId: string; userId: string }[] = [];
let answer: ListOffersResponse | keyof typeof marketplaceErrors.table;

const marketplace = {
  async listOffers(request: { rfqId: string; userId: string }) {
    asked.push(request);
    if (typeof answer === 'string') throw marketplaceErrors.error(answer);
    return answer;
  },
} as unknown as Clients['marketplace'];

beforeAll(async () => {
  world = await createWorld({ marketplace });
});
afterAll(() => world.close());
beforeEach(() => {
  answer = answerOf();
});

const rfqId = '019ab3a0-0000-7000-8000-00000000f001';
const compare = (query: Record<string, string> = {}, who = world.buyer) =>
  who.get(`/api/market/supplier-prices?${new URLSearchParams({ rfqId, ...query })}`);
const compareOne = async (query: Record<string, string> = {}) => {
  const { status, body } = await compare(query);
  expect(status).toBe(200);
  return { body, line: body.lines[0], offer: body.lines[0].offers[0] };
};

describe('offers beside the market', () => {
  it('are ranked, restated with their steps, and held against every newest figure that may be shown', async () => {
    const [first, second] = [await world.source({ code: 'a_source' }), await world.source({ code: 'b_source' })];
    const hidden = await world.source({ display: false });
    await world.record(first, [figure(seeded.carbonateCjk, '2026-11-23T08:00:00Z', 10)]);
    await world.record(second, [figure(seeded.carbonateCjk, '2026-11-02T08:00:00Z', 12.5)]);
    await world.record(hidden, [figure(seeded.carbonateCjk, '2026-11-24T08:00:00Z', 11)]);
    answer = answerOf({
      responses: [
        {
          offers: [{ priceMinorPerTonne: 1_200_000n }],
          fees: [{ costId: 'x', title: 'Storage', minorPerTonne: 1_000n }],
        },
        { offers: [{ priceMinorPerTonne: 1_100_050n }], kind: 'indicative', supplierName: '' },
        { offers: [{ priceMinorPerTonne: 900_000n, incoterm: 'FOB' }] },
      ],
    });
    const { status, body } = await compare();
    expect(status).toBe(200);
    expect(body).toMatchObject({ rfqId, title: 'Carbonate for 2027', currency: 'USD', at: '2026-11-24T09:00:00.000Z' });
    const [line] = body.lines;
    expect(line).toMatchObject({ lineId: 'L1', quantityKg: 100_000, massBasis: 'dry' });
    expect(line.basis).toMatchObject({ incoterm: 'CIF', region: 'CN', currency: 'USD', unit: 't', form: 'any' });
    expect(
      line.offers.map((each: Record<string, never>) => [each.offerId, each.rank, each.aboveLowest, each.supplierName]),
    ).toEqual([
      ['offer-2', 1, { decimal: '0', exact: '0' }, null],
      ['offer-1', 2, { decimal: '9.085950638607', exact: '199900/22001' }, 'Salar Ltd'],
      ['offer-3', null, null, 'Salar Ltd'],
    ]);

    const dear = line.offers[1];
    expect(dear).toMatchObject({
      ...{ firm: true, current: true, valid: true, alternate: false, incoterm: 'CIF', originCountry: 'CL' },
      price: { decimal: '12000', exact: '12000' },
      basis: { unit: 't', taxBasis: 'excluding_vat' },
      fees: [{ costId: 'x', title: 'Storage', price: { decimal: '10' } }],
      restated: { price: { exact: '12000' }, steps: [], flags: [], notCompared: null },
      carbonateEquivalent: { price: { exact: '12000' }, basis: { product: 'lithium_carbonate' } },
      comparisons: [
        {
          instrumentId: seeded.carbonateCjk,
          ...{ price: { decimal: '12' }, basis: { region: 'CJK', unit: 'kg' }, notCompared: null },
          steps: [{ name: 'mass_unit', by: { exact: '1/1000' }, source: 'SI', date: null, price: { decimal: '12' } }],
          flags: ['region_wider'],
          premiums: [
            { sourceId: first.sourceId, percent: { decimal: '20', exact: '20' } },
            { sourceId: second.sourceId, percent: { decimal: '-4', exact: '-4' } },
          ],
        },
      ],
    });
    expect(line.offers[0]).toMatchObject({ firm: false });
    expect(line.market).toMatchObject([
      {
        instrument: { code: 'CARBONATE-BATTERY-CJK-CIF-USD-KG' },
        figures: [
          { mid: '10', currency: 'USD', unit: 'kg', ageMs: 25 * 3_600_000, source: { code: 'a_source' } },
          { mid: '12.5', stale: true, source: { code: 'b_source' } },
        ],
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(hidden.sourceId);
  });

  it('whose bases differ say why, in ranking and beside every figure, and have no premium', async () => {
    answer = answerOf({ responses: [{}, { offers: [{ incoterm: 'FOB' }] }, { offers: [{ alternate: true }] }] });
    const { line } = await compareOne();
    const [, fob, alternate] = line.offers;
    const apart = { code: 'MARKET_BASES_DIFFER', parts: ['region', 'incoterm'], because: null };
    expect(fob).toMatchObject({
      ...{ rank: null, basis: { region: 'CL', incoterm: 'FOB' } },
      restated: { price: null, steps: [], notCompared: apart },
      comparisons: [{ price: null, premiums: [], notCompared: apart }],
    });
    expect(alternate).toMatchObject({
      basis: null,
      rank: null,
      restated: { notCompared: { parts: ['product', 'grade'] } },
    });
  });

  it('are compared in the basis of a chosen instrument, by the rates of the day', async () => {
    answer = answerOf({
      responses: [{ offers: [{ priceMinorPerTonne: 1_000_000n, incoterm: 'EXW', originCountry: 'CN' }] }, {}],
    });
    const convertTo = seeded.carbonateChina;
    await world.record(await world.source(), [figure(seeded.carbonateChina, '2026-11-24T08:00:00Z', 80_000)]);
    const before = await compareOne({ convertTo });
    expect(before.offer).toMatchObject({
      rank: null,
      restated: { notCompared: { code: 'MARKET_BASES_DIFFER', because: 'MARKET_FX_RATE_MISSING' } },
    });

    const rate = { base: 'USD', quote: 'CNY', rate: '7.12', validOn: '2026-11-23', source: 'PBOC' };
    expect((await world.operator.post('/api/admin/market/fx-rates', rate)).status).toBe(201);
    const { line } = await compareOne({ convertTo });
    expect(line.basis).toMatchObject({ region: 'CN', incoterm: 'EXW', currency: 'CNY', taxBasis: 'including_vat' });
    expect(line.market.map(({ instrument }: Record<string, { code: string }>) => instrument?.code)).toEqual([
      'CARBONATE-BATTERY-CN-EXW-CNY-T-VAT',
    ]);
    const [exw, cif] = line.offers;
    expect(exw).toMatchObject({
      rank: 1,
      restated: {
        price: { decimal: '80456' },
        steps: [
          {
            name: 'exchange',
            by: { decimal: '7.12' },
            date: '2026-11-23',
            source: 'PBOC',
            price: { decimal: '71200' },
          },
          { name: 'vat_added', by: { decimal: '1.13' }, date: '2019-04-01', price: { decimal: '80456' } },
        ],
      },
      comparisons: [{ premiums: [{ percent: { decimal: '0.57', exact: '57/100' } }] }],
    });
    expect(cif).toMatchObject({ rank: null, restated: { notCompared: { parts: ['incoterm'] } } });
  });

  it('stand against nothing where no instrument is of their basis, and against no figure where there is none', async () => {
    answer = answerOf({ destinationCountry: 'DE' });
    expect((await compareOne()).line).toMatchObject({ market: [], offers: [{ rank: 1, comparisons: [] }] });
    answer = answerOf({ lines: [{ productType: 'lithium_hydroxide_monohydrate' }] });
    const { line, offer } = await compareOne();
    expect(line.market).toMatchObject([{ instrument: { instrumentId: seeded.hydroxideCjk }, figures: [] }]);
    expect(offer.comparisons).toMatchObject([{ price: { decimal: '12' }, premiums: [] }]);
    expect(offer.carbonateEquivalent).toMatchObject({
      flags: ['lithium_content_only'],
      steps: [{ name: 'lithium_content' }],
    });
  });

  it('of what is no product of ours stand by themselves', async () => {
    answer = answerOf({ lines: [{ productType: 'lithium_brine' }] });
    const { line, offer } = await compareOne();
    expect(line).toMatchObject({ basis: null, market: [] });
    expect(offer).toMatchObject({ basis: null, rank: null, restated: { notCompared: { parts: ['product'] } } });
  });
});

describe('who may ask', () => {
  it('is for marketplace to say, which is asked for the caller', async () => {
    const supplier = world.person('supplier');
    expect((await compare({}, supplier)).status).toBe(200);
    expect(asked.at(-1)).toEqual({ rfqId, userId: supplier.id });
  });

  it.each([
    ['MARKETPLACE_RFQ_NOT_FOUND', 404],
    ['MARKETPLACE_RESPONSES_SEALED', 409],
  ] as const)('%s is passed on', async (code, status) => {
    answer = code;
    expect(await compare()).toMatchObject({ status, body: { code } });
  });

  it('an instrument that is none and an RFQ that cannot be one are refused', async () => {
    expect(await compare({ convertTo: newId() })).toMatchObject({
      ...{ status: 404, body: { code: 'MARKET_INSTRUMENT_NOT_FOUND' } },
    });
    expect(await compare({ rfqId: 'x' })).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });
});
