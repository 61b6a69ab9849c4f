import { newId } from '@clearlot/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const id = seeded.spodumeneChina;
const bars = async (query: string) => (await world.buyer.get(`/api/market/instruments/${id}/bars?${query}`)).body;

describe('bars of an instrument', () => {
  it('are told apart by source, in any period, as known now or before', async () => {
    const [one, two] = [await world.source({ code: 'aa_one' }), await world.source({ code: 'bb_two' })];
    await world.record(one, [
      figure(id, '2026-11-16T08:00:00Z', 800, { lowMicros: 790_000_000n }),
      figure(id, '2026-11-16T16:00:00Z', 820, { highMicros: 830_000_000n }),
      figure(id, '2026-11-20T16:00:00Z', 810),
      figure(id, '2026-11-23T16:00:00Z', 805),
    ]);
    await world.record(two, [figure(id, '2026-11-16T12:00:00Z', 900)]);
    const before = world.clock.now().toISOString();
    world.clock.advance(1_000);
    await world.record(one, [figure(id, '2026-11-16T16:00:00Z', 700)]);

    const daily = await bars('from=2026-11-01&to=2026-11-30');
    expect(daily).toMatchObject({
      ...{
        instrument: { instrumentId: id, unit: 'dmt' },
        period: 'day',
        from: '2026-11-01',
        to: '2026-11-30',
        knownAt: null,
      },
      lines: [
        {
          source: { code: 'aa_one', kind: 'import' },
          bars: [
            { day: '2026-11-16', open: '800', high: '800', low: '700', close: '700', observations: 2 },
            { day: '2026-11-20', close: '810', kinds: ['assessment'] },
            { day: '2026-11-23', close: '805' },
          ],
        },
        { source: { code: 'bb_two' }, bars: [{ open: '900', close: '900' }] },
      ],
    });
    const weekly = await bars(`period=week&from=2026-11-18&to=2026-11-30&source=${one.sourceId}`);
    expect(weekly.lines).toMatchObject([
      {
        bars: [
          { day: '2026-11-16', open: '800', high: '810', low: '700', close: '810', observations: 3 },
          { day: '2026-11-23', close: '805' },
        ],
      },
    ]);
    const known = await bars(`period=month&from=2026-11-01&to=2026-11-30&knownAt=${before}`);
    expect(known.knownAt).toBe(before);
    expect(known.lines[0].bars).toMatchObject([
      { day: '2026-11-01', open: '800', high: '830', low: '790', close: '805', observations: 4 },
    ]);
  });

  it('come with averages, trend and volatility, which holidays do not thin out', async () => {
    const source = await world.source({ calendar: 'england_wales' });
    const closes = [10, 11, 12, 11.5, 12.5, 13];
    // Two weeks around Good Friday and Easter Monday 2026.
    const days = ['2026-03-31', '2026-04-01', '2026-04-02', '2026-04-07', '2026-04-08', '2026-04-09'];
    const target = seeded.carbonateCjk;
    await world.record(
      source,
      days.map((day, index) => figure(target, `${day}T16:00:00Z`, closes[index] ?? 0)),
    );
    const { body } = await world.buyer.get(
      `/api/market/instruments/${target}/series?from=2026-03-01&to=2026-04-30&average=3`,
    );
    const [line] = body.lines;
    expect(line.bars.map((bar: { simpleAverage: string }) => bar.simpleAverage)).toEqual([
      null,
      null,
      '11',
      '11.5',
      '12',
      '12.333333',
    ]);
    expect(line.bars.map((bar: { exponentialAverage: string }) => bar.exponentialAverage)).toEqual([
      null,
      null,
      '11',
      '11.25',
      '11.875',
      '12.4375',
    ]);
    expect(line.trend).toEqual([
      { days: 1, from: '12.5', fromValidAt: '2026-04-08T16:00:00.000Z', change: '0.5', changePercent: '4' },
      { days: 7, from: '12', fromValidAt: '2026-04-02T16:00:00.000Z', change: '1', changePercent: '8.3333' },
    ]);
    expect(line.volatility).toMatchObject({ returns: 5, periodsPerYear: 253 });
    expect(line.volatility.annualised).toBeGreaterThan(0.5);
  });

  it('are not answered by the million', async () => {
    const answer = await world.buyer.get(`/api/market/instruments/${id}/bars?from=2000-01-01&to=2026-11-30`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'MARKET_RANGE_TOO_LONG' } });
    expect(await world.buyer.get(`/api/market/instruments/${newId()}/bars`)).toMatchObject({
      ...{ status: 404, body: { code: 'MARKET_INSTRUMENT_NOT_FOUND' } },
    });
  });
});

