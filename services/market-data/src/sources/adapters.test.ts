import {
  type FakeFastmarkets,
  type FakePerplexity,
  fakeFastmarkets,
  fakePerplexity,
  startVendorServer,
} from '@clearlot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Instrument } from '../instruments/instrument.ts';
import { fastmarkets } from './fastmarkets.ts';
import { httpSource } from './http-source.ts';
import { importMapping } from './import-mapping.ts';
import { perplexity } from './perplexity.ts';
import { simulated } from './simulated.ts';
import type { SourcePort } from './source-port.ts';

const now = () => new Date('2026-11-24T17:00:00Z');
const limits = { timeoutMs: 300, bytesMax: 20_000 };

const wireFaults = [
  ['MARKET_SOURCE_TIMEOUT', { kind: 'stall' }],
  ['MARKET_SOURCE_UNREACHABLE', { kind: 'hang_up' }],
  ['MARKET_SOURCE_MALFORMED', { kind: 'truncated' }],
  ['MARKET_SOURCE_FAILED', { kind: 'status', status: 500 }],
  ['MARKET_SOURCE_FAILED', { kind: 'status', status: 302 }],
  ['MARKET_SOURCE_REFUSED', { kind: 'status', status: 403 }],
  ['MARKET_SOURCE_RATE_LIMITED', { kind: 'status', status: 429, retryAfterSeconds: 90 }],
] as const;

describe('Fastmarkets', () => {
  let vendor: FakeFastmarkets;
  let port: SourcePort;
  beforeAll(async () => {
    vendor = await fakeFastmarkets({ serviceName: 'us', serviceKey: 'key' });
    vendor.list('MB-LI-0029', { currency: 'USD', unitOfMeasure: 'Kilogram', incoterm: 'CIF' });
    vendor.assess('MB-LI-0029', { assessmentDate: '2026-11-24T16:30:00Z', low: 9.5, high: 10.51, revision: 1 });
    vendor.assess('MB-LI-0029', { assessmentDate: '2026-01-02T16:30:00Z', low: 8, high: 9 });
    port = fastmarkets(access('key'), { 'MB-LI-0029': 'carbonate' }, now);
  });
  beforeEach(() => vendor.fault(undefined));
  afterAll(() => vendor.close());
  const access = (serviceKey: string) => ({
    ...{ authUrl: vendor.authUrl, url: vendor.apiUrl, serviceName: 'us', serviceKey, limits },
  });

  test('gives assessments exactly, with the basis of the vendor’s own instrument data', async () => {
    expect(await port.fetch(new Date('2026-11-23T16:30:00Z'))).toEqual({
      edition: '2026-11-24',
      figures: [
        {
          ...{ instrumentCode: 'carbonate', symbol: 'MB-LI-0029', edition: '2026-11-24 revision 1' },
          ...{ validAt: new Date('2026-11-24T16:30:00Z'), kind: 'assessment', citationUrl: null },
          ...{ lowMicros: 9_500_000n, midMicros: 10_005_000n, highMicros: 10_510_000n },
          stated: { currency: 'USD', unit: 'kg', incoterm: 'CIF' },
        },
      ],
    });
  });

  test('tells a unit as it is today, also one nobody has heard of', async () => {
    const unit = async () => (await port.fetch(undefined)).figures[0]?.stated.unit;
    vendor.fault({ kind: 'wrong_unit', unit: 'Pound' });
    expect(await unit()).toBe('lb');
    vendor.fault({ kind: 'wrong_unit', unit: 'Hundredweight' });
    expect(await unit()).toBe('Hundredweight');
  });

  test.each(wireFaults)('fails with %s for %o, never with part of an answer', async (code, fault) => {
    vendor.fault(fault);
    await expect(port.fetch(undefined)).rejects.toMatchObject({ code });
  });

  test('says how long it asks us to wait', async () => {
    vendor.fault({ kind: 'status', status: 429, retryAfterSeconds: 90 });
    await expect(port.fetch(undefined)).rejects.toMatchObject({ params: { retryAfterSeconds: '90' } });
  });

  test('refuses a wrong key', async () => {
    await expect(fastmarkets(access('wrong'), {}, now).fetch(undefined)).rejects.toMatchObject({
      code: 'MARKET_SOURCE_FAILED',
    });
  });

  test('is not read beyond its allowance', async () => {
    const many = Array.from({ length: 300 }, (_, minute) => ({
      ...{ assessmentDate: new Date(Date.UTC(2026, 10, 20, 0, minute)).toISOString(), low: 1, high: 2 },
    }));
    vendor.list('MB-LI-9999', { currency: 'USD', unitOfMeasure: 'kg', incoterm: 'CIF' });
    vendor.assess('MB-LI-9999', ...many);
    const all = fastmarkets(access('key'), { 'MB-LI-9999': 'flood' }, now);
    await expect(all.fetch(undefined)).rejects.toMatchObject({ code: 'MARKET_SOURCE_TOO_LARGE' });
  });
});

