import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../world.fixture.ts';
import { carbonateSymbol, createMarket, type Market, seededSources } from './sources.fixture.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let market: Market;
beforeAll(async () => {
  market = await createMarket();
  await market.tick();
});
afterAll(() => market.close());
afterEach(() => market.vendor.fault(undefined));

describe('a source that works', () => {
  test('is published with its source, unit and kind, and shown as fresh to everybody', async () => {
    expect(await market.recorded()).toBe(30);
    const { body } = await market.buyer.get(`/api/market/latest?ids=${seeded.carbonateCjk}`);
    expect(body.items[0]).toMatchObject({
      instrument: { unit: 'kg', currency: 'USD', incoterm: 'CIF' },
      figures: [{ low: '9.5', mid: '10', high: '10.5', kind: 'assessment', source: { code: 'fastmarkets' } }],
    });
    const sources = (await market.buyer.get('/api/market/sources')).body.items;
    const states = Object.fromEntries(sources.map((each: { code: string; state: string }) => [each.code, each.state]));
    expect(states).toMatchObject({
      ...{ fastmarkets: 'fresh', perplexity: 'not_configured', simulated: 'not_configured', desk: 'waiting' },
    });
    expect(Object.keys(sources[0])).not.toContain('settings');
  });

  test('is asked again every minute and says nothing twice', async () => {
    const fetches = market.vendor.fetches();
    await market.pass(minuteMs - 1);
    expect(market.vendor.fetches()).toBe(fetches);
    await market.pass(1);
    expect(market.vendor.fetches()).toBe(fetches + 1);
    market.vendor.fault({ kind: 'duplicate' });
    await market.pass(minuteMs);
    expect(market.vendor.fetches()).toBe(fetches + 2);
    expect(await market.recorded()).toBe(30);
    expect(await market.pending()).toEqual([]);
  });

  test('corrects itself with a revision, and what was known before stays known', async () => {
    const before = market.clock.now().toISOString();
    const day = '2026-11-20T16:30:00.000Z';
    market.vendor.assess(carbonateSymbol, { assessmentDate: day, revision: 1, low: 9.7, mid: 10.2, high: 10.7 });
    await market.pass(minuteMs);
    expect(await market.pending()).toEqual([]);
    const mids = async (knownAt: string) => {
      const query = `from=${day}&to=2026-11-21&knownAt=${knownAt}`;
      const url = `/api/market/instruments/${seeded.carbonateCjk}/observations?${query}`;
      return (await market.buyer.get(url)).body.items.map((each: { mid: string }) => each.mid);
    };
    expect(await mids(before)).toEqual(['10.1']);
    expect(await mids(market.clock.now().toISOString())).toEqual(['10.2']);
  });
});

describe('nothing wrong is published when a source', () => {
  const today = { assessmentDate: '2026-11-24T09:00:00.000Z', low: 9.6, mid: 10.1, high: 10.6 };

  test.each([
    ['lies tenfold', { kind: 'jump', factor: 10 }, ['outlier'], true],
    ['changes its unit', { kind: 'wrong_unit', unit: 'lb' }, ['basis_changed'], false],
  ] as const)('%s', async (_what, fault, reasons, reviewable) => {
    const [recorded, mid, earlier] = [await market.recorded(), await market.latestMid(), await market.pending()];
    market.vendor.assess(carbonateSymbol, today);
    market.vendor.fault(fault);
    await market.pass(minuteMs);
    const kept = (await market.pending()).filter(
      (each: { quarantineId: string; validAt: string }) =>
        each.validAt === today.assessmentDate &&
        !earlier.some((other: { quarantineId: string }) => other.quarantineId === each.quarantineId),
    );
    expect(kept).toMatchObject([{ instrumentId: seeded.carbonateCjk, status: 'pending', reasons, reviewable }]);
    await market.pass(minuteMs);
    expect([await market.recorded(), await market.latestMid()]).toEqual([recorded, mid]);
  });

  test('goes back in time', async () => {
    const recorded = await market.recorded();
    market.vendor.assess(carbonateSymbol, { ...today, mid: 10.11 });
    market.vendor.fault({ kind: 'backdated', days: 400 });
    await market.pass(minuteMs);
    const kept = (await market.pending()).filter((each: { validAt: string }) => each.validAt < '2025-11-01');
    expect(kept.length).toBeGreaterThan(0);
    for (const each of kept) expect(each.reasons).toContain('backdated');
    expect(await market.recorded()).toBe(recorded);
  });

  test('changes its mind without a revision', async () => {
    market.vendor.assess(carbonateSymbol, today);
    await market.pass(minuteMs);
    expect(await market.latestMid()).toBe('10.1');
    market.vendor.assess(carbonateSymbol, { ...today, mid: 10.2 });
    await market.pass(minuteMs);
    expect((await market.pending())[0]).toMatchObject({ mid: '10.2', reasons: ['changed_without_edition'] });
    expect(await market.latestMid()).toBe('10.1');
    market.vendor.assess(carbonateSymbol, today);
  });

  test.each([
    ['stalls', { kind: 'stall' }, 'MARKET_SOURCE_TIMEOUT'],
    ['fails', { kind: 'status', status: 500 }, 'MARKET_SOURCE_FAILED'],
    ['breaks off', { kind: 'truncated' }, 'MARKET_SOURCE_MALFORMED'],
  ] as const)('%s; it is shown, and tried again', async (_what, fault, errorCode) => {
    const recorded = await market.recorded();
    market.vendor.fault(fault);
    await market.pass(minuteMs);
    expect(await market.shown('fastmarkets')).toMatchObject({ errorCode, failures: 1 });
    const fetches = market.vendor.fetches();
    market.vendor.fault(undefined);
    await market.pass(30_000);
    expect(market.vendor.fetches()).toBe(fetches + 1);
    expect(await market.shown('fastmarkets')).toMatchObject({ errorCode: null, failures: 0 });
    expect(await market.recorded()).toBe(recorded);
  });
});

