import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const rate = (fields: Record<string, unknown> = {}) => ({
  ...{ base: 'USD', quote: 'CNY', rate: '7.12', validOn: '2026-11-23', source: 'PBOC', ...fields },
});
const convert = (query: Record<string, string>, who = world.buyer) =>
  who.get(`/api/market/convert?${new URLSearchParams(query)}`);

describe('a price in another basis', () => {
  it('is the newest figure by the rates of its day, step by step with sources', async () => {
    expect((await world.operator.post('/api/admin/market/fx-rates', rate())).status).toBe(201);
    const source = await world.source({ name: 'SMM' });
    const range = { lowMicros: 79_000_000_000n, highMicros: 82_000_000_000n };
    await world.record(source, [figure(seeded.carbonateChina, '2026-11-24T08:00:00Z', 80_456, range)]);
    const to = { toCurrency: 'USD', toTaxBasis: 'excluding_vat', toUnit: 'kg' };
    const { status, body } = await convert({ instrumentId: seeded.carbonateChina, ...to });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ on: '2026-11-24', mid: { decimal: '10', exact: '10' }, flags: [] },
      from: { currency: 'CNY', unit: 't', taxBasis: 'including_vat', region: 'CN' },
      to: { currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat', region: 'CN', incoterm: 'EXW' },
      figure: { code: 'CARBONATE-BATTERY-CN-EXW-CNY-T-VAT', source: 'SMM', mid: '80456', kind: 'assessment' },
      steps: [
        { name: 'vat_removed', by: { exact: '100/113' }, date: '2019-04-01', price: { decimal: '71200' } },
        { name: 'mass_unit', by: { exact: '1/1000' }, date: null, source: 'SI', price: { decimal: '71.2' } },
        { name: 'exchange', by: { exact: '25/178' }, date: '2026-11-23', source: 'PBOC', price: { decimal: '10' } },
      ],
    });
    expect(body.steps[0].source).toContain('Announcement No. 39 of 2019');
    expect(body.low.exact).toBe('98750/10057');
  });

  it('is of any price, with stated moisture and charges', async () => {
    const basis = { product: 'spodumene_concentrate', grade: 'concentrate', form: 'concentrate', region: 'CN' };
    const query = { ...basis, incoterm: 'FOB', currency: 'USD', unit: 'wmt', taxBasis: 'excluding_vat', price: '920' };
    const to = { toUnit: 'dmt', toIncoterm: 'CIF', moisture: '0.08', freight: '30', insurance: '1.5' };
    const stated = { statedOn: '2026-11-20', statedBy: 'Forwarder' };
    expect((await convert({ ...query, ...to, ...stated })).body).toMatchObject({
      mid: { exact: '2063/2' },
      figure: null,
    });
    expect(await convert({ ...query, ...to })).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });

  it.each([
    ['what nothing leads to', { toGrade: 'technical' }, 'MARKET_NOT_CONVERTIBLE'],
    ['Incoterms whose charges are not stated', { toIncoterm: 'DDP' }, 'MARKET_CHARGE_REQUIRED'],
    ['a currency nobody entered a rate of', { toCurrency: 'JPY' }, 'MARKET_FX_RATE_MISSING'],
    ['a day before the first rate', { toCurrency: 'USD', on: '2026-11-22', price: '1' }, 'MARKET_FX_RATE_MISSING'],
    ['a rate that is too old', { toCurrency: 'USD', on: '2026-12-24', price: '1' }, 'MARKET_FX_RATE_STALE'],
  ] satisfies [string, Record<string, string>, string][])('is refused for %s', async (_what, to, code) => {
    const { status, body } = await convert({ instrumentId: seeded.carbonateChina, ...to });
    expect([status, body.code]).toEqual([422, code]);
  });

  it('needs an instrument that is there and has a figure that may be shown', async () => {
    const { carbonateCjk } = seeded;
    expect((await convert({ instrumentId: carbonateCjk, toUnit: 't' })).body.code).toBe('MARKET_NO_PRICE');
    await world.record(await world.source({ display: false }), [figure(carbonateCjk, '2026-11-24T08:00:00Z', 9)]);
    expect((await convert({ instrumentId: carbonateCjk, toUnit: 't' })).body.code).toBe('MARKET_NO_PRICE');
    const nobody = '019ab3a0-0000-7000-8000-00000000ffff';
    expect((await convert({ instrumentId: nobody, toUnit: 't' })).body.code).toBe('MARKET_INSTRUMENT_NOT_FOUND');
  });
});

