import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, openDatabase, systemActor } from '@clearlot/service';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../clients.ts';
import { seeded } from '../world.fixture.ts';
import { fetchSources } from './fetch-sources.ts';
import { ingestBatch } from './ingest-batch.ts';
import type { FetchedFigure } from './source-port.ts';
import { carbonateSymbol, createMarket, type Market, seededSources } from './sources.fixture.ts';

let market: Market;
beforeEach(async () => {
  market = await createMarket();
});
afterEach(() => market.close());

const leaseMs = 5 * 60_000;
const task = systemActor('market-data.fetch-sources-1');

/** Another process of the service: connections of its own on the same database. */
function replica(): { ctx: Ctx; close(): Promise<void> } {
  const sql = openDatabase(market.databaseUrl, { max: 4 });
  return { ctx: createContext({ ...market.parts, sql }, task), close: () => sql.end() };
}

async function fetchOnAll(contexts: readonly Ctx[]): Promise<void> {
  await Promise.all(contexts.flatMap((ctx) => fetchSources.map((lane) => lane.run(ctx))));
}

test('replicas fetch each source once when it is due, and record each figure once', async () => {
  const replicas = [replica(), replica(), replica()];
  const contexts = replicas.map(({ ctx }) => ctx);
  for (let round = 1; round <= 4; round++) {
    const day = `2026-11-24T0${round}:00:00Z`;
    market.vendor.assess(carbonateSymbol, { assessmentDate: day, low: 9.5, mid: 10 + round / 100, high: 10.5 });
    await fetchOnAll(contexts);
    expect(market.vendor.fetches()).toBe(round);
    expect(await market.recorded()).toBe(30 + round);
    market.clock.advance(60_000);
  }
  await Promise.all(replicas.map((each) => each.close()));
});

describe('a delivery', () => {
  const figure: FetchedFigure = {
    ...{ instrumentCode: 'CARBONATE-BATTERY-CJK-CIF-USD-KG', symbol: 'X', edition: 'first' },
    ...{ validAt: new Date('2026-11-20'), lowMicros: 9_000_000n, midMicros: 10_000_000n, highMicros: 11_000_000n },
    ...{ kind: 'assessment', stated: { currency: 'USD', unit: 'kg' }, citationUrl: null },
  };
  const batch = { sourceId: seededSources.fastmarkets, edition: 'one', figures: [figure], via: 'fetch' } as const;

  test('that comes to several replicas at once is recorded once', async () => {
    const replicas = [replica(), replica(), replica()];
    const ingested = await Promise.all(replicas.map(({ ctx }) => ingestBatch(ctx, batch)));
    expect(ingested.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
    for (const each of ingested) expect(each).toMatchObject({ recorded: 1, keptBack: 0 });
    expect(await market.recorded()).toBe(1);
    await Promise.all(replicas.map((each) => each.close()));
  });

  test('that was kept back is kept back once, and looked at again when its instrument is known', async () => {
    const unknown = { ...batch, figures: [{ ...figure, instrumentCode: 'CARBONATE-BATTERY-AR-FOB-USD-KG' }] };
    expect(await ingestBatch(market.system, unknown)).toMatchObject({ repeated: false, recorded: 0, keptBack: 1 });
    expect(await ingestBatch(market.system, unknown)).toMatchObject({ repeated: true, keptBack: 1 });
    expect(await market.pending()).toMatchObject([{ reasons: ['instrument_unknown'], reviewable: false }]);
    const basis = { product: 'lithium_carbonate', grade: 'battery', region: 'AR', incoterm: 'FOB' };
    const terms = { currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat', name: 'Carbonate, FOB Argentina' };
    await market.operator.post('/api/admin/market/instruments', { ...basis, ...terms });
    expect(await ingestBatch(market.system, unknown)).toMatchObject({ repeated: false, recorded: 1, keptBack: 0 });
  });

  test('with text that cannot be stored is kept back like any other', async () => {
    const odd = {
      ...figure,
      symbol: `A\u0000${'B'.repeat(1_000)}`,
      stated: { unit: 'k\u0000g' as 'kg', currency: 'U\u0000' },
    };
    expect(await ingestBatch(market.system, { ...batch, figures: [odd] })).toMatchObject({ keptBack: 1 });
    expect(await market.pending()).toMatchObject([
      { reasons: ['basis_changed'], stated: { unit: 'kg', currency: 'U' } },
    ]);
  });

  test('leaves nothing behind when what goes with it fails', async () => {
    const failing = ingestBatch(market.system, batch, async () => {
      throw new Error('not today');
    });
    await expect(failing).rejects.toThrow('not today');
    expect(await market.recorded()).toBe(0);
    expect(await ingestBatch(market.system, batch)).toMatchObject({ repeated: false, recorded: 1 });
  });
});

describe('a process killed', () => {
  const points = [
    ['after it fetched', 'market-data.FetchSource:fetched', 0],
    ['before it committed', 'market-data.IngestBatch:before-commit', 0],
    ['after it committed', 'market-data.IngestBatch:after-commit', 30],
  ] as const;

  test.each(points)('%s: figures are recorded once', async (_when, point, recordedThen) => {
    const folder = await mkdtemp(join(tmpdir(), 'crash-'));
    await writeFile(join(folder, point), '');
    const { authUrl, apiUrl } = market.vendor;
    const script = fileURLToPath(new URL('./fetch-once.fixture.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      [script, market.databaseUrl, authUrl, apiUrl, market.clock.now().toISOString()],
      { env: { ...process.env, CLEARLOT_CRASH_DIR: folder }, stdio: 'inherit' },
    );
    const [, signal] = await once(child, 'exit');
    await rm(folder, { recursive: true });
    expect(signal).toBe('SIGKILL');
    expect(await market.recorded()).toBe(recordedThen);

    await market.pass(leaseMs);
    expect(await market.recorded()).toBe(30);
    const rows = await market.admin`select valid_at from observation where source_id = ${seededSources.fastmarkets}
      and instrument_id = ${seeded.carbonateCjk} group by valid_at having count(*) > 1`;
    expect(rows).toEqual([]);
    expect(await market.latestMid()).toBe('10');
  });
});
