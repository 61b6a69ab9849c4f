import { headers, type NatsConnection } from 'nats';
import { systemActor } from '../actor.ts';
import { crashPoint } from '../crash-point.ts';
import type { Sql } from '../db/database.ts';
import { runTransaction } from '../db/transaction.ts';
import type { Logger } from '../telemetry/log.ts';
import { outboxPending } from '../telemetry/metrics.ts';
import { createPublisher, type Publisher } from './publisher.ts';

const BATCH = 500;
const POLL_MS = 250;
/** Rounds start at most this often: under load events share the two or three statements that a round costs. */
const ROUND_MS = 10;

interface OutboxRow {
  id: bigint;
  message_id: string;
  subject: string;
  aggregate_id: string;
  version: bigint;
  payload: Buffer;
  traceparent: string | null;
  occurred_at: string;
}

/** Publishes a service's outbox to JetStream. */
export interface Relay {
  /** New rows are committed: publish now, here or in the replica that holds the lease. */
  kick(): void;
  stop(): Promise<void>;
}

/**
 * One replica at a time relays, under a lease that another takes over when its holder dies. Aggregates are published
 * side by side, the rows of one strictly one after the other, and a row is marked only after its PubAck. A crash or a
 * lost lease can publish a row twice; the inbox of each consumer makes that harmless.
 */
export function startRelay(options: {
  service: string;
  holder: string;
  sql: Sql;
  nats: NatsConnection;
  log: Logger;
  /** Another replica takes over from a holder that is silent for so long, in milliseconds. */
  takeoverMs: number;
}): Relay {
  const { service, holder, sql, nats, log, takeoverMs } = options;
  const publisher = createPublisher(nats);
  const actor = systemActor(`${service}.relay`);
  const kickSubject = `_clearlot.kick.${service}`;
  let leader = false;
  let stopped = false;
  let wake: () => void = () => {};
  let kicked = false;

  const subscription = nats.subscribe(kickSubject, { callback: () => rouse() });
  const rouse = () => {
    kicked = true;
    wake();
  };

  const run = async () => {
    let renewAt = 0;
    let acknowledged: bigint[] = [];
    while (!stopped) {
      kicked = false;
      const roundEnds = sleep(ROUND_MS);
      try {
        if (Date.now() >= renewAt) {
          leader = await holdLease(sql, service, holder, takeoverMs);
          renewAt = Date.now() + takeoverMs / 3;
        }
        const rows = await markAndRead(acknowledged, leader ? BATCH : 0);
        acknowledged = [];
        if (rows.length > 0) {
          crashPoint(`${service}.relay:before-publish`);
          acknowledged = await publishInOrder(publisher, rows, log);
          crashPoint(`${service}.relay:before-mark`);
        }
        if (acknowledged.length === BATCH) continue;
      } catch (error) {
        log.warn({ err: error }, 'relay: will try again');
        await sleep(POLL_MS);
      }
      await roundEnds;
      if (kicked || stopped || acknowledged.length > 0) continue;
      await sleep(POLL_MS, (resolve) => {
        wake = resolve;
      });
    }
    // What stays unmarked is published again, which is harmless.
    await markAndRead(acknowledged, 0).catch(() => {});
  };

  /** Marks what was acknowledged in the round before and reads what is next, in one transaction. */
  const markAndRead = async (acknowledged: readonly bigint[], limit: number): Promise<readonly OutboxRow[]> => {
    const marks = acknowledged.length > 0;
    if (!marks && limit === 0) return [];
    const rows = await runTransaction({
      sql,
      actor,
      name: `${service}.${marks ? 'relay-mark' : 'relay-read'}`,
      readOnly: !marks,
      trailers: () => [],
      work: async ({ sql: tx }) => {
        const [, next] = await Promise.all([
          marks && tx`update outbox set published_at = now() where id = any(${acknowledged.map(String)}::bigint[])`,
          tx<OutboxRow[]>`
            select id, message_id, subject, aggregate_id, version, payload, traceparent, occurred_at
            from outbox where published_at is null order by id limit ${limit}`,
        ]);
        return next;
      },
    });
    outboxPending.set(rows.length);
    return rows;
  };

  const running = run();
  return {
    kick() {
      if (leader) rouse();
      else if (!nats.isClosed()) nats.publish(kickSubject);
    },
    async stop() {
      stopped = true;
      subscription.unsubscribe();
      wake();
      await running;
      publisher.close();
      if (leader) await releaseLease(sql, service, holder).catch(() => {});
    },
  };
}

/** Returns the ids that the server acknowledged. A failed row stops its aggregate, not the others. */
async function publishInOrder(publisher: Publisher, rows: readonly OutboxRow[], log: Logger): Promise<bigint[]> {
  const published: bigint[] = [];
  const byAggregate = Map.groupBy(rows, (row) => row.aggregate_id);
  await Promise.all(
    [...byAggregate.values()].map(async (own) => {
      for (const row of own) {
        try {
          await publisher.publish(row.subject, row.payload, envelope(row));
          published.push(row.id);
        } catch (error) {
          log.warn({ err: error, subject: row.subject }, 'relay: not acknowledged');
          return;
        }
      }
    }),
  );
  return published;
}

function envelope(row: OutboxRow) {
  const head = headers();
  head.append('Nats-Msg-Id', row.message_id);
  head.append('Clearlot-Aggregate-Id', row.aggregate_id);
  head.append('Clearlot-Aggregate-Version', row.version.toString());
  head.append('Clearlot-Occurred-At', new Date(row.occurred_at).toISOString());
  if (row.traceparent) head.append('traceparent', row.traceparent);
  return head;
}

function holdLease(sql: Sql, service: string, holder: string, leaseMs: number): Promise<boolean> {
  return runTransaction({
    sql,
    actor: systemActor(`${service}.relay`),
    name: `${service}.relay-lease`,
    trailers: () => [],
    work: async ({ sql: tx }) => {
      const rows = await tx`insert into relay_lease as l (name, holder, expires_at)
        values ('relay', ${holder}, now() + ${leaseMs} * interval '1 millisecond')
        on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
        where l.holder = excluded.holder or l.expires_at < now() returning holder`;
      return rows.length === 1;
    },
  });
}

async function releaseLease(sql: Sql, service: string, holder: string): Promise<void> {
  await runTransaction({
    sql,
    actor: systemActor(`${service}.relay`),
    name: `${service}.relay-lease`,
    trailers: () => [],
    work: ({ sql: tx }) => tx`update relay_lease set expires_at = now() where name = 'relay' and holder = ${holder}`,
  });
}

function sleep(ms: number, early?: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    early?.(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
