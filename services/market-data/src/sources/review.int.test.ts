import { newId } from '@clearlot/kernel';
import { type FakePerplexity, fakePerplexity } from '@clearlot/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../world.fixture.ts';
import { carbonateSymbol, createMarket, type Market, seededSources } from './sources.fixture.ts';

const code = 'CARBONATE-BATTERY-CJK-CIF-USD-KG';
const reason = 'Seen on the screen of the exchange';

let market: Market;
let research: FakePerplexity;
beforeAll(async () => {
  research = await fakePerplexity('pplx-key');
  const access = { url: research.url, apiKey: 'pplx-key', model: 'sonar-pro' };
  market = await createMarket({ perplexity: access });
  research.find([], []);
  await market.tick();
});
afterAll(async () => {
  await Promise.all([market.close(), research.close()]);
});

type Person = Market['operator'];
const decide = (by: Person, list: 'quarantine' | 'entries', id: string, what: 'approve' | 'reject', key?: string) =>
  by.post(`/api/admin/market/${list}/${id}/${what}`, { reason }, key ? { 'idempotency-key': key } : {});

async function audited(entityId: string): Promise<string[]> {
  const rows = await market.admin`select action from audit_log where entity_id = ${entityId} order by at`;
  return rows.map(({ action }) => action as string);
}

