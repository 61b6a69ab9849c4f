// Market data over 10^5, 10^6 and 10^7 observations in one database: what the newest figures, a year of daily bars and
// recording cost, and how that grows. Seven years of days, four figures a day and
// two sources each; more figures are more instruments.
import type { AddressInfo } from 'node:net';
import { newId, systemClock } from '@clearlot/kernel';
import { type ContextParts, createContext, createHttpServer, createLogger, openDatabase } from '@clearlot/service';
import { dropDatabase } from '@clearlot/service/provision';
import { prepareDatabase } from '@clearlot/stack';
import postgres from 'postgres';
import type { Clients, Ctx } from '../services/market-data/src/clients.ts';
import { marketDataRoutes } from '../services/market-data/src/http.ts';
import { latestFigures } from '../services/market-data/src/observations/latest-figures.ts';
import { recordObservations } from '../services/market-data/src/observations/record-observations.ts';
import { createTicker } from '../services/market-data/src/observations/ticker.ts';
import { readSeries } from '../services/market-data/src/series/read-series.ts';
import { ms, perSecond, type Result } from './results.ts';
import { quantile } from './statistics.ts';
import type { World } from './world.ts';

const sizes = [100_000, 1_000_000, 10_000_000];
const days = 2_500;
const perDay = 4;
const sources = 2;
/** Figures of one instrument. */
const each = days * perDay * sources;
const reads = 150;
const warmUp = 30;
const passwords = { migratorPassword: 'bench', appPassword: 'bench' };

/** A feed: so many instruments, each with so many new instants, recorded in one transaction. */
const feed = { instruments: 500, instants: 10, batches: 12 };

/** Goals: newest figure p95 < 5 ms, a year of daily bars p95 < 20 ms, at both doors; recording ≥ 20,000 figures a second. */
export async function measureMarketData({ adminUrl }: Pick<World, 'adminUrl'>): Promise<Result[]> {
  const database = `market_data_bench_${Date.now()}`;
  const urls = await prepareDatabase(adminUrl, 'market-data', { ...passwords, database });
  // Only for the speed of filling: on both cores, nobody waits for a commit, and joins go as they are written.
  const connection = { synchronous_commit: 'off', maintenance_work_mem: '1GB', join_collapse_limit: 1 };
  const admin = postgres(urls.adminUrl, { max: 2, onnotice() {}, connection });
  // A vacuum of ten million new rows would be measured with it.
  for (const table of ['observation', 'bar'])
    await admin.unsafe(`alter table ${table} set (autovacuum_enabled = false)`);
  const bench = await openService(urls.appUrl);
  try {
    const shared = await Promise.all([addSource(admin), addSource(admin)]);
    const fed = { source: await addSource(admin), instruments: await addInstruments(admin, feed.instruments) };
    const instruments: string[] = [];
    const found: Measured[] = [];
    for (const size of sizes) {
      const added = await addInstruments(admin, size / each - instruments.length);
      await fill(admin, added, shared);
      instruments.push(...added);
      found.push(await measure(bench, instruments, shared[0] ?? '', fed));
    }
    return found.flatMap((measured, index) => results(measured, found[0] ?? measured, sizes[index] ?? 0));
  } finally {
    await bench.close();
    await admin.end();
    await dropDatabase(adminUrl, database);
  }
}

type Times = 'latest' | 'latestHttp' | 'bars' | 'barsHttp' | 'allBars' | 'knownBars';

interface Measured extends Record<Times, number[]> {
  recordedPerSecond: number;
  correctedPerSecond: number;
}

function results(measured: Measured, smallest: Measured, size: number): Result[] {
  const over = `${size.toLocaleString('en-US')} observations`;
  const line = (what: string, key: Times, goalMs?: number): Result => {
    const p95 = quantile(measured[key], 0.95);
    const growth = p95 / quantile(smallest[key], 0.95);
    const grown = size === sizes[0] ? '' : `, ${growth.toFixed(1)}× the smallest`;
    return {
      what: `${what}, ${over}`,
      measured: `p50 ${ms(quantile(measured[key], 0.5))}, p95 ${ms(p95)}${grown}`,
      goal: goalMs === undefined ? '–' : `p95 < ${goalMs} ms`,
      ...(goalMs === undefined ? {} : { met: p95 < goalMs }),
    };
  };
  const rate = measured.recordedPerSecond;
  return [
    line('newest figures, the read', 'latest', 5),
    line('newest figures over HTTP', 'latestHttp', 5),
    line('a year of daily bars, the read', 'bars', 20),
    line('a year of daily bars over HTTP', 'barsHttp', 20),
    line(`a year of daily bars of ${sources} sources, the read`, 'allBars'),
    line('a year of daily bars as known on an instant', 'knownBars'),
    {
      what: `recording a feed of ${feed.instruments} instruments, ${over}`,
      measured: `${perSecond(rate)}, corrections ${perSecond(measured.correctedPerSecond)}`,
      goal: '≥ 20,000/s',
      met: rate >= 20_000,
    },
  ];
}