test('a source that asks us to wait is not asked before', async () => {
  market.vendor.fault({ kind: 'status', status: 429, retryAfterSeconds: 600 });
  await market.pass(minuteMs);
  expect(await market.shown('fastmarkets')).toMatchObject({ errorCode: 'MARKET_SOURCE_RATE_LIMITED' });
  const fetches = market.vendor.fetches();
  market.vendor.fault(undefined);
  await market.pass(599_000);
  expect(market.vendor.fetches()).toBe(fetches);
  await market.pass(1_000);
  expect(market.vendor.fetches()).toBe(fetches + 1);
});

test('failing three times in a row is one incident, until it works again', async () => {
  market.vendor.fault({ kind: 'status', status: 503 });
  for (let attempt = 0; attempt < 5; attempt++) await market.pass(2 * minuteMs);
  const failing = await market.shown('fastmarkets');
  expect(failing).toMatchObject({ state: 'failing', incidents: [{ kind: 'failing' }] });
  expect((await market.buyer.get('/api/market/sources')).body.items).toContainEqual(
    expect.objectContaining({ code: 'fastmarkets', state: 'failing' }),
  );
  market.vendor.fault(undefined);
  await market.pass(hourMs);
  expect(await market.shown('fastmarkets')).toMatchObject({ state: 'fresh', incidents: [] });
});

test('growing stale is one incident per episode, and a weekend is none', async () => {
  const episodes = async () => {
    const [row] = await market.admin`select count(*)::int as count from source_incident
      where kind = 'stale' and source_id = ${seededSources.fastmarkets}`;
    return row?.count;
  };
  await market.pass(40 * hourMs);
  await market.pass(hourMs);
  expect(await market.shown('fastmarkets')).toMatchObject({ state: 'stale', incidents: [{ kind: 'stale' }] });
  expect(await episodes()).toBe(1);
  const friday = '2026-11-27T16:30:00.000Z';
  market.clock.advance(new Date(friday).getTime() - market.clock.now().getTime());
  market.vendor.assess(carbonateSymbol, { assessmentDate: friday, low: 9.6, mid: 10.1, high: 10.6 });
  await market.tick();
  expect(await market.shown('fastmarkets')).toMatchObject({ state: 'fresh', incidents: [{ kind: 'gap' }] });
  const monday = new Date('2026-11-30T09:00:00Z').getTime();
  await market.pass(monday - market.clock.now().getTime());
  expect(await market.shown('fastmarkets')).toMatchObject({ state: 'fresh' });
  expect(await episodes()).toBe(1);
});

test('a missing business day is an incident that somebody closes', async () => {
  const { incidents } = await market.shown('fastmarkets');
  expect(incidents).toMatchObject([{ kind: 'gap', detail: expect.stringContaining('2026-11-25, 2026-11-26') }]);
  const url = `/api/admin/market/sources/incidents/${incidents[0].incidentId}/resolve`;
  expect(await market.operator.post(url)).toMatchObject({ status: 200 });
  expect(await market.operator.post(url)).toMatchObject({ body: { code: 'MARKET_INCIDENT_NOT_FOUND' } });
});

test('a source that is switched off is not asked and takes nothing in', async () => {
  const url = `/api/admin/market/sources/${seededSources.fastmarkets}`;
  expect(await market.operator.put(url, { enabled: false })).toMatchObject({ status: 200, body: { enabled: false } });
  const fetches = market.vendor.fetches();
  await market.pass(hourMs);
  expect(market.vendor.fetches()).toBe(fetches);
  expect(await market.shown('fastmarkets')).toMatchObject({ state: 'disabled' });
  await market.operator.put(url, { enabled: true });
  await market.tick();
  expect(market.vendor.fetches()).toBe(fetches + 1);
});

test('settings that do not fit are refused with what is wrong, and only operators change any', async () => {
  const url = `/api/admin/market/sources/${seededSources.fastmarkets}`;
  expect(await market.operator.put(url, { settings: { symbols: { A: 1 } } })).toMatchObject({
    status: 400,
    body: { code: 'MARKET_SOURCE_SETTINGS_INVALID', errors: [{ pointer: '/settings/symbols/A' }] },
  });
  expect(await market.operator.put(url, { rules: { changePpmMax: -1 } })).toMatchObject({ status: 400 });
  for (const path of ['sources', 'quarantine', 'entries', 'imports']) {
    expect(await market.buyer.get(`/api/admin/market/${path}`)).toMatchObject({ status: 403 });
  }
  expect(await market.buyer.put(url, { enabled: false })).toMatchObject({ status: 403 });
});
