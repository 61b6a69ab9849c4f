// The way of an event: how fast a relay empties an outbox, and how long after its commit another service handles it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { newId } from '@clearlot/kernel';
import { type EventType, events } from '@clearlot/proto/events';
import {
  type ContextParts,
  connectBus,
  createContext,
  createLogger,
  ensureStream,
  openDatabase,
  type Relay,
  startRelay,
  systemActor,
} from '@clearlot/service';
import { prepareDatabase } from '@clearlot/stack';
import { ms, perSecond, type Result } from './results.ts';
import { quantile } from './statistics.ts';
import type { World } from './world.ts';

const BACKLOG = 20_000;
const AGGREGATES = 2_000;
const RATE_PER_SECOND = 500;
const WARM_UP_MS = 3_000;
const LATENCY_MS = 6_000;
const service = 'bench';
const passwords = { migratorPassword: 'bench', appPassword: 'bench' };

/** An event as real ones are, on a stream of its own. */
export const benchEvent: EventType<Parameters<typeof events.holdingChanged.codec.encode>[0]> = {
  ...events.holdingChanged,
  subject: 'bench.holding.changed.v1',
};

/** Goals: a relay publishes 5,000 events per second; at 500 per second p99 from commit to handler is under 100 ms. */
export async function measureEvents(world: World): Promise<Result[]> {
  const { appUrl } = await prepareDatabase(world.adminUrl, service, passwords);
  const sql = openDatabase(appUrl);
  const nats = await connectBus(world.platform.natsUrl, service);
  await ensureStream(await nats.jetstreamManager(), service);
  const log = createLogger(service, 'warn');
  let relay: Relay | undefined;
  const start = () => {
    relay = startRelay({ service, holder: newId(), sql, nats, log, takeoverMs: 2_000 });
  };
  const parts: ContextParts<undefined> = {
    service,
    sql,
    clients: undefined,
    clock: { now: () => new Date() },
    log,
    kick: () => relay?.kick(),
  };
  try {
    start();
    const reader = await startReader(world);
    await publishSteadily(parts, WARM_UP_MS);
    reader.send('forget');
    await publishSteadily(parts, LATENCY_MS);
    const latencies = await handledBy(reader);
    await relay?.stop();
    const rate = await relayRate(parts, start);
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
    return [
      { what: 'relay, outbox row to marked', measured: perSecond(rate), goal: '≥ 5,000/s', met: rate >= 5_000 },
      {
        what: `commit → handler in another process at ${RATE_PER_SECOND}/s`,
        measured: `p50 ${ms(p50)}, p99 ${ms(p99)} (${latencies.length} events)`,
        goal: 'p99 < 100 ms',
        met: p99 < 100,
      },
    ];
  } finally {
    await relay?.stop();
    await nats.drain();
    await sql.end();
  }
}

async function emit(parts: ContextParts<undefined>, aggregateIds: readonly string[]): Promise<void> {
  await createContext(parts, systemActor('bench')).transaction('Bench', async (tx) => {
    for (const id of aggregateIds) {
      tx.emit(benchEvent, id, {
        holdingId: id,
        ownerId: id,
        companyId: id,
        shareType: 'common',
        quantity: 100n,
        status: 'pending',
      });
    }
  });
}

/** Fills the outbox first, so that only the relay works in the timed part. */
async function relayRate(parts: ContextParts<undefined>, start: () => void): Promise<number> {
  const aggregates = Array.from({ length: AGGREGATES }, () => newId());
  for (let round = 0; round < BACKLOG / AGGREGATES; round++) {
    for (let at = 0; at < AGGREGATES; at += 200) await emit(parts, aggregates.slice(at, at + 200));
  }
  const started = performance.now();
  start();
  while ((await unpublished(parts)) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  return (BACKLOG * 1000) / (performance.now() - started);
}

async function unpublished(parts: ContextParts<undefined>): Promise<number> {
  const [row] = await createContext(parts, systemActor('bench')).read(
    ({ sql }) => sql<{ count: number }[]>`select count(*)::int as count from outbox where published_at is null`,
  );
  return row?.count ?? 0;
}

/** A transaction with one event each, evenly spread, each about another aggregate. */
async function publishSteadily(parts: ContextParts<undefined>, forMs: number): Promise<void> {
  const started = performance.now();
  const running: Promise<void>[] = [];
  for (let sent = 0; performance.now() - started < forMs; ) {
    const due = ((performance.now() - started) * RATE_PER_SECOND) / 1000;
    for (; sent < due; sent++) running.push(emit(parts, [newId()]));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(running);
}

/** The other service, in a process of its own. */
async function startReader(world: World): Promise<ChildProcess> {
  const { appUrl } = await prepareDatabase(world.adminUrl, 'bench-reader', passwords);
  const child = fork(join(import.meta.dirname, 'event-reader.ts'), {
    env: { ...process.env, DATABASE_URL: appUrl, NATS_URL: world.platform.natsUrl },
  });
  await once(child, 'message');
  return child;
}

/** Asks the reader for what it measured, once everything has arrived. */
async function handledBy(reader: ChildProcess): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  reader.send('report');
  const [latencies] = (await once(reader, 'message')) as [number[]];
  reader.send('stop');
  await once(reader, 'exit');
  return latencies;
}