describe('rates', () => {
  it('are entered by operators only, and a later entry of a day holds', async () => {
    expect((await world.buyer.post('/api/admin/market/fx-rates', rate())).status).toBe(403);
    const eur = { base: 'EUR', quote: 'USD' };
    for (const value of ['1.1', '1.25']) {
      world.clock.advance(1);
      await world.operator.post('/api/admin/market/fx-rates', rate({ ...eur, rate: value }));
    }
    const listed = (await world.buyer.get('/api/market/fx-rates?base=EUR')).body.items;
    expect(listed.map((each: { rate: string }) => each.rate)).toEqual(['1.25', '1.1']);
    const price = { instrumentId: seeded.carbonateUs, price: '10', on: '2026-11-24', toCurrency: 'EUR' };
    expect((await convert(price)).body.mid).toEqual({ decimal: '8', exact: '8' });
  });

  it.each([
    ['of nothing', { rate: '0' }],
    ['of a currency to itself', { quote: 'USD' }],
    ['of a day to come', { validOn: '2026-11-25' }],
  ])('%s are refused', async (_what, fields) => {
    const { body } = await world.operator.post('/api/admin/market/fx-rates', rate(fields));
    expect(body.code).toBe('MARKET_RATE_INVALID');
  });

  it('of value-added tax hold from their day on', async () => {
    const answer = await world.operator.post('/api/admin/market/vat-rates', {
      ...{ country: 'US', rate: '0.05', validFrom: '2026-01-01', source: 'Made up for a test' },
    });
    expect(answer).toMatchObject({ status: 201, body: { rate: '0.05' } });
    expect((await world.buyer.get('/api/market/vat-rates?country=CN')).body.items).toHaveLength(2);
    const price = { instrumentId: seeded.carbonateUs, price: '100', toTaxBasis: 'including_vat' };
    expect((await convert({ ...price, on: '2026-01-01' })).body.mid.decimal).toBe('105');
    expect((await convert({ ...price, on: '2025-12-31' })).body.code).toBe('MARKET_VAT_RATE_MISSING');
  });
});

describe('comparing unlike instruments', () => {
  const compare = (query: Record<string, string>) =>
    world.buyer.get(`/api/market/compare?${new URLSearchParams(query)}`);
  const ids = `${seeded.carbonateChina},${seeded.technicalChina},${seeded.carbonateCjk}`;

  it('restates each day by its own day’s rates, and says in what the markets still differ', async () => {
    const shown = await world.source({ name: 'Desk' });
    await world.operator.post('/api/admin/market/fx-rates', rate({ validOn: '2026-11-20', rate: '7' }));
    await world.record(shown, [
      figure(seeded.carbonateChina, '2026-11-20T08:00:00Z', 79_100),
      figure(seeded.carbonateChina, '2026-11-23T08:00:00Z', 80_456),
    ]);
    const query = { ids, convertTo: seeded.carbonateCjk, from: '2026-11-20', to: '2026-11-23', source: shown.sourceId };
    const { status, body } = await compare(query);
    expect(status).toBe(200);
    const [china, technical, cjk] = body.items;
    expect(china.lines[0].bars.map((bar: { close: string }) => bar.close)).toEqual(['10', '10']);
    expect(china.converted).toMatchObject({
      ...{ basis: { currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat', region: 'CN', incoterm: 'EXW' } },
      ...{ differs: ['region', 'incoterm'], flags: [] },
    });
    expect(technical.converted.differs).toEqual(['grade', 'region', 'incoterm']);
    expect(cjk.converted.differs).toEqual([]);
  });

  it('is refused without saying into what, and for days without rates', async () => {
    expect((await compare({ ids })).body.code).toBe('MARKET_BASES_DIFFER');
    const source = await world.source();
    await world.record(source, [figure(seeded.carbonateChina, '2025-11-20T08:00:00Z', 79_100)]);
    const query = { ids, convertTo: seeded.carbonateCjk, from: '2025-11-20', to: '2025-11-23' };
    expect((await compare(query)).body.code).toBe('MARKET_FX_RATE_MISSING');
  });
});
