// What our guarantees cost: a write through gateway, service and a transaction with row-level security, audit and
// outbox, beside a bare Fastify + postgres insert on the same server, in turns.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '@clearlot/stack';
import postgres from 'postgres';
import { rfqOf } from '../e2e/lithium/tender.ts';
import { generateLoad, type Load, type Shot, shot } from './load.ts';
import { processorMs } from './processes.ts';
import { percent, perSecond, type Result } from './results.ts';
import { median } from './statistics.ts';
import { drained, mailed, type World } from './world.ts';

const USERS = 32;
const ROUNDS = 3;
const ROUND_MS = 2_000;
const WARM_UP_MS = 6_000;
/** As the services have (packages/service/src/config.ts). */
const POOL_MAX = 8;

/** The same columns and indexes as the service's own. */
const TABLES = `
  create table holding (id uuid primary key, company_id uuid not null, share_type text not null,
    quantity bigint not null, status text not null, created_at timestamptz not null default now());
  create table aggregate_version (aggregate_id text primary key, version bigint not null);
  create table outbox (id bigint generated always as identity primary key, message_id uuid not null unique,
    subject text not null, aggregate_id text not null, version bigint not null, payload bytea not null,
    traceparent text, occurred_at timestamptz not null, published_at timestamptz, unique (aggregate_id, version));
  create index on outbox (id) where published_at is null;
  create table audit_log (id uuid primary key, at timestamptz not null, actor text not null, actor_role text not null,
    ip text, action text not null, entity_type text not null, entity_id text not null, old_value jsonb, new_value jsonb,
    trace_id text);
  create index on audit_log (entity_type, entity_id, at);
  create index on audit_log (at, id);`;

interface Contender {
  what: string;
  url: string;
  next: () => Shot;
  rates: number[];
  /** Not a promise, but where the price of one goes. */
  explains?: boolean;
  /** Processor time per request, by process, of the last round. */
  cost: Record<string, number>;
}

/** Goal: at least half of the bare route's throughput. */
export async function measureRequestCost(world: World): Promise<Result[]> {
  const bare = await startBareRoute(world);
  try {
    const contenders = await prepare(world, bare.url);
    for (const each of contenders) await load(each, WARM_UP_MS);
    await mailed(world);
    for (let round = 0; round < ROUNDS; round++) {
      for (const each of contenders) await measure(world, each, bare.process);
    }
    return describe(contenders);
  } finally {
    bare.process.kill();
  }
}

async function prepare(world: World, bareUrl: string): Promise<Contender[]> {
  const { companyId, buyers, platform } = world;
  const tokens = await world.mintTokens(buyers);
  const holding = { companyId, shareType: 'common', quantity: 100 };
  let turn = 0;
  const ours = (headers: Record<string, string> = {}) => {
    const token = tokens[turn++ % tokens.length] ?? '';
    return shot('POST', '/api/holdings', { token, body: holding, expects: 201, headers });
  };
  const measured = { rates: [], cost: {} };
  const ofOurs = { url: platform.gatewayUrl, ...measured };
  return [
    { what: 'bare', url: bareUrl, next: () => shot('POST', '/holdings', { body: holding, expects: 201 }), ...measured },
    {
      what: 'the same rows from a bare route: no gateway, no row-level security, no relay',
      url: bareUrl,
      next: () => shot('POST', '/holdings/recorded', { body: holding, expects: 201 }),
      ...measured,
      rates: [],
      explains: true,
    },
    {
      what: 'POST /api/holdings straight at the service, without gateway',
      next: () => ours(),
      ...ofOurs,
      url: platform.processes.find(({ name }) => name === 'deals')?.httpUrl ?? '',
      rates: [],
      explains: true,
    },
    { what: 'POST /api/holdings', next: () => ours(), ...ofOurs, rates: [] },
    {
      what: 'POST /api/holdings with Idempotency-Key',
      next: () => ours({ 'idempotency-key': randomUUID() }),
      ...ofOurs,
      rates: [],
    },
    { what: 'POST /api/deals/:id/commit', next: await commits(world, tokens), ...ofOurs, rates: [] },
    { what: 'POST /api/rfqs', next: drafts(tokens), ...ofOurs, rates: [] },
  ];
}