type Bench = Awaited<ReturnType<typeof openService>>;

/** The service's actions and its HTTP door, without identity and bus. */
async function openService(appUrl: string) {
  const sql = openDatabase(appUrl, { max: 4 });
  const clients = { ticker: createTicker() } as unknown as Clients;
  const parts: ContextParts<Clients> = {
    ...{
      service: 'market-data',
      sql,
      clients,
      clock: systemClock,
      log: createLogger('market-data', 'silent'),
      kick() {},
    },
  };
  const reader = { kind: 'user' as const, id: newId(), roles: ['buyer'], sessionId: newId() };
  const http = await createHttpServer({
    ...{ parts, routes: marketDataRoutes, requireLiveSession: async () => {} },
    tokens: { verify: async () => reader } as unknown as Parameters<typeof createHttpServer>[0]['tokens'],
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  return {
    clients,
    person: createContext(parts, reader) as Ctx,
    system: createContext(parts, { kind: 'system', id: 'market-data.bench', roles: [] }) as Ctx,
    async get<T>(path: string): Promise<T> {
      const answer = await fetch(`${origin}${path}`, { headers: { authorization: 'Bearer reader' } });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json() as Promise<T>;
    },
    async close() {
      await http.close();
      await sql.end();
    },
  };
}

async function measure(
  bench: Bench,
  instruments: readonly string[],
  sourceId: string,
  fed: { source: string; instruments: readonly string[] },
): Promise<Measured> {
  const { clients, person } = bench;
  const at = (turn: number) => instruments[(turn * 7) % instruments.length] ?? '';
  const year = { period: 'day', from: '2025-01-01', to: '2025-12-31' } as const;
  const range = `period=day&from=${year.from}&to=${year.to}&source=${sourceId}`;
  const requireYear = (lines: { bars: unknown[] }[], count: number) => {
    if (lines.length !== count || lines.some(({ bars }) => bars.length !== 365)) throw new Error('not a year of bars');
  };
  const bars = async (turn: number, more: object) =>
    (await readSeries(person, [at(turn)], { ...year, ...more }))[0]?.lines ?? [];
  const barsHttp = async (turn: number) =>
    (await bench.get<{ lines: { bars: unknown[] }[] }>(`/api/market/instruments/${at(turn)}/bars?${range}`)).lines;
  return {
    latest: await time(async (turn) => {
      clients.ticker.cache.drop(at(turn));
      const [quote] = await latestFigures(person, [at(turn)]);
      if (quote?.figures.length !== sources) throw new Error('not a figure of each source');
    }),
    latestHttp: await time((turn) => bench.get(`/api/market/latest?ids=${at(turn)}`)),
    bars: await time(async (turn) => requireYear(await bars(turn, { sourceId }), 1)),
    barsHttp: await time(async (turn) => requireYear(await barsHttp(turn), 1)),
    allBars: await time(async (turn) => requireYear(await bars(turn, {}), sources)),
    knownBars: await time(async (turn) =>
      requireYear(await bars(turn, { sourceId, knownAt: new Date(Date.now() - 1_000) }), 1),
    ),
    ...(await recordFeed(bench.system, fed)),
  };
}

async function time(work: (turn: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < warmUp + reads; turn++) {
    const started = performance.now();
    await work(turn);
    if (turn >= warmUp) times.push(performance.now() - started);
  }
  return times;
}

let fedUntil = Date.UTC(2026, 0, 1);

async function recordFeed(
  ctx: Ctx,
  { source: sourceId, instruments }: { source: string; instruments: readonly string[] },
) {
  const batch = (startMs: number, edition: string) =>
    Array.from({ length: feed.instants }, (_, instant) =>
      instruments.map((instrumentId, index) => {
        const midMicros = BigInt(10_000_000 + index * 1_000 + instant);
        const validAt = new Date(startMs + instant * 1_000);
        const [lowMicros, highMicros] = [midMicros - 100_000n, midMicros + 100_000n];
        return { instrumentId, edition, validAt, lowMicros, midMicros, highMicros, kind: 'assessment' as const };
      }),
    ).flat();
  const rate = async (startMs: number, edition: string, batches: number) => {
    const deliveries = Array.from({ length: batches }, (_, index) => batch(startMs + index * 60_000, edition));
    const started = performance.now();
    for (const inputs of deliveries) {
      await ctx.transaction('Record', (tx) => recordObservations(tx, { sourceId }, inputs));
    }
    return (batches * feed.instruments * feed.instants * 1_000) / (performance.now() - started);
  };
  await rate(fedUntil, '0', 2);
  const start = fedUntil + 3_600_000;
  const recordedPerSecond = await rate(start, '1', feed.batches);
  const correctedPerSecond = await rate(start, '2', 2);
  fedUntil += 86_400_000;
  return { recordedPerSecond, correctedPerSecond };
}

async function addSource(admin: postgres.Sql): Promise<string> {
  const id = newId();
  await admin`insert into source (source_id, code, name, kind, display, export, llm, freshness_target_ms, calendar, created_at)
    values (${id}, ${`bench_${id.slice(-8)}`}, 'Bench', 'import', true, true, true, 86400000, 'continuous', now())`;
  return id;
}

async function addInstruments(admin: postgres.Sql, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await admin`insert into instrument (instrument_id, code, name, product, grade, form, region, incoterm, currency, unit, tax_basis,
      created_at)
    select id, 'BENCH-' || id, 'Bench', 'lithium_carbonate', 'battery', 'any', 'XX', 'CIF', 'USD', 'kg', 'excluding_vat', now()
    from unnest(${ids}::uuid[]) as id`;
  return ids;
}

/** As recording leaves it, in the order of time as it comes in, but made in the database and with the indexes built at once. */
async function fill(admin: postgres.Sql, instruments: string[], from: readonly string[]): Promise<void> {
  await admin`alter table observation drop constraint observation_pkey, drop constraint observation_observation_id_key`;
  await admin`alter table bar drop constraint bar_pkey`;
  const observations = (some: string[]) => admin`
    insert into observation (instrument_id, source_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind, display,
      export, llm, edition)
    select instrument, source, at, at + interval '1 hour', mid - 100000, mid, mid + 100000, 'assessment', true, true, true, '1'
    from (select timestamptz '2020-01-01 00:00:00Z' + n * interval '6 hours' as at,
        10000000 + (1000000 * sin(n / 40.0))::bigint as mid
      from generate_series(0, ${days * perDay - 1}::int) as n offset 0) as walk
      cross join unnest(${some}::uuid[]) as instrument cross join unnest(${[...from]}::uuid[]) as source`;
  const bars = (some: string[]) => admin`
    insert into bar (instrument_id, day, source_id, open_micros, high_micros, low_micros, close_micros, first_valid_at,
      last_valid_at, observations, kinds, display, export, llm)
    select instrument, day, source, a, greatest(a, b, c, d) + 100000, least(a, b, c, d) - 100000, d, day,
      day + interval '18 hours', ${perDay}::int, '{assessment}', true, true, true
    from (select timestamptz '2020-01-01 00:00:00Z' + n * interval '1 day' as day,
        10000000 + (1000000 * sin((n * 4) / 40.0))::bigint as a, 10000000 + (1000000 * sin((n * 4 + 1) / 40.0))::bigint as b,
        10000000 + (1000000 * sin((n * 4 + 2) / 40.0))::bigint as c, 10000000 + (1000000 * sin((n * 4 + 3) / 40.0))::bigint as d
      from generate_series(0, ${days - 1}::int) as n offset 0) as walk
      cross join unnest(${some}::uuid[]) as instrument cross join unnest(${[...from]}::uuid[]) as source`;
  const half = Math.ceil(instruments.length / 2);
  for (const insert of [observations, bars]) {
    await Promise.all([insert(instruments.slice(0, half)), insert(instruments.slice(half))]);
  }
  await Promise.all([
    admin`alter table observation add primary key (instrument_id, valid_at, source_id, recorded_at), add unique (observation_id)`,
    admin`alter table bar add primary key (instrument_id, day, source_id)`,
  ]);
  await admin`
    insert into latest (instrument_id, source_id, observation_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind,
      display, export, llm, edition, sequence)
    select o.instrument_id, o.source_id, o.observation_id, o.valid_at, o.recorded_at, o.low_micros, o.mid_micros, o.high_micros,
      o.kind, o.display, o.export, o.llm, o.edition, 1
    from unnest(${instruments}::uuid[]) as instrument, unnest(${[...from]}::uuid[]) as source,
      lateral (select * from observation where instrument_id = instrument and source_id = source
        order by valid_at desc limit 1) as o`;
  await admin`analyze observation, bar, latest, instrument`;
  await admin`update source set last_recorded_at = now() where source_id = any(${[...from]}::uuid[])`;
  await admin`checkpoint`;
}
