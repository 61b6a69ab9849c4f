import { newId } from '@clearlot/kernel';
import { createContext, openDatabase, systemActor } from '@clearlot/service';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ctx } from '../clients.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { publishTrades } from './publish-trades.ts';
import { contractOf, createBus, lotOf } from './trades.fixture.ts';

const code = 'CARBONATE-BATTERY-GLOBAL-FOB-USD-T';
const dayMs = 86_400_000;
const monday = '2026-11-30T00:00:00.000Z';

let world: World;
let bus: ReturnType<typeof createBus>;
beforeEach(async () => {
  world = await createWorld();
  bus = createBus(world);
});
afterEach(() => world.close());

const task = systemActor('market-data.publish-trades');

/** Another process of the service: connections of its own on the same database. */
function replica(): { ctx: Ctx; close(): Promise<void> } {
  const sql = openDatabase(world.databaseUrl, { max: 4 });
  return { ctx: createContext({ ...world.parts, sql }, task), close: () => sql.end() };
}

/** Until the next Monday at 00:00 UTC, when windows of a week end; then the timer. */
async function endWeek(): Promise<void> {
  passUntilMonday();
  await publishTrades(world.as(task));
}

function passUntilMonday(): void {
  const now = world.clock.now().getTime();
  const weekMs = 7 * dayMs;
  world.clock.advance(weekMs - ((now - 4 * dayMs) % weekMs));
}

/** So many contracts of different people, at 12,000, 12,100, … a tonne. */
async function trade(count: number): Promise<ReturnType<typeof contractOf>[]> {
  const contracts = Array.from({ length: count }, (_, index) =>
    contractOf({}, { priceMinorPerTonne: 1_200_000n + BigInt(index) * 10_000n }),
  );
  for (const each of contracts) expect(await bus.contract(each)).toBe('handled');
  return contracts;
}

/** What everybody reads of carbonate that is traded here. */
async function told() {
  const { body } = await world.buyer.get(`/api/market/instruments?q=${code}`);
  const [instrument] = body.items;
  if (!instrument) return [];
  const observations = await world.buyer.get(`/api/market/instruments/${instrument.instrumentId}/observations`);
  return observations.body.items;
}

async function decisions(): Promise<unknown[]> {
  const rows = await world.admin`
    select action, entity_id, new_value from audit_log where entity_type = 'trade_window' order by at, entity_id`;
  return rows.map((row) => [row.action, row.entity_id, row.new_value.reason ?? null]);
}