describe('Perplexity', () => {
  let vendor: FakePerplexity;
  let port: SourcePort;
  const carbonate: Instrument = {
    ...{ instrumentId: 'one', code: 'carbonate', name: 'Battery carbonate', product: 'lithium_carbonate' },
    ...{ grade: 'battery', form: 'powder', region: 'CJK', incoterm: 'CIF', currency: 'USD', unit: 'kg' },
    taxBasis: 'excluding_vat',
  };
  const found = {
    ...{ instrumentCode: 'carbonate', date: '2026-11-23', low: '9.5', high: '10.5', currency: 'USD', unit: 'kg' },
    ...{ incoterm: 'CIF', citationUrl: 'https://example.com/prices#lithium' },
  };
  beforeAll(async () => {
    vendor = await fakePerplexity('pplx-key');
    port = perplexity({ url: vendor.url, apiKey: 'pplx-key', model: 'sonar-pro', limits }, [carbonate], now);
  });
  beforeEach(() => {
    vendor.fault(undefined);
    vendor.find([found], ['https://example.com/prices']);
  });
  afterAll(() => vendor.close());

  test('gives what it found with the page it was found on, and is asked for a schema', async () => {
    expect((await port.fetch(undefined)).figures).toMatchObject([
      {
        ...{ instrumentCode: 'carbonate', midMicros: 10_000_000n, citationUrl: 'https://example.com/prices' },
        stated: { currency: 'USD', unit: 'kg', incoterm: 'CIF' },
      },
    ]);
    const asked = JSON.parse(vendor.requests.at(-1)?.body ?? '{}');
    expect(asked.response_format.json_schema.schema.properties.figures.type).toBe('array');
  });

  test('cites nothing that it was not searched from', async () => {
    vendor.fault({ kind: 'uncited' });
    expect((await port.fetch(undefined)).figures[0]?.citationUrl).toBeNull();
    vendor.fault(undefined);
    for (const citationUrl of ['https://example.com/other', 'javascript:alert(1)', 'nowhere']) {
      vendor.find([{ ...found, citationUrl }], ['https://example.com/prices', 'javascript:alert(1)', 'nowhere']);
      expect((await port.fetch(undefined)).figures[0]?.citationUrl).toBeNull();
    }
  });

  test.each([...wireFaults, ['MARKET_SOURCE_MALFORMED', { kind: 'prose' }] as const])(
    'fails with %s for %o',
    async (code, fault) => {
      vendor.fault(fault);
      await expect(port.fetch(undefined)).rejects.toMatchObject({ code });
    },
  );
});

describe('a file at an address', () => {
  const mapping = importMapping.parse({
    ...{ format: 'json', rowsAt: ['rows'], instrument: { code: 'carbonate' }, mid: 'price' },
    validAt: { column: 'date' },
  });
  const rows = [{ date: '2026-11-23', price: 12.5 }];

  test('is read by its mapping', async () => {
    const server = await startVendorServer(
      () => ({ status: 200, body: { rows } }),
      () => undefined,
    );
    const fetched = await httpSource(server.url, mapping, { allowPrivate: true, limits }).fetch(undefined);
    expect(fetched).toMatchObject({ edition: '2026-11-23', figures: [{ midMicros: 12_500_000n }] });
    rows.length = 0;
    await expect(httpSource(server.url, mapping, { allowPrivate: true }).fetch(undefined)).rejects.toMatchObject({
      code: 'MARKET_SOURCE_MALFORMED',
    });
    await server.close();
  });

  test.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/',
    'https://localhost/',
  ])('is not fetched from %s', async (url) => {
    await expect(httpSource(url, mapping, { allowPrivate: false, limits }).fetch(undefined)).rejects.toMatchObject({
      code: 'MARKET_SOURCE_ADDRESS_REFUSED',
    });
  });
});

describe('the simulated feed', () => {
  const feed = simulated({ carbonate: { startMicros: 37_000_000n, seed: 7 } }, now);

  test('says of every figure that it is simulated', async () => {
    const { figures, edition } = await feed.fetch(new Date('2026-11-24T16:30:00Z'));
    expect(figures).toHaveLength(30);
    expect(edition).toContain('simulated');
    for (const each of figures) {
      expect(each).toMatchObject({ kind: 'simulated', edition: expect.stringContaining('simulated') });
      expect(each.lowMicros < each.midMicros && each.midMicros < each.highMicros).toBe(true);
      expect(each.midMicros > 25_000_000n && each.midMicros < 49_000_000n).toBe(true);
    }
  });

  test('is the same wherever it is fetched', async () => {
    const whole = await feed.fetch(new Date('2026-11-24T16:30:00Z'));
    const part = await feed.fetch(new Date('2026-11-24T16:50:00Z'));
    expect(whole.figures.slice(-10)).toEqual(part.figures);
    expect((await feed.fetch(now())).figures).toEqual([]);
  });

  test('begins with a past of 180 days, four figures each, and makes up what was missed as coarsely', async () => {
    const { figures } = await feed.fetch(undefined);
    expect(figures).toHaveLength(180 * 4 + 60);
    expect(figures[0]?.validAt).toEqual(new Date('2026-05-28T18:00:00Z'));
    expect(figures.every(({ kind }) => kind === 'simulated')).toBe(true);
    const days = new Set(figures.map(({ validAt }) => validAt.toISOString().slice(0, 10)));
    expect(days.size).toBe(181);
    const missed = await feed.fetch(new Date('2026-11-20T17:00:00Z'));
    expect(missed.figures).toHaveLength(4 * 4 + 60);
    expect(figures.slice(-missed.figures.length)).toEqual(missed.figures);
  });
});
