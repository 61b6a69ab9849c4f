// What row-level security costs a read: the same rows, indexes and query, with and without policies, in turns on one
// connection, both in a transaction that says who acts.
import { newId } from '@clearlot/kernel';
import { openDatabase, runTransaction } from '@clearlot/service';
import { percent, type Result } from './results.ts';
import { median } from './statistics.ts';
import type { World } from './world.ts';

const OWNERS = 2_000;
const ROWS_EACH = 20;
const READS = 3_000;
const WARM_UP = 500;

/** Goal: under 5 % of p50. */
export async function measureRowSecurity(world: World): Promise<Result[]> {
  const owners = await fill(world);
  const sql = openDatabase(world.platform.databases.deals.appUrl, { max: 1 });
  const read = async (table: 'holding' | 'holding_open', ownerId: string) => {
    const started = performance.now();
    await runTransaction({
      sql,
      actor: { kind: 'user', id: ownerId, roles: ['seller'] },
      name: 'bench.read',
      readOnly: true,
      trailers: () => [],
      work: async ({ sql: tx }) => {
        const rows = await tx`select * from ${tx(table)} where owner_id = ${ownerId} order by id desc limit 50`;
        if (rows.length !== ROWS_EACH) throw new Error(`${table} showed ${rows.length} rows of ${ROWS_EACH}`);
      },
    });
    return performance.now() - started;
  };
  const times = { holding: [] as number[], holding_open: [] as number[] };
  for (let turn = 0; turn < WARM_UP + READS; turn++) {
    for (const table of ['holding', 'holding_open'] as const) {
      const tookMs = await read(table, owners[turn % owners.length] ?? '');
      if (turn >= WARM_UP) times[table].push(tookMs);
    }
  }
  await sql.end();
  const [guarded, open] = [median(times.holding), median(times.holding_open)];
  const extra = guarded / open - 1;
  return [
    {
      what: 'row-level security, one read of 20 rows',
      measured: `${extra >= 0 ? '+' : ''}${percent(extra)} (p50 ${(guarded * 1000).toFixed(0)} vs ${(open * 1000).toFixed(0)} µs)`,
      goal: '< 5 % of p50',
      met: extra < 0.05,
    },
  ];
}

async function fill({ admin, companyId }: World): Promise<string[]> {
  const sql = admin('deals');
  const owners = Array.from({ length: OWNERS }, () => newId());
  await sql`insert into holding (id, owner_id, company_id, share_type, quantity, status, created_at, updated_at)
    select gen_random_uuid(), owner, ${companyId}, 'bench', 100, 'pending', now(), now()
    from unnest(${owners}::uuid[]) as owner, generate_series(1, ${ROWS_EACH})`;
  await sql`create table holding_open (like holding including all)`;
  await sql`insert into holding_open select * from holding where share_type = 'bench'`;
  await sql`grant select on holding_open to deals_app`;
  await sql.unsafe('vacuum analyze holding, holding_open');
  return owners;
}
