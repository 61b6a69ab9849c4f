import { type FakeGemini, fakeGemini, type GeminiFault, type GeminiPrompt } from '@clearlot/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';
import { createGeminiWriter } from './summary-writer.ts';
import { writeSummaries } from './write-summaries.ts';

const apiKey = 'gemini-test';
const DAY_MS = 86_400_000;

let gemini: FakeGemini;
let world: World;
beforeAll(async () => {
  gemini = await fakeGemini(apiKey);
  const writer = createGeminiWriter({ apiKey, model: 'gemini-2.5-flash', baseUrl: gemini.url, timeoutMs: 400 });
  world = await createWorld({ summaries: { writer, locales: ['en'], hourUtc: 6 } });
  const [open, closed] = [
    await world.source({ name: 'Fastmarkets' }),
    await world.source({ name: 'Secret Desk', llm: false }),
  ];
  await world.record(open, [
    figure(seeded.carbonateCjk, '2026-11-23T16:00:00Z', 12),
    figure(seeded.carbonateCjk, '2026-11-24T08:00:00Z', 12.345),
  ]);
  await world.record(closed, [figure(seeded.hydroxideCjk, '2026-11-24T08:30:00Z', 98.7654)]);
});
afterAll(async () => {
  await Promise.all([world.close(), gemini.close()]);
});
afterEach(() => gemini.fault(undefined));

interface Told {
  marker: string;
  name: string;
  mid: string;
  per: string;
}
const toldIn = ({ data }: GeminiPrompt): Told[] => JSON.parse(data).facts;
const honest = (prompt: GeminiPrompt) =>
  toldIn(prompt)
    .map(({ marker, name, mid, per }) => `${name} stood at ${mid} ${per} ${marker}.`)
    .join(' ');

/** On the next day, which has no summary yet. */
async function onNextDay(fault?: GeminiFault) {
  world.clock.advance(DAY_MS);
  gemini.fault(fault);
  gemini.writes(honest);
  await writeSummaries(world.system);
}
const today = () => world.clock.now().toISOString().slice(0, 10);
const latest = async () => (await world.buyer.get('/api/market/summaries/latest')).body;

describe('a daily summary', () => {
  it('is written by the model from cited figures, checked and published with its citations', async () => {
    await onNextDay();
    const summary = await latest();
    expect(summary).toMatchObject({
      ...{ day: today(), locale: 'en', revision: 1, origin: 'model', model: 'gemini-2.5-flash', fallbackReason: null },
    });
    expect(summary.text).toContain('stood at 12.345 USD/kg [2].');
    expect(summary.citations.map((each: { source: string; mid: string }) => [each.source, each.mid])).toEqual([
      ['Fastmarkets', '12.345'],
      ['USGS Mineral Commodity Summaries', '37000'],
    ]);
  });

  it('never tells a model what its licence keeps from it', () => {
    expect(gemini.prompts.length).toBeGreaterThan(0);
    for (const prompt of gemini.prompts) {
      expect(JSON.stringify(prompt)).not.toMatch(/98[.,]7654|Secret Desk/);
      expect(toldIn(prompt).map(({ mid }) => mid)).toEqual(['12.345', '37,000']);
    }
  });

  it('is one for each day and locale, whoever looks and however often', async () => {
    world.clock.advance(DAY_MS);
    const asked = gemini.prompts.length;
    await Promise.all(Array.from({ length: 4 }, () => writeSummaries(world.system)));
    await writeSummaries(world.system);
    expect(gemini.prompts.length).toBe(asked + 1);
    const { items } = (await world.buyer.get('/api/market/summaries')).body;
    expect(items.filter((each: { day: string }) => each.day === today())).toHaveLength(1);
  });

  it('whose writer died is written by the next one, once', async () => {
    world.clock.advance(DAY_MS);
    const { summaries } = world.clients;
    const forgetful = { model: 'gemini-2.5-flash', write: () => new Promise<string>(() => {}) };
    void writeSummaries({
      ...world.system,
      clients: { ...world.clients, summaries: { ...summaries, writer: forgetful } },
    });
    const claimed = async () =>
      (await world.admin`select 1 from summary_task where day = ${today()} and attempts = 1`).length;
    await expect.poll(claimed).toBe(1);
    await writeSummaries(world.system);
    expect((await latest()).day).not.toBe(today());
    world.clock.advance(60_000);
    await Promise.all([writeSummaries(world.system), writeSummaries(world.system)]);
    expect(await latest()).toMatchObject({ day: today(), revision: 1, origin: 'model' });
  });
});

