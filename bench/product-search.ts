// Searching the lithium market: the search itself, as the application role under row-level security, over 100,000
// products in a database of its own.
import { newId } from '@clearlot/kernel';
import { openDatabase, runTransaction } from '@clearlot/service';
import { dropDatabase } from '@clearlot/service/provision';
import { prepareDatabase } from '@clearlot/stack';
import postgres from 'postgres';
import { type ProductSearch, searchProducts } from '../services/marketplace/src/products/store.ts';
import { ms, type Result } from './results.ts';
import { quantile } from './statistics.ts';
import type { World } from './world.ts';

const SUPPLIERS = 500;
const PRODUCTS = 100_000;
const SEARCHES = 400;
const WARM_UP = 50;
const PAGE = 51;

const types = ['lithium_carbonate', 'lithium_hydroxide_monohydrate', 'lithium_chloride', 'spodumene_concentrate'];
const grades = ['battery', 'technical', 'industrial', 'pharmaceutical'];
const countries = ['CL', 'AR', 'AU', 'CN', 'US', 'DE', 'JP', 'KR', 'BR', 'ZW'];

/** What one buyer after the other looks for: from what nearly all products have to what few or none have. */
const mix: ((turn: number) => Partial<ProductSearch>)[] = [
  () => ({}),
  () => ({ q: 'lithium' }),
  () => ({ q: 'battery grade carbonate' }),
  (turn) => ({ q: `lot ${turn}` }),
  (turn) => ({ q: `maker ${turn % SUPPLIERS}` }),
  () => ({ q: 'hydroxide', productType: 'lithium_carbonate' }),
  (turn) => ({ q: 'micronised', originCountry: pick(countries, turn) }),
  (turn) => ({ productType: pick(types, turn), grade: pick(grades, turn), originCountry: pick(countries, turn) }),
  (turn) => ({ q: 'bags', region: pick(countries, turn), quantityKg: 1_000 }),
  (turn) => ({ certificate: 'IRMA', grade: pick(grades, turn) }),
  (turn) => ({ certificate: 'IRMA', region: pick(countries, turn), q: 'drums', quantityKg: 500 }),
  () => ({ quantityKg: 1 }),
];

/** Goal: p95 under 50 ms. */
export async function measureProductSearch(world: Pick<World, 'adminUrl'>): Promise<Result[]> {
  const database = `marketplace_bench_${Date.now()}`;
  const passwords = { migratorPassword: 'bench', appPassword: 'bench' };
  const { adminUrl, appUrl } = await prepareDatabase(world.adminUrl, 'marketplace', { ...passwords, database });
  const sql = openDatabase(appUrl, { max: 1 });
  try {
    const suppliers = await fill(adminUrl);
    const actor = { kind: 'user' as const, id: newId(), roles: ['buyer'] };
    const search = (wanted: Partial<ProductSearch>) =>
      runTransaction({
        ...{ sql, actor, name: 'bench.search', readOnly: true, trailers: () => [] },
        work: (work) => searchProducts(work, { today: '2026-11-24', limit: PAGE, ...wanted }),
      });
    const times: number[] = [];
    for (let turn = 0; turn < WARM_UP + SEARCHES; turn++) {
      // Every fourth goes on after a page, every ninth is of one supplier.
      const wanted = { ...pick(mix, turn)(turn), ...(turn % 9 === 0 ? { supplierId: pick(suppliers, turn) } : {}) };
      const before = turn % 4 === 0 ? (await search(wanted)).at(-1)?.id : undefined;
      const started = performance.now();
      const found = await search({ ...wanted, before });
      if (wanted.q === 'lithium' && !wanted.supplierId && found.length !== PAGE) throw new Error('a page was not full');
      if (turn >= WARM_UP) times.push(performance.now() - started);
    }
    const p95 = quantile(times, 0.95);
    return [
      {
        what: `product search, ${PRODUCTS.toLocaleString('en-US')} products`,
        measured: `p50 ${ms(quantile(times, 0.5))}, p95 ${ms(p95)}`,
        goal: 'p95 < 50 ms',
        met: p95 < 50,
      },
    ];
  } finally {
    await sql.end();
    await dropDatabase(world.adminUrl, database);
  }
}

const pick = <T>(items: readonly T[], turn: number): T => items[turn % items.length] as T;

async function fill(adminUrl: string): Promise<string[]> {
  const sql = postgres(adminUrl, { max: 1, onnotice() {} });
  const suppliers = Array.from({ length: SUPPLIERS }, () => newId());
  // Without triggers and foreign keys, and the text index built at once: only for speed.
  await sql`set session_replication_role = replica`;
  const [index] = await sql<{ text: string }[]>`select pg_get_indexdef('product_search'::regclass) as text`;
  await sql`drop index product_search`;
  await sql`
    insert into supplier (id, owner_id, legal_name, country, regions, incoterms, status, created_at, updated_at)
    select id, id, 'Maker ' || n || ' Ltd', 'CL', (${countries}::text[])[1 + n % 5 : 5 + n % 6], '{FOB}', 'verified', now(), now()
    from unnest(${suppliers}::uuid[]) with ordinality as s (id, n)`;
  await sql`
    insert into supplier_certificate (id, supplier_id, owner_id, kind, number, issued_by, valid_from, expires_on,
      supplier_verified, created_at)
    select gen_random_uuid(), id, id, case when n % 5 = 0 then 'IRMA' else 'ISO9001' end, n, 'bench', '2026-01-01',
      '2027-01-01', true, now()
    from unnest(${suppliers}::uuid[]) with ordinality as s (id, n)`;
  await sql`
    insert into product (id, supplier_id, owner_id, product_type, grade, title, description, packaging, origin_country,
      min_lot_kg, capacity_kg_per_month, status, supplier_name, supplier_verified, created_at, updated_at)
    select gen_random_uuid(), s.id, s.id, type, grade,
      initcap(grade || ' grade ' || replace(type, '_', ' ')) || ' lot ' || n,
      'Produced from brine or hard rock, ' || case when n % 7 = 0 then 'micronised' else 'milled' end
        || ', low in magnesium, calcium and sulphate; certificate of analysis with every lot, samples on request. '
        || 'Stored dry and shipped within weeks from ' || n % 50 || ' warehouses.',
      case when n % 3 = 0 then 'drums of 25 kg' else 'big bags of 500 kg' end,
      (${countries}::text[])[1 + (random() * 9)::int], (1 + random() * 40)::int * 500, 100000,
      case when n % 20 = 0 then 'unlisted' else 'listed' end,
      'Maker ' || 1 + n % ${SUPPLIERS}::int || ' Ltd', true, now(), now()
    from generate_series(1, ${PRODUCTS}::int) as n
    cross join lateral (select (${suppliers}::uuid[])[1 + n % ${SUPPLIERS}::int] as id,
      (${types}::text[])[1 + (random() * 3)::int] as type, (${grades}::text[])[1 + (random() * 3)::int] as grade
      where n > 0) as s`;
  await sql.unsafe(index?.text ?? '');
  await sql.unsafe('vacuum analyze supplier, supplier_certificate, product');
  await sql.end();
  return suppliers;
}
