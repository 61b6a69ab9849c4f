import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MarketDataServiceClient, type WatchPricesResponse } from '@clearlot/proto/market/v1/market';
import { fakeFastmarkets, fakeGemini } from '@clearlot/testkit';
import { credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPrices } from './market/live-prices.ts';
import { type Person, registerPerson, until } from './program/people.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';

interface Figure {
  mid: string;
  unit: string;
  currency: string;
  kind: string;
  edition: string;
  stale: boolean;
  ageMs: number;
  source: { code: string; attribution: string };
}
interface Page<T> {
  items: T[];
}
type Quotes = Page<{ instrument: { instrumentId: string; code: string }; figures: Figure[] }>;

const carbonate = 'CARBONATE-BATTERY-CJK-CIF-USD-KG';
const symbol = 'MB-LI-0029';
const dayMs = 86_400_000;
const own = { webhooks: [] as { headers: IncomingHttpHeaders; body: string }[] };

let vendor: Awaited<ReturnType<typeof fakeFastmarkets>>;
let gemini: Awaited<ReturnType<typeof fakeGemini>>;
let hooks: Server;
let raised: RaisedPlatform;
let buyer: Person;
let instrumentId: string;
let usgsId: string;
let fastmarketsId: string;

beforeAll(async () => {
  [vendor, gemini] = await Promise.all([fakeFastmarkets(), fakeGemini()]);
  gemini.writes(({ data }) => {
    const { facts } = JSON.parse(data) as { facts: { marker: string; name: string; mid: string; per: string }[] };
    return facts.map(({ marker, name, mid, per }) => `${name} stood at ${mid} ${per} ${marker}.`).join(' ');
  });
  vendor.list(symbol, { currency: 'USD', unitOfMeasure: 'kg', incoterm: 'CIF' });
  vendor.assess(symbol, ...weekdaysBefore(Date.now(), 30));
  hooks = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      own.webhooks.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.end();
    });
  });
  await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve));
  raised = await raisePlatform({
    replicas: { 'market-data': 2 },
    env: {
      'market-data': {
        ...{ FASTMARKETS_AUTH_URL: vendor.authUrl, FASTMARKETS_API_URL: vendor.apiUrl },
        ...{ FASTMARKETS_SERVICE_NAME: 'clearlot', FASTMARKETS_SERVICE_KEY: 'secret' },
        ...{ GEMINI_API_URL: gemini.url, GEMINI_API_KEY: 'gemini-test', SUMMARY_LOCALES: 'en' },
        WEBHOOK_ALLOW_PRIVATE: 'true',
      },
    },
  });
  buyer = await registerPerson(raised.url, 'buyer', 'Bruno Becker');
  const { items } = await buyer.client.get<Page<{ instrumentId: string; code: string }>>('/api/market/instruments');
  const idOf = (code: string) => items.find((each) => each.code === code)?.instrumentId ?? '';
  [instrumentId, usgsId] = [idOf(carbonate), idOf('CARBONATE-BATTERY-US-EXW-USD-T')];
  const sources = await raised.operator.get<Page<{ sourceId: string; code: string }>>('/api/admin/market/sources');
  fastmarketsId = sources.items.find(({ code }) => code === 'fastmarkets')?.sourceId ?? '';
});
afterAll(async () => {
  await raised.stop();
  await Promise.all([vendor.close(), gemini.close()]);
  hooks.close();
});

/** An assessment for each of so many weekdays before an instant, around 10. */
function weekdaysBefore(until: number, count: number) {
  const days: { assessmentDate: string; low: number; mid: number; high: number }[] = [];
  for (let at = until - dayMs; days.length < count; at -= dayMs) {
    if (new Date(at).getUTCDay() % 6 === 0) continue;
    const mid = 10 + (days.length % 3) / 10;
    days.push({ assessmentDate: new Date(at).toISOString(), low: mid - 0.5, mid, high: mid + 0.5 });
  }
  return days;
}

function assess(mid: number, at = new Date()): void {
  vendor.assess(symbol, { assessmentDate: at.toISOString(), low: mid - 0.5, mid, high: mid + 0.5 });
}

async function figureOf(id: string, code: string): Promise<Figure | undefined> {
  const { items } = await buyer.client.get<Quotes>(`/api/market/latest?ids=${id}`);
  return items[0]?.figures.find(({ source }) => source.code === code);
}

async function untilShown(mid: string): Promise<void> {
  await until(`a price of ${mid}`, async () => (await figureOf(instrumentId, 'fastmarkets'))?.mid === mid);
}

