// Durable ledger transfers per second (fsync on), beside a naive ledger in the same run: spread over accounts, on one
// hot deal, and batched. Run alone: node bench/ledger.ts [seconds] [clients] [rounds]
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { newId } from '@clearlot/kernel';
import { type Connection, openDatabase, type Sql } from '@clearlot/service';
import { dropDatabase } from '@clearlot/service/provision';
import { prepareDatabase, startPostgres } from '@clearlot/stack';
import { accountKey, type Journal, type Transfer } from '../services/payments/src/ledger/ledger.ts';
import { openAccounts, post } from '../services/payments/src/ledger/store.ts';

const seconds = Number(process.argv[2] ?? 3);
const clients = Number(process.argv[3] ?? 32);
const rounds = Number(process.argv[4] ?? 3);
const deals = Array.from({ length: 500 }, () => ({ id: newId(), commitments: [newId(), newId()] }));
const hot = { id: newId(), commitments: Array.from({ length: 100 }, () => newId()) };
const batchSize = 100;

const folder = mkdtempSync(join(tmpdir(), 'clearlot-bench-'));
chmodSync(folder, 0o711);
// The embedded server is compiled for size; CLEARLOT_POSTGRES_URL (a superuser) measures one compiled for speed.
const external = process.env.CLEARLOT_POSTGRES_URL;
const postgres = external ? undefined : await startPostgres({ dataDir: join(folder, 'postgres'), log: () => {} });
const adminUrl = external ?? postgres?.adminUrl ?? '';
const database = `payments_bench_${Date.now()}`;
const { appUrl, migratorUrl } = await prepareDatabase(adminUrl, 'payments', {
  migratorPassword: 'bench',
  appPassword: 'bench',
  database,
});
const sql = openDatabase(withActor(appUrl), { max: clients });

/** The actor's settings are of the connection here, so that both ledgers pay for nothing but the transfer. */
function withActor(url: string): string {
  return `${url}?app.role=system&app.actor=bench`;
}

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

function wire(deal: { id: string; commitments: readonly string[] }): Transfer {
  return {
    debit: accountKey.bank(deal.id),
    credit: accountKey.escrow(deal.id, pick(deal.commitments)),
    amountMinor: BigInt(1 + Math.floor(Math.random() * 1_000_000)),
  };
}

function journal(deal: { id: string; commitments: readonly string[] }): Journal {
  return { key: newId(), kind: 'wire', dealId: deal.id, effectiveAt: new Date(), transfers: [wire(deal)] };
}

/** As a first version of a ledger is written, one statement after the other: pgledger's steps from the client. */
async function naive(connection: Connection): Promise<void> {
  const [from, to] = [1 + Math.floor(Math.random() * 1500), 1 + Math.floor(Math.random() * 1500)].toSorted(
    (a, b) => a - b,
  );
  const other = from === to ? 1501 : to;
  const amount = Math.floor(Math.random() * 1_000_000);
  await connection`begin`;
  const rows = await connection<{ id: number; balance: bigint; version: bigint }[]>`
    select id, balance, version from naive_account where id in (${from ?? 0}, ${other ?? 0}) order by id for update`;
  for (const [row, signed] of [
    [rows[0], -amount],
    [rows[1], amount],
  ] as const) {
    const balance = (row?.balance ?? 0n) + BigInt(signed);
    const version = (row?.version ?? 0n) + 1n;
    await connection`update naive_account set balance = ${balance}, version = ${version} where id = ${row?.id ?? 0}`;
    await connection`insert into naive_entry (account_id, version, amount, balance)
      values (${row?.id ?? 0}, ${version}, ${signed}, ${balance})`;
  }
  await connection`commit`;
}

async function prepareNaive(): Promise<void> {
  const owner = openDatabase(migratorUrl, { max: 1 });
  await owner.unsafe(`set role payments_owner;
    create table naive_account (id int primary key, balance bigint not null default 0, version bigint not null default 0);
    create table naive_entry (id bigint generated always as identity primary key, account_id int not null references naive_account (id),
      version bigint not null, amount bigint not null, balance bigint not null, created_at timestamptz not null default now());
    create index on naive_entry (account_id);
    insert into naive_account select generate_series(1, 1501)`);
  await owner.end();
}