describe('comparing', () => {
  it('is refused for instruments that do not mean the same, naming what differs', async () => {
    const answer = await world.buyer.get(`/api/market/compare?ids=${seeded.carbonateCjk},${seeded.carbonateChina}`);
    expect(answer).toMatchObject({ body: { code: 'MARKET_BASES_DIFFER' } });
    expect(answer.body.detail).toContain('taxBasis');
    expect(answer.body.detail).not.toContain('grade');
  });

  it('puts what means the same side by side', async () => {
    const answer = await world.buyer.get(`/api/market/compare?ids=${id},${id}&from=2026-11-16&to=2026-11-20`);
    expect(answer.body.items).toHaveLength(1);
    expect(answer.body.items[0].lines).toHaveLength(2);
  });
});

describe('an instrument', () => {
  const fields = {
    ...{
      name: 'Technical hydroxide, Europe',
      product: 'lithium_hydroxide_monohydrate',
      grade: 'technical',
      region: 'EU',
    },
    ...{ incoterm: 'DDP', currency: 'EUR', unit: 'kg', taxBasis: 'excluding_vat' },
  };

  it('is added by an operator, once, under the code of its basis', async () => {
    const { status, body } = await world.operator.post('/api/admin/market/instruments', fields);
    expect(status).toBe(201);
    expect(body).toMatchObject({ code: 'HYDROXIDE_MONOHYDRATE-TECHNICAL-EU-DDP-EUR-KG', form: 'any' });
    expect((await world.buyer.get(`/api/market/instruments/${body.instrumentId}`)).body).toEqual(body);
    const again = await world.operator.post('/api/admin/market/instruments', { ...fields, name: 'Other name' });
    expect(again).toMatchObject({ status: 409, body: { code: 'MARKET_INSTRUMENT_EXISTS' } });
    const [entry] = await world.admin`select action, actor from audit_log where entity_id = ${body.instrumentId}`;
    expect(entry).toEqual({ action: 'instrument.created', actor: world.operator.id });
  });

  it('is added by nobody else, and in no currency that is none', async () => {
    expect(await world.buyer.post('/api/admin/market/instruments', fields)).toMatchObject({ status: 403 });
    const answer = await world.operator.post('/api/admin/market/instruments', { ...fields, currency: 'XXX' });
    expect(answer.body).toMatchObject({ code: 'CURRENCY_UNKNOWN' });
  });

  it('is found by what it is and what it is called', async () => {
    const codes = async (query: string) =>
      (await world.buyer.get(`/api/market/instruments?${query}`)).body.items.map((each: { code: string }) => each.code);
    expect(await codes('product=lithium_carbonate&currency=CNY')).toEqual([
      'CARBONATE-TECHNICAL-CN-EXW-CNY-T-VAT',
      'CARBONATE-BATTERY-CN-EXW-CNY-T-VAT',
    ]);
    expect(await codes('q=spodumene')).toEqual(['SPODUMENE-CONCENTRATE-CN-CIF-USD-DMT']);
    expect(await codes('q=%25')).toEqual(['SPODUMENE-CONCENTRATE-CN-CIF-USD-DMT']);
    const page = (await world.buyer.get('/api/market/instruments?limit=2')).body;
    const next = (await world.buyer.get(`/api/market/instruments?limit=200&cursor=${page.nextCursor}`)).body;
    expect(page.items.length + next.items.length).toBe(7);
    expect(next.nextCursor).toBeNull();
  });
});