/** A new RFQ of two lines with its whole terms. */
function drafts(tokens: readonly string[]): () => Shot {
  const body = rfqOf(24 * 3_600_000);
  let turn = 0;
  return () => shot('POST', '/api/rfqs', { token: tokens[turn++ % tokens.length] ?? '', body, expects: 201 });
}

/** Each request is a buyer's first commitment to a deal, so that each really commits. */
async function commits(world: World, tokens: readonly string[]): Promise<() => Shot> {
  const dealIds = await Promise.all(Array.from({ length: 24 }, () => world.openDeal()));
  let turn = 0;
  return () => {
    const index = turn++;
    const dealId = dealIds[Math.floor(index / world.buyers.length) % dealIds.length];
    const buyer = world.buyers[index % world.buyers.length];
    return shot('POST', `/api/deals/${dealId}/commit`, {
      token: tokens[index % tokens.length] ?? '',
      body: { commitmentAmount: 5_000, accreditationId: buyer?.accreditationId, acceptTerms: true },
      expects: 201,
    });
  };
}

function load(each: Contender, durationMs: number): Promise<Load> {
  return generateLoad({ url: each.url, users: USERS, durationMs, next: each.next });
}

/** A round lasts until the relay has published what it caused: publishing is part of the price. */
async function measure(world: World, each: Contender, bare: ChildProcess): Promise<void> {
  const before = spent(world, bare);
  const started = performance.now();
  const { answered, failures } = await load(each, ROUND_MS);
  await drained(world);
  const seconds = (performance.now() - started) / 1000;
  if (Object.keys(failures).length > 0) throw new Error(`${each.what} failed: ${JSON.stringify(failures)}`);
  each.rates.push(answered / seconds);
  const after = spent(world, bare);
  each.cost = Object.fromEntries(
    Object.entries(after).map(([name, total]) => [name, ((total - (before[name] ?? 0)) * 1000) / answered]),
  );
  // What a round leaves to do must not slow the next contender.
  await mailed(world);
}

function spent({ platform }: World, bare: ChildProcess): Record<string, number> {
  const of = (pid: number | undefined) => (pid === undefined ? 0 : processorMs([pid]));
  const services = Object.fromEntries(platform.processes.map(({ name, pid }) => [name, of(pid)]));
  return {
    ...services,
    postgres: of(platform.postgres?.pid),
    nats: of(platform.nats?.pid),
    'bare route': of(bare.pid),
  };
}

function describe([bare, ...ours]: readonly Contender[]): Result[] {
  if (!bare) return [];
  const line = (each: Contender): Result[] => {
    const ratio = median(each.rates.map((rate, round) => rate / (bare.rates[round] ?? Number.NaN)));
    const goal = each.explains ? { goal: '' } : { goal: '≥ 50 % of the bare route', met: ratio >= 0.5 };
    return [
      { what: each.what, measured: `${percent(ratio)} (${perSecond(median(each.rates))})`, ...goal },
      { what: `  processor µs: ${costs(each)}`, measured: '', goal: '' },
    ];
  };
  return [
    { what: 'bare Fastify + postgres insert', measured: perSecond(median(bare.rates)), goal: '' },
    { what: `  processor µs: ${costs(bare)}`, measured: '', goal: '' },
    ...ours.flatMap(line),
  ];
}

function costs({ cost }: Contender): string {
  const noticeable = Object.entries(cost).filter(([, us]) => us >= 20);
  return noticeable.map(([name, us]) => `${name} ${Math.round(us)}`).join(', ');
}

async function startBareRoute(world: World): Promise<{ process: ChildProcess; url: string }> {
  const database = 'bare';
  const databaseUrl = new URL(world.adminUrl);
  const admin = postgres(databaseUrl.href, { max: 1, onnotice() {} });
  await admin.unsafe(`create database ${database}`);
  await admin.end();
  databaseUrl.pathname = `/${database}`;
  const own = postgres(databaseUrl.href, { max: 1 });
  await own.unsafe(TABLES);
  await own.end();
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-route.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl.href,
      DATABASE_POOL_MAX: String(POOL_MAX),
      HTTP_PORT: String(port),
    },
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (await fetch(url).catch(() => undefined)) return { process: child, url };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