describe('prices', () => {
  it('begin with what USGS published, by source, edition, unit and age, and are for members only', async () => {
    expect(await figureOf(usgsId, 'usgs')).toMatchObject({
      ...{ mid: '37000', unit: 't', currency: 'USD', kind: 'annual_average', stale: true },
      edition: 'Mineral Commodity Summaries 2023, estimate',
    });
    expect(await fetch(`${raised.url}/api/market/latest`).then(({ status }) => status)).toBe(401);
    await expect(openPrices(raised.url, usgsId)).rejects.toThrow('NOT_AUTHENTICATED');
  });

  it('of a source go nowhere until its licence lets them be shown', async () => {
    await until('the first fetch', async () => vendor.fetches() > 0);
    expect(await figureOf(instrumentId, 'fastmarkets')).toBeUndefined();
    const licence = { display: true, export: false, llm: false, everyMs: 500 };
    await raised.operator.put(`/api/admin/market/sources/${fastmarketsId}`, licence);
    // What was recorded before keeps its licence; from now on it may be shown.
    assess(10.2);
    await untilShown('10.2');
    const csv = await buyer.client.bytes(`/api/market/instruments/${instrumentId}/observations.csv`);
    expect(csv.toString()).not.toContain('10.2');
  });

  it('reach the API, screens and partners within a second of the source', async () => {
    const screen = await openPrices(raised.url, instrumentId, await buyer.client.token());
    const address = raised.platform.processes.find(({ name }) => name === 'market-data')?.grpcAddress ?? '';
    const client = new MarketDataServiceClient(address, credentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${await buyer.client.token()}`);
    const streamed = new Map<string, number>();
    const stream = client.watchPrices({ instrumentIds: [instrumentId] }, metadata);
    stream.on('data', ({ figure }: WatchPricesResponse) => streamed.set(String(figure?.midMicros), Date.now()));
    stream.on('error', () => {});
    const lags: number[] = [];
    for (let count = 1; count <= 8; count++) {
      const mid = (10_200 + count) / 1_000;
      assess(mid);
      const at = Date.now();
      const both = async () => screen.seenAt(String(mid)) && streamed.has(String(BigInt(10_200 + count) * 1_000n));
      await until(`${mid} on the screen and in the stream`, both);
      lags.push(Math.max(screen.seenAt(String(mid)) ?? 0, streamed.get(String((10_200 + count) * 1_000)) ?? 0) - at);
    }
    stream.cancel();
    client.close();
    screen.close();
    lags.sort((a, b) => a - b);
    console.log(`source → screen and stream: ${lags.join(', ')} ms`);
    expect(lags[4]).toBeLessThan(1_000);
    expect(await figureOf(instrumentId, 'fastmarkets')).toMatchObject({ mid: '10.208', stale: false, unit: 'kg' });
  });

  it('that lie, change unit or go back in time are kept back for an operator, and nothing wrong is published', async () => {
    for (const [fault, mid] of [
      [{ kind: 'jump', factor: 10 }, 10.3],
      [{ kind: 'wrong_unit', unit: 't' }, 10.31],
      [{ kind: 'backdated', days: 20 }, 10.32],
    ] as const) {
      const before = (await pending()).length;
      vendor.fault(fault);
      assess(mid);
      await until(`what is ${fault.kind} to be kept back`, async () => (await pending()).length > before);
      vendor.fault(undefined);
      await untilShown(String(mid));
    }
    const reasons = (await pending()).flatMap((each) => each.reasons);
    expect(new Set(reasons)).toEqual(new Set([...reasons, 'outlier', 'basis_changed', 'backdated']));
    const [kept] = await pending();
    await raised.operator.post(`/api/admin/market/quarantine/${kept?.quarantineId}/reject`, { reason: 'not a price' });
    expect((await pending()).map(({ quarantineId }) => quarantineId)).not.toContain(kept?.quarantineId);
    const bars = await buyer.client.get<{ lines: { bars: { high: string }[] }[] }>(
      `/api/market/instruments/${instrumentId}/bars?period=day`,
    );
    for (const { high } of bars.lines.flatMap((line) => line.bars)) expect(Number(high)).toBeLessThan(12);
  });

  it('are as they were known, whatever is corrected later', async () => {
    const knownAt = new Date(Date.now() - 1_000).toISOString();
    const path = `/api/market/instruments/${instrumentId}/observations?limit=200`;
    const before = await buyer.client.get(`${path}&knownAt=${knownAt}`);
    assess(10.4);
    await untilShown('10.4');
    expect(await buyer.client.get(`${path}&knownAt=${knownAt}`)).toEqual(before);
    expect(await buyer.client.get(path)).not.toEqual(before);
  });
});

interface Kept {
  quarantineId: string;
  reasons: string[];
}

async function pending(): Promise<Kept[]> {
  return (await raised.operator.get<Page<Kept>>('/api/admin/market/quarantine?status=pending')).items;
}

describe('what is made of prices', () => {
  it('an alert fires once, in the app, by e-mail and by a signed webhook, and again only after a way back', async () => {
    const { port } = hooks.address() as AddressInfo;
    const alert = await buyer.client.post<{ alertId: string }>('/api/alerts', {
      ...{ kind: 'threshold', name: 'Above eleven', instrumentId, direction: 'above', limit: '11', band: '0.2' },
      ...{ cooldownMinutes: 0, channels: ['in_app', 'email', 'webhook'], webhookUrl: `http://127.0.0.1:${port}/hook` },
    });
    const firings = async () =>
      (await buyer.client.get<Page<{ value: string; webhook: { state: string } }>>('/api/alerts/firings')).items;
    const at = Date.now();
    assess(11.1);
    await until('the alert to fire', async () => (await firings()).length === 1);
    console.log(`source → alert: ${Date.now() - at} ms`);
    await until('the webhook', async () => own.webhooks.length === 1);
    const { secret } = await buyer.client.get<{ secret: string }>(`/api/alerts/${alert.alertId}/webhook-secret`);
    expect(isSigned(own.webhooks[0], secret)).toBe(true);
    await until('the letter', async () => {
      const letters = (await raised.platform.mailbox?.messages(buyer.email)) ?? [];
      return letters.some(({ subject }) => subject?.includes('Above eleven'));
    });
    for (const mid of [11.2, 10.9, 11.3, 10.7, 11.15]) {
      assess(mid);
      await untilShown(String(mid));
    }
    await until('the second firing', async () => (await firings()).length === 2);
    expect((await firings()).map(({ value }) => value)).toEqual(['11.15', '11.1']);
    await until('both webhooks', async () => own.webhooks.length === 2);
    const stranger = await registerPerson(raised.url, 'buyer', 'Nadia Other');
    expect((await stranger.client.send('GET', `/api/alerts/${alert.alertId}`)).status).toBe(404);
  });

  it('unlike bases are not compared, a conversion shows its steps, and arbitrage is a waterfall of dated inputs', async () => {
    const unlike = await buyer.client.send('GET', `/api/market/compare?ids=${instrumentId},${usgsId}`);
    expect(unlike).toMatchObject({ status: 422, body: { code: 'MARKET_BASES_DIFFER' } });
    const converted = await buyer.client.get<{ mid: { exact: string }; steps: unknown[] }>(
      `/api/market/convert?instrumentId=${usgsId}&toUnit=kg`,
    );
    expect(JSON.stringify(converted.mid)).toContain('37');
    expect(converted.steps.length).toBeGreaterThan(0);
    const euro = await buyer.client.send('GET', `/api/market/convert?instrumentId=${usgsId}&toCurrency=EUR`);
    expect(euro.status).toBeGreaterThanOrEqual(400);
    expect(euro.body.code).toMatch(/^MARKET_/);
  });

  it("the daily summary is the model's, with a citation for each figure, and knows nothing that no model may see", async () => {
    const { items } = await until('a summary', async () => {
      const page = await buyer.client.get<Page<Record<string, unknown>>>('/api/market/summaries');
      return page.items.length > 0 && page;
    });
    expect(items[0]).toMatchObject({
      ...{ origin: 'model', status: 'published', text: expect.stringContaining('stood at 37,000 USD/t [') },
      citations: [expect.objectContaining({ mid: '37000', edition: 'Mineral Commodity Summaries 2023, estimate' })],
    });
    expect(gemini.prompts.length).toBeGreaterThan(0);
    expect(JSON.stringify(gemini.prompts)).not.toContain('Fastmarkets');
  });
});

/** `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`. */
function isSigned(hook: { headers: IncomingHttpHeaders; body: string } | undefined, secret: string): boolean {
  const [, time = '', digest = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(hook?.headers['clearlot-signature'])) ?? [];
  return createHmac('sha256', secret).update(`${time}.${hook?.body}`).digest('hex') === digest;
}