describe('a figure that was kept back', () => {
  const jump = { assessmentDate: '2026-11-24T08:00:00.000Z', low: 13.5, mid: 14, high: 14.5 };

  test('is published as of now when an operator believes it, exactly once', async () => {
    market.vendor.assess(carbonateSymbol, jump);
    await market.pass(60_000);
    const [kept] = await market.pending();
    expect(kept).toMatchObject({ mid: '14', reasons: ['outlier'], reviewable: true, symbol: carbonateSymbol });
    const second = market.person('operator');
    const key = newId();
    const answers = await Promise.all([
      decide(market.operator, 'quarantine', kept.quarantineId, 'approve', key),
      decide(second, 'quarantine', kept.quarantineId, 'approve'),
      decide(second, 'quarantine', kept.quarantineId, 'reject'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const decided = (await market.operator.get('/api/admin/market/quarantine')).body.items[0];
    expect(await audited(kept.quarantineId)).toEqual([`quarantine.${decided.status}`]);
    expect(await market.recorded()).toBe(decided.status === 'approved' ? 31 : 30);
    // Whoever lost the race tries again in the other case.
    expect((await decide(market.operator, 'quarantine', kept.quarantineId, 'approve')).body.code).toBe(
      'MARKET_QUARANTINE_DECIDED',
    );
  });

  test('is answered the same again under its key, and published once', async () => {
    market.vendor.assess(carbonateSymbol, { ...jump, assessmentDate: '2026-11-24T08:30:00.000Z', mid: 14.1 });
    market.vendor.assess(carbonateSymbol, {
      ...jump,
      assessmentDate: '2026-11-24T08:40:00.000Z',
      low: 90,
      mid: 99,
      high: 99,
    });
    await market.pass(60_000);
    const pending = await market.pending();
    const wild = pending.find((each: { mid: string }) => each.mid === '99');
    const key = newId();
    const first = await decide(market.operator, 'quarantine', wild.quarantineId, 'approve', key);
    expect(first).toMatchObject({ status: 200, body: { status: 'approved', decidedBy: market.operator.id } });
    const recorded = await market.recorded();
    const again = await decide(market.operator, 'quarantine', wild.quarantineId, 'approve', key);
    expect(again.body).toEqual(first.body);
    expect(await market.recorded()).toBe(recorded);
    expect(await market.latestMid()).toBe('99');
  });

  test('that is no price of the instrument can only be rejected', async () => {
    market.vendor.fault({ kind: 'wrong_unit', unit: 'lb' });
    await market.pass(60_000);
    market.vendor.fault(undefined);
    const kept = (await market.pending()).find((each: { reviewable: boolean }) => !each.reviewable);
    expect(kept).toMatchObject({ reasons: ['basis_changed'], stated: { unit: 'lb' } });
    expect(await decide(market.operator, 'quarantine', kept.quarantineId, 'approve')).toMatchObject({
      ...{ status: 422, body: { code: 'MARKET_QUARANTINE_NOT_RECORDABLE' } },
    });
    expect(await decide(market.operator, 'quarantine', kept.quarantineId, 'reject')).toMatchObject({
      ...{ status: 200, body: { status: 'rejected', decision: reason } },
    });
    await market.pass(60_000);
    expect((await market.pending()).map((each: { quarantineId: string }) => each.quarantineId)).not.toContain(
      kept.quarantineId,
    );
  });
});

test('what was found on the web is never published before an operator has looked at it', async () => {
  const figure = { instrumentCode: code, date: '2026-11-23', currency: 'USD', unit: 'kg', incoterm: 'CIF' };
  const page = 'https://example.com/lithium';
  research.find(
    [
      { ...figure, low: '9.5', high: '10.5', citationUrl: page },
      { ...figure, date: '2026-11-20', low: '9', high: '10', citationUrl: 'https://example.com/imagined' },
    ],
    [page],
  );
  await market.operator.post(`/api/admin/market/sources/${seededSources.perplexity}/fetch`);
  await market.tick();
  expect(await market.recorded(seededSources.perplexity)).toBe(0);
  const url = `/api/admin/market/quarantine?status=pending&sourceId=${seededSources.perplexity}`;
  const kept = (await market.operator.get(url)).body.items;
  const byDay = Object.fromEntries(kept.map((each: { validAt: string }) => [each.validAt.slice(0, 10), each]));
  expect(byDay['2026-11-20']).toMatchObject({ reasons: ['citation_missing'], reviewable: false });
  expect(byDay['2026-11-23']).toMatchObject({ citationUrl: page, reviewable: true });
  expect(byDay['2026-11-23'].reasons).toContain('needs_review');
  // Not even by rules that say otherwise.
  await market.operator.put(`/api/admin/market/sources/${seededSources.perplexity}`, {
    rules: { reviewAlways: false },
  });
  await market.tick();
  expect(await market.recorded(seededSources.perplexity)).toBe(0);
  await decide(market.operator, 'quarantine', byDay['2026-11-23'].quarantineId, 'approve');
  const { body } = await market.buyer.get(`/api/market/latest?ids=${seeded.carbonateCjk}`);
  expect(body.items[0].figures).toContainEqual(expect.objectContaining({ edition: page, mid: '10' }));
});

describe('an operator’s entry', () => {
  const entry = {
    ...{ instrumentId: seeded.carbonateChina, validAt: '2026-11-23T07:00:00Z', low: '91000', mid: '92000.5' },
    ...{ high: '93000', edition: 'Broker letter of 23 November 2026', reason },
  };
  const propose = (by: Person, fields: Record<string, unknown> = {}) =>
    by.post('/api/admin/market/entries', { ...entry, ...fields });
  const latest = async () => (await market.buyer.get(`/api/market/latest?ids=${seeded.carbonateChina}`)).body.items;

  test('is published when another operator approves it, never by the same person', async () => {
    const proposed = await propose(market.operator);
    expect(proposed).toMatchObject({ status: 201, body: { status: 'proposed', doubts: [], purpose: 'entry' } });
    const id = proposed.body.entryId;
    expect(await market.recorded(seededSources.desk)).toBe(0);
    for (const what of ['approve', 'reject'] as const) {
      expect(await decide(market.operator, 'entries', id, what)).toMatchObject({
        ...{ status: 403, body: { code: 'MARKET_ENTRY_SAME_PERSON' } },
      });
    }
    const second = market.person('operator');
    expect(await decide(second, 'entries', id, 'approve')).toMatchObject({
      status: 200,
      body: { decidedBy: second.id },
    });
    expect(await decide(second, 'entries', id, 'approve')).toMatchObject({ body: { code: 'MARKET_ENTRY_DECIDED' } });
    expect(await market.recorded(seededSources.desk)).toBe(1);
    expect((await latest())[0].figures).toMatchObject([{ mid: '92000.5', edition: entry.edition }]);
    expect(await audited(id)).toEqual(['price_entry.proposed', 'price_entry.approved']);
  });

  test('shows whoever decides what the rules doubt of it, and can be declined', async () => {
    const proposed = await propose(market.operator, { validAt: '2026-11-24T07:00:00Z', mid: '920000', high: '930000' });
    expect(proposed.body.doubts).toEqual(['outlier']);
    const second = market.person('operator');
    expect(await decide(second, 'entries', proposed.body.entryId, 'reject')).toMatchObject({
      body: { status: 'rejected' },
    });
    expect(await market.recorded(seededSources.desk)).toBe(1);
  });

  test('that is no price is refused at once', async () => {
    expect(await propose(market.operator, { low: '95000' })).toMatchObject({ body: { code: 'MARKET_ENTRY_INVALID' } });
    expect(await propose(market.operator, { low: '-1' })).toMatchObject({ body: { code: 'MARKET_ENTRY_INVALID' } });
    expect(await propose(market.operator, { low: '1e3' })).toMatchObject({ body: { code: 'MARKET_DECIMAL_INVALID' } });
    expect(await propose(market.operator, { instrumentId: newId() })).toMatchObject({
      body: { code: 'MARKET_INSTRUMENT_NOT_FOUND' },
    });
    expect(await propose(market.buyer)).toMatchObject({ status: 403 });
  });

  test('as a correction is a new version under the corrected source, and the old one stays known as of then', async () => {
    const validAt = '2026-11-23T16:30:00Z';
    const body = { sourceId: seededSources.fastmarkets, instrumentId: seeded.carbonateCjk, validAt, reason };
    const correct = (fields: Record<string, unknown> = {}) =>
      market.operator.post('/api/admin/market/entries/corrections', {
        ...body,
        ...{ low: '9.8', mid: '10.3', high: '10.8', ...fields },
      });
    expect(await correct({ validAt: '2026-11-22T16:30:00Z' })).toMatchObject({
      ...{ status: 404, body: { code: 'MARKET_CORRECTION_UNKNOWN_FIGURE' } },
    });
    const before = market.clock.now().toISOString();
    const proposed = await correct();
    expect(proposed).toMatchObject({ status: 201, body: { purpose: 'correction' } });
    market.clock.advance(60_000);
    await decide(market.person('operator'), 'entries', proposed.body.entryId, 'approve');
    const known = async (knownAt: string) => {
      const query = `from=${validAt}&to=2026-11-24&source=${body.sourceId}&knownAt=${knownAt}`;
      const url = `/api/market/instruments/${seeded.carbonateCjk}/observations?${query}`;
      return (await market.buyer.get(url)).body.items;
    };
    expect(await known(before)).toMatchObject([{ mid: '10' }]);
    expect(await known(market.clock.now().toISOString())).toMatchObject([
      { mid: '10.3', edition: expect.stringContaining('corrected by LithiumBuy') },
    ]);
  });
});

describe('an import', () => {
  const source = {
    ...{ code: 'broker', name: 'A broker', kind: 'import', display: true, export: false, llm: false },
    ...{ freshnessTargetMs: 604_800_000, calendar: 'weekdays' },
    settings: {
      mapping: {
        ...{
          format: 'csv',
          instrument: { column: 'product', codes: { spodumene: 'SPODUMENE-CONCENTRATE-CN-CIF-USD-DMT' } },
        },
        ...{ validAt: { column: 'date' }, mid: 'price', unit: { column: 'unit' } },
      },
    },
  };
  const upload = (text: string, edition = 'November') => {
    const part =
      '--cut\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n';
    return market.operator.post(
      `/api/admin/market/imports?source=broker&edition=${edition}`,
      `${part}${text}\r\n--cut--\r\n`,
      { 'content-type': 'multipart/form-data; boundary=cut' },
    );
  };
  const file =
    'product,date,price,unit\nspodumene,2026-11-20,850,dmt\nspodumene,2026-11-23,"855.5",dmt\ngraphite,2026-11-23,1,t\n';

  test('is taken in by the mapping of its source, and the same file again changes nothing', async () => {
    expect(await market.operator.post('/api/admin/market/sources', source)).toMatchObject({ status: 201 });
    expect(await market.operator.post('/api/admin/market/sources', source)).toMatchObject({
      ...{ status: 409, body: { code: 'MARKET_SOURCE_CODE_TAKEN' } },
    });
    const first = await upload(file);
    expect(first).toMatchObject({ status: 201, body: { figures: 3, recorded: 2, keptBack: 1, repeated: false } });
    expect((await upload(file)).body).toMatchObject({ recorded: 2, keptBack: 1, repeated: true });
    const { body } = await market.buyer.get(`/api/market/latest?ids=${seeded.spodumeneChina}`);
    expect(body.items[0].figures).toMatchObject([{ mid: '855.5', edition: '2026-11-23' }]);
    const deliveries = (await market.operator.get('/api/admin/market/imports')).body.items;
    expect(deliveries.filter((each: { via: string }) => each.via === 'import')).toMatchObject([
      { edition: 'November', receivedBy: market.operator.id },
    ]);
  });

  test('with a bad row is refused whole', async () => {
    const answer = await upload(`${file}spodumene,2026-11-24,,dmt\n`);
    expect(answer).toMatchObject({
      ...{ status: 400, body: { code: 'MARKET_IMPORT_INVALID', errors: [{ pointer: '/3/price' }] } },
    });
    expect(await upload('\u0000')).toMatchObject({ status: 400 });
  });

  test('into a source that takes no files is refused', async () => {
    const url = '/api/admin/market/imports?source=fastmarkets&edition=x';
    const part = '--cut\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--cut--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=cut' };
    expect(await market.operator.post(url, part, headers)).toMatchObject({ body: { code: 'MARKET_IMPORT_INVALID' } });
  });
});

test('simulated figures come only where they are allowed and no live source is configured, and say what they are', async () => {
  const live = await createMarket({ simulatedFeed: true });
  await live.tick();
  expect(await live.recorded(seededSources.simulated)).toBe(0);
  expect(await live.shown('simulated')).toMatchObject({ state: 'not_configured' });
  await live.operator.put(`/api/admin/market/sources/${seededSources.fastmarkets}`, { enabled: false });
  await live.tick();
  expect(await live.shown('simulated')).toMatchObject({ state: 'fresh' });
  const { body } = await live.buyer.get(`/api/market/latest?ids=${seeded.carbonateCjk}`);
  expect(body.items[0].figures).toContainEqual(
    expect.objectContaining({
      kind: 'simulated',
      source: expect.objectContaining({ name: expect.stringMatching(/SIMULATED/) }),
    }),
  );
  await live.close();
});
