// The receiving service of events.ts, in its own process: real consumer, inbox and transaction. It keeps how long after
// the start of its transaction each event was handled.
import { systemClock } from '@clearlot/kernel';
import { connectBus, createLogger, openDatabase, reaction, startConsumers } from '@clearlot/service';
import { benchEvent } from './events.ts';

const sql = openDatabase(process.env.DATABASE_URL ?? '');
const nats = await connectBus(process.env.NATS_URL ?? '', 'bench-reader');
const latencies: number[] = [];

const onHoldingChanged = reaction({
  name: 'on-holding-changed',
  type: benchEvent,
  handle: async (_tx, _event, _prepared, { occurredAt }) => {
    latencies.push(Date.now() - occurredAt.getTime());
  },
});

const consumers = await startConsumers(
  {
    service: 'bench-reader',
    sql,
    clients: undefined,
    clock: systemClock,
    log: createLogger('bench-reader', 'warn'),
    kick() {},
  },
  nats,
  [onHoldingChanged],
  2_000,
);

process.on('message', async (message) => {
  // What came while both sides warmed up.
  if (message === 'forget') return void latencies.splice(0);
  if (message === 'report') return void process.send?.(latencies);
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  await nats.drain();
  await sql.end();
  process.exit(0);
});
process.send?.('ready');
