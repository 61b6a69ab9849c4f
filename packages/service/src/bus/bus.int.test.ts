import { newId, systemClock } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { createTestDatabase, createTestNats, type TestDatabase } from '@clearlot/testkit';
import type { NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../actor.ts';
import { type ContextParts, createContext } from '../context.ts';
import { openDatabase } from '../db/database.ts';
import { createLogger } from '../telemetry/log.ts';
import { connectBus, ensureStream } from './connection.ts';
import { type Consumer, startConsumers } from './consumer.ts';
import { replayDeadLetter } from './dead-letter.ts';
import { reaction } from './reaction.ts';
import { type Relay, startRelay } from './relay.ts';

let database: TestDatabase;
let nats: NatsConnection;
let relay: Relay;
const parts = {} as ContextParts<undefined>;
const consumers: Consumer[] = [];
const handled: string[] = [];
let poison = '';

const onHoldingChanged = reaction({
  name: 'on-holding-changed',
  type: events.holdingChanged,
  handle: async (tx, event) => {
    if (event.shareType === poison) throw new Error('poison');
    await tx.sql`insert into seen (holding, note) values (${event.holdingId}, ${event.shareType})`;
    handled.push(`${event.holdingId} ${event.shareType}`);
  },
});

beforeAll(async () => {
  database = await createTestDatabase('toolkit');
  const admin = openDatabase(database.adminUrl);
  await admin`create table seen (holding text, note text)`;
  await admin`grant all on seen to toolkit_app`;
  await admin.end();
  nats = await connectBus((await createTestNats()).url, 'test');
  const sql = openDatabase(database.appUrl);
  const log = createLogger('deals', 'silent');
  await ensureStream(await nats.jetstreamManager(), 'deals');
  relay = startRelay({ service: 'deals', holder: newId(), sql, nats, log, takeoverMs: 2_000 });
  Object.assign(parts, {
    service: 'deals',
    sql,
    clients: undefined,
    clock: systemClock,
    log,
    kick: () => relay.kick(),
  });
  // Two replicas of the subscriber share the durable consumer.
  for (let replica = 0; replica < 2; replica++)
    consumers.push(...(await startConsumers(parts, nats, [onHoldingChanged], 2_000)));
});

afterAll(async () => {
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  await relay.stop();
  await nats.close();
  await parts.sql.end();
  await database.drop();
});

async function publish(holdingId: string, note: string): Promise<void> {
  await createContext(parts, systemActor('test')).transaction('change', async (tx) => {
    const rest = { ownerId: '', companyId: '', quantity: 1n, status: 'pending' };
    tx.emit(events.holdingChanged, holdingId, { ...rest, holdingId, shareType: note });
  });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('condition not met in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const notesOf = (holding: string) => handled.filter((line) => line.startsWith(holding)).map((line) => line.slice(37));

describe('outbox to inbox', () => {
  it('delivers each event once and in order per aggregate, over two replicas', async () => {
    const holdings = Array.from({ length: 20 }, () => newId());
    await Promise.all(
      holdings.map(async (holding) => {
        for (let index = 0; index < 10; index++) await publish(holding, String(index));
      }),
    );
    await until(() => holdings.every((holding) => notesOf(holding).length >= 10));
    for (const holding of holdings) expect(notesOf(holding)).toEqual(Array.from({ length: 10 }, (_, i) => String(i)));
  });

  it('handles a message published twice once', async () => {
    const holding = newId();
    await publish(holding, 'one');
    await until(() => notesOf(holding).length === 1);
    const admin = openDatabase(database.adminUrl);
    // The broker's own duplicate window is bypassed, as after two minutes: same event, stored again.
    const stream = (await nats.jetstreamManager()).streams;
    const last = await stream.getMessage('DEALS', { last_by_subj: 'deals.holding.changed.v1' });
    const jetstream = nats.jetstream();
    const again = last.header;
    again.set('Nats-Expected-Stream', 'DEALS');
    const messageId = again.get('Nats-Msg-Id');
    await (await nats.jetstreamManager()).streams.update('DEALS', { duplicate_window: 100_000_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const ack = await jetstream.publish('deals.holding.changed.v1', last.data, { headers: again, msgID: messageId });
    expect(ack.duplicate).toBe(false);
    await publish(holding, 'two');
    await until(() => notesOf(holding).includes('two'));
    expect(notesOf(holding)).toEqual(['one', 'two']);
    await admin.end();
  });

  it('waits for a missing predecessor', async () => {
    const holding = newId();
    await publish(holding, 'first');
    await until(() => notesOf(holding).length === 1);
    const admin = openDatabase(database.adminUrl);
    // Version 3 arrives before version 2.
    await admin`insert into aggregate_version values ('gap', 0)`;
    const jetstream = nats.jetstream();
    const { headers } = await import('nats');
    const send = (version: number, note: string) => {
      const head = headers();
      head.set('Clearlot-Aggregate-Id', `deals.holding:${holding}`);
      head.set('Clearlot-Aggregate-Version', String(version));
      head.set('Clearlot-Occurred-At', new Date().toISOString());
      const rest = { ownerId: '', companyId: '', quantity: 1n, status: 'pending' };
      const data = events.holdingChanged.codec.encode({ ...rest, holdingId: holding, shareType: note }).finish();
      return jetstream.publish('deals.holding.changed.v1', data, { headers: head, msgID: newId() });
    };
    await send(3, 'third');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(notesOf(holding)).toEqual(['first']);
    await send(2, 'second');
    await until(() => notesOf(holding).length === 3);
    expect(notesOf(holding)).toEqual(['first', 'second', 'third']);
    await admin.end();
  });

  it('parks a poison message and what follows it, and a replay handles all of them once, in order', async () => {
    const [holding, other] = [newId(), newId()];
    poison = 'bad';
    await publish(holding, 'bad');
    await publish(holding, 'after');
    await publish(other, 'fine');
    await until(() => notesOf(other).length === 1);
    const operator = createContext(parts, { kind: 'user', id: newId(), roles: ['operator'] });
    const open = () =>
      operator.read(
        ({ sql }) => sql<{ id: string }[]>`select id from dead_letter where replayed_at is null order by version`,
      );
    await until(async () => (await open()).length === 2);
    expect(notesOf(holding)).toEqual([]);
    poison = '';
    const [first] = await open();
    const results = await Promise.allSettled([
      replayDeadLetter(operator, parts, consumers, first?.id ?? ''),
      replayDeadLetter(operator, parts, consumers, first?.id ?? ''),
    ]);
    expect(results.some((result) => result.status === 'fulfilled' && result.value.replayed > 0)).toBe(true);
    expect(await open()).toEqual([]);
    expect(notesOf(holding)).toEqual(['bad', 'after']);
    await publish(holding, 'later');
    await until(() => notesOf(holding).length === 3);
  });
});