interface Measured {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Repeats `step` on `workers` connections for a while; a step does `size` transfers. */
async function measure(
  workers: number,
  size: number,
  step: (connection: Connection, worker: number) => Promise<unknown>,
): Promise<Measured> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  const work = async (worker: number) => {
    const connection = await sql.reserve();
    while (performance.now() < until) {
      const before = performance.now();
      await step(connection, worker);
      latencies.push(performance.now() - before);
    }
    connection.release();
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: (sorted.length * size * 1000) / (performance.now() - started), p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function sumIsZero(): Promise<boolean> {
  const [row] = await sql<{ sum: string }[]>`select sum(amount_minor)::text as sum from entry`;
  const [balances] = await sql<{ sum: string }[]>`select sum(debits_minor - credits_minor)::text as sum from account`;
  return row?.sum === '0' && balances?.sum === '0';
}

function median(samples: readonly (Measured | undefined)[]): Measured {
  const sorted = samples.filter((each) => each !== undefined).toSorted((x, y) => x.perSecond - y.perSecond);
  return sorted[sorted.length >> 1] ?? { perSecond: Number.NaN, p50Ms: Number.NaN, p99Ms: Number.NaN };
}

function print(name: string, result: Measured | undefined, goal: number | null, baseline: Measured | undefined): void {
  if (!result || !baseline) return;
  const ratio = (result.perSecond / baseline.perSecond).toFixed(2);
  const wanted = goal ? ` (goal ≥ ${goal})` : '';
  const latency = `p50 ${result.p50Ms.toFixed(1)} ms, p99 ${result.p99Ms.toFixed(1)} ms`;
  console.log(
    `  ${name.padEnd(28)} ${result.perSecond.toFixed(0).padStart(7)}/s${wanted}, ${ratio}× naive, ${latency}`,
  );
}

async function open(pool: Sql, deal: { id: string; commitments: readonly string[] }): Promise<void> {
  const escrows = deal.commitments.map((partyId) => ({ kind: 'escrow' as const, partyId }));
  await openAccounts(pool as unknown as Connection, deal.id, 'USD', [{ kind: 'bank', partyId: null }, ...escrows]);
}

try {
  await prepareNaive();
  for (const deal of [hot, ...deals]) await open(sql, deal);
  console.log(`ledger: ${clients} clients, ${rounds} rounds of ${seconds} s each, PostgreSQL with fsync on`);
  // A writer that batches owns its accounts, so each of the two has half of the deals.
  const halves = [deals.filter((_, n) => n % 2 === 0), deals.filter((_, n) => n % 2 === 1)];
  const batch = (writer: number) => Array.from({ length: batchSize }, () => journal(pick(halves[writer] ?? deals)));
  // In turns, so that whatever else the machine does meets all of them alike; the median round counts.
  const results: Measured[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    results.push([
      await measure(clients, 1, naive),
      await measure(clients, 1, (connection) => post(connection, [journal(pick(deals))])),
      await measure(clients, 1, (connection) => post(connection, [journal(hot)])),
      await measure(halves.length, batchSize, (connection, writer) => post(connection, batch(writer))),
    ]);
  }
  const [baseline, spread, oneDeal, batched] = [0, 1, 2, 3].map((index) =>
    median(results.map((round) => round[index])),
  );
  print('naive ledger', baseline, null, baseline);
  print('transfers across accounts', spread, 3_000, baseline);
  print('transfers of one hot deal', oneDeal, 1_000, baseline);
  print(`transfers in batches of ${batchSize}`, batched, 10_000, baseline);
  if (!(await sumIsZero())) throw new Error('the ledger does not sum to zero');
  console.log('  Σ entries = Σ balances = 0');
} finally {
  await sql.end({ timeout: 5 });
  await dropDatabase(adminUrl, database);
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