describe('the template is published, and says why, when the model', () => {
  it.each([
    ['is overloaded', { kind: 'status', status: 429, retryAfterSeconds: 1 }, 'MODEL_HTTP_429'],
    ['is out of order', { kind: 'status', status: 500 }, 'MODEL_HTTP_500'],
    ['does not answer', { kind: 'stall' }, 'MODEL_TIMEOUT'],
    ['hangs up', { kind: 'hang_up' }, 'MODEL_UNREACHABLE'],
    ['answers what is no JSON', { kind: 'truncated' }, 'MODEL_MALFORMED'],
    ['stops half way', { kind: 'max_tokens' }, 'MODEL_TRUNCATED'],
    ['refuses', { kind: 'blocked' }, 'MODEL_NO_TEXT'],
    ['invents a number', { kind: 'invented_number' }, 'TEXT_REFUSED_NUMBER_UNKNOWN'],
    ['follows somebody’s instruction', { kind: 'injected' }, 'TEXT_REFUSED_CONTENT_REFUSED'],
  ] satisfies [string, GeminiFault, string][])('%s', async (_what, fault, reason) => {
    await onNextDay(fault);
    expect((await latest()).day).not.toBe(today());
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      world.clock.advance(60_000);
      await writeSummaries(world.system);
    }
    const summary = await latest();
    expect(summary).toMatchObject({ day: today(), origin: 'template', fallbackReason: reason, model: null });
    expect(summary.text).toContain('12.345 USD/kg on 2026-11-24');
    // What a model may not be told people may still be shown.
    expect(summary.text).toContain('98.7654 USD/kg');
  });

  it('recovers, the next attempt is the model’s again', async () => {
    await onNextDay({ kind: 'status', status: 503 });
    gemini.fault(undefined);
    world.clock.advance(60_000);
    await writeSummaries(world.system);
    expect(await latest()).toMatchObject({ day: today(), origin: 'model' });
  });

  it('is not there at all', async () => {
    const bare = await createWorld();
    await writeSummaries(bare.system);
    const summary = (await bare.buyer.get('/api/market/summaries/latest?locale=de')).body;
    expect(summary).toMatchObject({ origin: 'template', fallbackReason: 'MODEL_NOT_CONFIGURED' });
    expect(summary.text).toContain('37.000 USD/t am 2022-12-31 (Jahresdurchschnitt) [1].');
    await bare.close();
  });
});

describe('an operator', () => {
  it('has a summary written anew, and takes one back for good', async () => {
    await onNextDay();
    const first = await latest();
    const regenerate = (who: World['buyer']) =>
      who.post('/api/admin/market/summaries/regenerate', { day: today(), locale: 'en' });
    expect((await regenerate(world.buyer)).status).toBe(403);
    expect((await regenerate(world.operator)).body).toEqual({ day: today(), locale: 'en', revision: 2 });
    await writeSummaries(world.system);
    const second = await latest();
    expect([second.day, second.revision]).toEqual([today(), 2]);

    const path = `/api/admin/market/summaries/${second.summaryId}/retract`;
    const reason = { reason: 'A source withdrew its figure.' };
    expect((await world.buyer.post(path, reason)).status).toBe(403);
    expect((await world.operator.post(path, reason)).body).toMatchObject({
      status: 'retracted',
      retractionReason: reason.reason,
    });
    expect((await world.operator.post(path, reason)).body.code).toBe('MARKET_SUMMARY_RETRACTED');
    await writeSummaries(world.system);
    expect((await latest()).day).not.toBe(first.day);
    await regenerate(world.operator);
    await writeSummaries(world.system);
    expect(await latest()).toMatchObject({ day: today(), revision: 3, status: 'published' });
  });

  it('cannot regenerate what was never planned', async () => {
    const answer = await world.operator.post('/api/admin/market/summaries/regenerate', {
      day: '2020-01-01',
      locale: 'en',
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'MARKET_SUMMARY_NOT_FOUND' } });
  });

  it('sees them page by page like everybody', async () => {
    const first = (await world.buyer.get('/api/market/summaries?limit=2')).body;
    const second = (await world.buyer.get(`/api/market/summaries?limit=2&cursor=${first.nextCursor}`)).body;
    const days = [...first.items, ...second.items].map((each: { day: string }) => each.day);
    expect(days).toEqual([...days].sort().reverse());
    expect(new Set(days).size).toBe(4);
    expect((await world.buyer.get('/api/market/summaries?cursor=bm9uZQ')).body.code).toBe('CURSOR_INVALID');
  });
});