const statuses = async () => {
  const rows = await world.admin`select status, count(*)::int as count from trade group by 1`;
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

describe('trades of a week', () => {
  test('are told as one average when it is over, with what they are, to everybody', async () => {
    await trade(2);
    await bus.lot(lotOf(world.clock.now(), { quantityKg: 10_000n, priceMinorPerTonne: 1_300_000n }));
    expect((await world.buyer.get(`/api/market/instruments?q=${code}`)).body.items).toEqual([]);
    world.clock.advance(5 * dayMs);
    await publishTrades(world.as(task));
    expect(await told()).toEqual([]);
    const announced = vi.spyOn(world.clients.ticker, 'publish');
    await endWeek();
    // (20 × 12,000 + 20 × 12,100 + 10 × 13,000) ÷ 50
    const price = { low: '12240', mid: '12240', high: '12240', kind: 'trade' };
    expect(await told()).toMatchObject([
      { ...price, validAt: monday, edition: `Trades from 2026-11-23T00:00:00.000Z until ${monday}` },
    ]);
    const { body } = await world.buyer.get('/api/market/latest?product=lithium_carbonate&incoterm=FOB');
    const basis = { code, region: 'GLOBAL', unit: 't', taxBasis: 'excluding_vat' };
    const source = {
      code: 'platform',
      attribution: expect.stringContaining('at least three buyers and three sellers'),
    };
    expect(body.items).toMatchObject([{ instrument: basis, figures: [{ ...price, stale: false, source }] }]);
    expect(announced.mock.calls).toEqual([
      [body.items[0].instrument.instrumentId, expect.stringContaining('"mid":"12240"')],
    ]);
    expect(await decisions()).toEqual([['trade_window.published', `${code}/${monday}`, null]]);
    expect(await statuses()).toEqual({ published: 3 });
  });

  test('that are too few are withheld, and never told together with others', async () => {
    await trade(2);
    await endWeek();
    await trade(1);
    await endWeek();
    expect(await told()).toEqual([]);
    expect((await world.buyer.get(`/api/market/instruments?q=${code}`)).body.items).toEqual([]);
    expect(await decisions()).toEqual([
      ['trade_window.withheld', `${code}/${monday}`, 'few_buyers'],
      ['trade_window.withheld', `${code}/2026-12-07T00:00:00.000Z`, 'few_buyers'],
    ]);
    await trade(3);
    await endWeek();
    expect(await told()).toMatchObject([{ mid: '12100', validAt: '2026-12-14T00:00:00.000Z' }]);
    expect(await statuses()).toEqual({ withheld: 3, published: 3 });
  });

  test('are told for each instrument by itself', async () => {
    const wet = { productType: 'spodumene_concentrate', grade: 'concentrate', basis: 'wet' };
    for (let index = 0; index < 3; index++) {
      await bus.contract(contractOf({}, {}, wet, { productType: 'lithium_brine' }));
    }
    await bus.contract(contractOf({ incoterm: 'CIF' }));
    await endWeek();
    const { body } = await world.buyer.get('/api/market/instruments?region=GLOBAL');
    expect(body.items.map((each: { code: string }) => each.code).sort()).toEqual([
      code,
      'SPODUMENE-CONCENTRATE-GLOBAL-FOB-USD-WMT',
    ]);
    expect(await statuses()).toEqual({ published: 6, withheld: 1 });
  });

  test('count once, however often they are told to us', async () => {
    const [first] = await trade(2);
    if (!first) throw new Error('no contract');
    const third = contractOf({}, { priceMinorPerTonne: 1_500_000n });
    const messageId = newId();
    expect(await bus.contract(third, { messageId })).toBe('handled');
    expect(await bus.contract(third, { messageId })).toBe('duplicate');
    // The same fact under another message, as after a stream was rebuilt.
    expect(await bus.contract(first)).toBe('handled');
    const lot = lotOf(world.clock.now());
    for (const _ of [1, 2]) expect(await bus.lot(lot)).toBe('handled');
    await endWeek();
    // (12,000 + 12,100 + 15,000 + 12,000) ÷ 4
    expect(await told()).toMatchObject([{ mid: '12775' }]);
    expect(await bus.contract(first)).toBe('handled');
    await endWeek();
    expect(await told()).toHaveLength(1);
    expect(await statuses()).toEqual({ published: 4 });
  });

  test('are told once by any number of replicas', async () => {
    await trade(4);
    passUntilMonday();
    const replicas = [replica(), replica(), replica()];
    await Promise.all(replicas.map(({ ctx }) => publishTrades(ctx)));
    await Promise.all(replicas.map((each) => each.close()));
    const rows = await world.admin`
      select valid_at from observation join source using (source_id) where source.code = 'platform'`;
    expect(rows).toHaveLength(1);
    expect(await decisions()).toHaveLength(1);
    expect(await statuses()).toEqual({ published: 4 });
  });

  test('wait while their source is disabled', async () => {
    await trade(3);
    await world.admin`update source set enabled = false where code = 'platform'`;
    await endWeek();
    expect(await told()).toEqual([]);
    expect(await statuses()).toEqual({ pending: 3 });
    await world.admin`update source set enabled = true where code = 'platform'`;
    await publishTrades(world.as(task));
    expect(await told()).toMatchObject([{ validAt: monday }]);
  });
});

test('trades that come while their week is decided count in the next, once', async () => {
  await trade(3);
  passUntilMonday();
  const tradedAt = new Date(world.clock.now().getTime() - 1);
  const late = Array.from({ length: 6 }, () => contractOf());
  const other = replica();
  await Promise.all([
    publishTrades(world.as(task)),
    ...late.map((each) => bus.contract(each, { occurredAt: tradedAt })),
    publishTrades(other.ctx),
  ]);
  await other.close();
  expect(await told()).toMatchObject([{ mid: '12100', validAt: monday }]);
  await endWeek();
  expect(await told()).toMatchObject([{ mid: '12000' }, { mid: '12100' }]);
  expect(await statuses()).toEqual({ published: 9 });
});

describe('a contract that is cancelled', () => {
  test('before its week is over does not count', async () => {
    const [first] = await trade(4);
    if (!first) throw new Error('no contract');
    expect(await bus.cancel(first)).toBe('handled');
    await endWeek();
    expect(await told()).toMatchObject([{ mid: '12200' }]);
    expect(await statuses()).toEqual({ withdrawn: 1, published: 3 });
  });

  test('can make its week one of too few', async () => {
    const [first] = await trade(3);
    if (!first) throw new Error('no contract');
    await bus.cancel(first);
    await endWeek();
    expect(await told()).toEqual([]);
    expect(await statuses()).toEqual({ withdrawn: 1, withheld: 2 });
  });

  test('after it was told changes nothing that was told', async () => {
    const [first] = await trade(4);
    if (!first) throw new Error('no contract');
    await endWeek();
    const before = await told();
    expect(await bus.cancel(first)).toBe('handled');
    await endWeek();
    expect(await told()).toEqual(before);
    expect(await statuses()).toEqual({ published: 4 });
  });
});

describe('a trade that comes late', () => {
  test('counts in the week in which it comes', async () => {
    const tradedAt = world.clock.now();
    await trade(3);
    await endWeek();
    const late = contractOf({}, { priceMinorPerTonne: 1_800_000n });
    await bus.contract(late, { occurredAt: tradedAt });
    await publishTrades(world.as(task));
    expect(await told()).toHaveLength(1);
    await trade(3);
    await endWeek();
    // (18,000 + 12,000 + 12,100 + 12,200) ÷ 4, after what was told of the week before.
    expect(await told()).toMatchObject([{ mid: '13575' }, { mid: '12100' }]);
  });

  test('by a clock that is behind does not slip into a week that was decided', async () => {
    const { parts, clock } = world;
    await trade(3);
    await endWeek();
    const behind = { ...parts, clock: { now: () => new Date(clock.now().getTime() - 1) } };
    await bus.contract(contractOf(), { occurredAt: behind.clock.now(), parts: behind });
    await publishTrades(world.as(task));
    const rows =
      await world.admin`select 1 from trade where status = 'pending' and window_end = '2026-12-07T00:00:00Z'`;
    expect(rows).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  test('by more than a week does not count, and leaves a trace', async () => {
    const tradedAt = world.clock.now();
    world.clock.advance(8 * dayMs);
    const contract = contractOf();
    await bus.contract(contract, { occurredAt: tradedAt });
    expect(await statuses()).toEqual({});
    const rows = await world.admin`select entity_id from audit_log where action = 'trade.too_late'`;
    expect(rows.map((row) => row.entity_id)).toEqual([`${contract.contractId}/L1`]);
  });
});

test('single trades are for system tasks alone: not for operators, nor in the audit', async () => {
  await trade(3);
  for (const person of [world.buyer, world.operator]) {
    expect(await person.ctx.read(({ sql }) => sql`select * from trade`)).toEqual([]);
  }
  const kept = await world.admin`select new_value::text as text from audit_log where entity_type = 'trade'`;
  expect(kept).toHaveLength(3);
  for (const { text } of kept) expect(text).not.toMatch(/price|buyer|seller|quantity/i);
});
