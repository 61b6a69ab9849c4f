import { newId } from '@clearlot/kernel';
import { type Connection, openDatabase, type Sql } from '@clearlot/service';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accountKey, type Journal } from './ledger.ts';
import { openAccounts, placeHold, post, releaseHold } from './store.ts';
import { verifyLedger } from './verify.ts';

let database: TestDatabase;
/** The application role, acting as a system task. */
let app: Sql;
/** The superuser, for what must be refused to everybody or to show what a tampered row does. */
let admin: Sql;
/** The owner of the tables: what even a migration or a definer function may not do. */
let owner: Sql;
let pool: Connection;

beforeAll(async () => {
  database = await createTestDatabase('payments');
  app = openDatabase(`${database.appUrl}?app.role=system&app.actor=test`, { max: 8 });
  admin = openDatabase(database.adminUrl, { max: 1 });
  owner = openDatabase(database.migratorUrl, { max: 1 });
  await owner`set role payments_owner`;
  pool = app as unknown as Connection;
});
afterAll(async () => {
  await Promise.all([app.end(), admin.end(), owner.end()]);
  await database.drop();
});

let deal: { id: string; commitments: [string, string] };
let bank: string;
let escrow: [string, string];

beforeEach(async () => {
  deal = { id: newId(), commitments: [newId(), newId()] };
  bank = accountKey.bank(deal.id);
  escrow = [accountKey.escrow(deal.id, deal.commitments[0]), accountKey.escrow(deal.id, deal.commitments[1])];
  await openAccounts(pool, deal.id, 'USD', [
    { kind: 'bank', partyId: null },
    ...deal.commitments.map((partyId) => ({ kind: 'escrow' as const, partyId })),
  ]);
});

function wire(amountMinor: bigint, more: Partial<Journal> = {}): Journal {
  const transfers = [{ debit: bank, credit: escrow[0], amountMinor }];
  return { key: newId(), kind: 'wire', dealId: deal.id, effectiveAt: new Date(0), transfers, ...more };
}

async function balances(): Promise<Record<string, bigint>> {
  const rows = await app<{ key: string; balance: bigint }[]>`
    select key, debits_minor - credits_minor as balance from account where deal_id = ${deal.id}`;
  return Object.fromEntries(rows.map((row) => [row.key, row.balance]));
}

describe('the application role', () => {
  test.each(['account', 'journal', 'entry', 'hold', 'seal', 'seal_fence'])(
    'may not write %s in any way',
    async (table) => {
      const [column] = await admin<{ name: string }[]>`select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and column_name not in ('id', 'one') limit 1`;
      for (const statement of [
        `insert into ${table} default values`,
        `update ${table} set ${column?.name} = ${column?.name}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `alter table ${table} disable trigger all`,
        `drop policy ${table}_owner on ${table}`,
      ]) {
        await expect(app.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
      }
    },
  );

  test('can neither call the inner functions nor replace them', async () => {
    for (const statement of [
      `create or replace function ledger.require_mover() returns void language sql as ''`,
      `create function ledger.mine() returns void language sql as ''`,
      `select ledger.require_mover()`,
    ]) {
      await expect(app.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
  });

  test.each(['user', 'anonymous', ''])('moves no money and sees none while it acts for role "%s"', async (role) => {
    await post(pool, [wire(5n)]);
    const results = app.begin(async (tx) => {
      await tx`select set_config('app.role', ${role}, true)`;
      expect(
        await tx`select 1 from account union all select 1 from entry union all select 1 from journal`,
      ).toHaveLength(0);
      await post(tx as unknown as Connection, [wire(5n)]);
    });
    await expect(results).rejects.toMatchObject({ code: '42501' });
    expect((await balances())[bank]).toBe(5n);
  });
});

describe('even the owner of the tables', () => {
  test.each(['journal', 'entry', 'seal'])('cannot change, delete or empty %s', async (table) => {
    await post(pool, [wire(5n)]);
    for (const statement of [
      `update ${table} set ${table === 'seal' ? 'journals = 0' : 'xmin = xmin'}`.replace(
        'xmin = xmin',
        table === 'entry' ? 'amount_minor = 7' : `kind = 'x'`,
      ),
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await expect(owner.unsafe(statement), statement).rejects.toMatchObject({ code: 'CL003' });
    }
  });

  test('cannot change what an account or hold is, nor remove one', async () => {
    for (const statement of [
      `update account set floor_minor = -100`,
      `update account set currency = 'EUR'`,
      `update account set normal_side = 'debit'`,
      `delete from account`,
      `update hold set amount_minor = 1`,
      `delete from hold`,
    ]) {
      await expect(owner.unsafe(statement), statement).rejects.toMatchObject({ code: 'CL003' });
    }
  });

  /** Inserts a journal with these legs by hand, in one transaction. */
  async function byHand(legs: [account: string, amount: bigint, currency?: string][], before = ''): Promise<unknown> {
    return owner.begin(async (tx) => {
      if (before) await tx.unsafe(before);
      const [journal] = await tx<{ id: bigint }[]>`insert into journal
        (idempotency_key, request_hash, kind, deal_id, effective_at, actor)
        values (${newId()}, 'x', 'wire', ${deal.id}, now(), 'hand') returning id`;
      if (legs.length === 0) return;
      await tx.unsafe(
        `insert into entry (journal_id, account_id, account_seq, currency, amount_minor, balance_after_minor)
        select $1::bigint, a.id, 1000 + u.n, u.currency, u.amount, 0
        from unnest($2::text[], $3::bigint[], $4::text[]) with ordinality as u (key, amount, currency, n) join account a on a.key = u.key`,
        [
          (journal?.id ?? 0n).toString(),
          legs.map(([key]) => key),
          legs.map(([, amount]) => amount.toString()),
          legs.map(([, , currency]) => currency ?? 'USD'),
        ],
      );
    });
  }

  test('cannot commit a journal that is unbalanced, one-legged or empty', async () => {
    await expect(
      byHand([
        [bank, 5n],
        [escrow[0], -4n],
      ]),
    ).rejects.toMatchObject({ code: 'CL002' });
    await expect(byHand([[bank, 5n]])).rejects.toMatchObject({ code: 'CL002' });
    await expect(byHand([])).rejects.toMatchObject({ code: 'CL002' });
    await expect(
      byHand([
        [bank, 0n],
        [escrow[0], 0n],
      ]),
    ).rejects.toMatchObject({ code: '23514' });
    const early = 'set constraints all immediate';
    await expect(
      byHand(
        [
          [bank, 5n],
          [escrow[0], -4n],
        ],
        early,
      ),
    ).rejects.toMatchObject({ code: 'CL002' });
  });

  test('cannot balance one currency with another, nor book an account in a foreign one', async () => {
    const other = newId();
    await openAccounts(pool, other, 'EUR', [{ kind: 'bank', partyId: null }]);
    await expect(
      byHand([
        [bank, 5n],
        [accountKey.bank(other), -5n, 'EUR'],
      ]),
    ).rejects.toMatchObject({ code: 'CL002' });
    await expect(
      byHand([
        [bank, 5n],
        [accountKey.bank(other), -5n, 'USD'],
      ]),
    ).rejects.toMatchObject({ code: '23503' });
  });

  test('cannot add entries to a journal that is committed, balanced or not', async () => {
    const [posted] = await post(pool, [wire(5n)]);
    const add = (rest: bigint) =>
      owner.unsafe(
        `insert into entry (journal_id, account_id, account_seq, currency, amount_minor, balance_after_minor)
        select $1::bigint, id, 2000, 'USD', case when key = $2 then 5 else $3::bigint end, 0 from account where key in ($2, $4)`,
        [String(posted?.journalId), bank, rest.toString(), escrow[0]],
      );
    await expect(add(-5n)).rejects.toMatchObject({ code: 'CL002' });
    await expect(add(-4n)).rejects.toMatchObject({ code: 'CL002' });
  });
});

describe('a post', () => {
  test('of one transfer and of a batch write the same rows and the same hash', async () => {
    const one = wire(5n);
    await post(pool, [one]);
    await post(pool, [wire(5n), wire(7n)]);
    const rows = await app`select e.amount_minor, e.account_seq, e.balance_after_minor, a.key from entry e
      join account a on a.id = e.account_id where a.deal_id = ${deal.id} order by a.key, e.account_seq`;
    expect(rows.map((row) => Object.values(row))).toEqual([
      [5n, 1n, 5n, bank],
      [5n, 2n, 10n, bank],
      [7n, 3n, 17n, bank],
      [-5n, 1n, -5n, escrow[0]],
      [-5n, 2n, -10n, escrow[0]],
      [-7n, 3n, -17n, escrow[0]],
    ]);
    const [again] = await post(pool, [one, wire(1n)]);
    expect(again?.replayed).toBe(true);
  });

  test('with a key and content seen before changes nothing; with other content it is refused', async () => {
    const journal = wire(5n);
    const [first] = await post(pool, [journal]);
    expect(await post(pool, [journal])).toEqual([{ ...first, replayed: true }]);
    expect((await post(pool, [journal, journal])).map((each) => each.replayed)).toEqual([true, true]);
    const changed = { ...journal, transfers: [{ debit: bank, credit: escrow[0], amountMinor: 6n }] };
    for (const attempt of [[changed], [wire(1n), changed]]) {
      await expect(post(pool, attempt)).rejects.toMatchObject({ code: 'PAYMENTS_IDEMPOTENCY_MISMATCH' });
    }
    expect((await balances())[bank]).toBe(5n);
  });

  test('is all or nothing across the journals of a batch', async () => {
    const bad = wire(1n, {
      transfers: [{ debit: bank, credit: accountKey.escrow(deal.id, newId()), amountMinor: 1n }],
    });
    await expect(post(pool, [wire(5n), bad])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
    await expect(post(pool, [bad])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
    expect(await balances()).toEqual({ [bank]: 0n, [escrow[0]]: 0n, [escrow[1]]: 0n });
  });

  test.each([0n, -5n])('of %s is refused', async (amountMinor) => {
    await expect(post(pool, [wire(amountMinor)])).rejects.toMatchObject({ code: '22023' });
    await expect(post(pool, [wire(1n), wire(amountMinor)])).rejects.toMatchObject({ code: '22023' });
  });

  test('never takes more than is there, nor what is held', async () => {
    await post(pool, [wire(10n)]);
    const back = (amountMinor: bigint, holdId?: string): Journal =>
      wire(0n, { kind: 'refund', transfers: [{ debit: escrow[0], credit: bank, amountMinor, holdId }] });
    await expect(post(pool, [back(11n)])).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
    const holdId = newId();
    await placeHold(pool, holdId, escrow[0], 8n);
    await expect(post(pool, [back(3n)])).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
    await expect(post(pool, [back(9n, holdId)])).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
    await expect(post(pool, [back(9n, holdId), wire(1n)])).rejects.toMatchObject({
      code: 'PAYMENTS_INSUFFICIENT_FUNDS',
    });
    await post(pool, [back(2n), back(3n, holdId)]);
    await post(pool, [back(1n, holdId)]);
    expect(await releaseHold(pool, holdId)).toBe(4n);
    expect(await releaseHold(pool, holdId)).toBe(0n);
    const [hold] = await app`select status, captured_minor, released_minor from hold where id = ${holdId}`;
    expect(hold).toEqual({ status: 'released', captured_minor: 4n, released_minor: 4n });
  });

  test('cannot use the hold of another account', async () => {
    await post(pool, [wire(10n), wire(10n, { transfers: [{ debit: bank, credit: escrow[1], amountMinor: 10n }] })]);
    const holdId = newId();
    await placeHold(pool, holdId, escrow[0], 5n);
    await placeHold(pool, newId(), escrow[1], 5n);
    const other = wire(0n, { transfers: [{ debit: escrow[1], credit: bank, amountMinor: 5n, holdId }] });
    await expect(post(pool, [other])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
    await expect(post(pool, [other, wire(1n)])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
  });
});

test('Σ per currency is zero at every read while transfers run against each other', async () => {
  const parties = Array.from({ length: 6 }, () => newId());
  const accounts = parties.map((party) => accountKey.escrow(deal.id, party));
  await openAccounts(
    pool,
    deal.id,
    'USD',
    parties.map((partyId) => ({ kind: 'escrow', partyId })),
  );
  await post(
    pool,
    accounts.map((credit) => wire(0n, { transfers: [{ debit: bank, credit, amountMinor: 1_000n }] })),
  );
  let running = true;
  const transfer = () => {
    const [debit = '', credit = ''] = accounts.toSorted(() => Math.random() - 0.5);
    return wire(0n, { transfers: [{ debit, credit, amountMinor: BigInt(1 + Math.floor(Math.random() * 400)) }] });
  };
  let refused = 0;
  const writers = Array.from({ length: 5 }, async (_, writer) => {
    for (let n = 0; n < 60; n++) {
      const journals = Array.from({ length: writer < 3 ? 1 : 4 }, transfer);
      await post(pool, journals).catch((error: { code?: string }) => {
        expect(error.code).toBe('PAYMENTS_INSUFFICIENT_FUNDS');
        refused++;
      });
    }
  });
  let reads = 0;
  const reader = (async () => {
    while (running) {
      const rows = await app`select currency, sum(debits_minor - credits_minor)::text as balances,
          (select sum(amount_minor) from entry e where e.currency = a.currency)::text as entries,
          bool_and(credits_minor - debits_minor >= 0 or kind = 'bank') as covered
        from account a where deal_id = ${deal.id} group by currency`;
      expect(rows).toEqual([{ currency: 'USD', balances: '0', entries: '0', covered: true }]);
      reads++;
    }
  })();
  await Promise.all(writers);
  running = false;
  await reader;
  expect(reads).toBeGreaterThan(5);
  expect(refused).toBeLessThan(300);
  expect((await verifyLedger(app)).problems).toEqual([]);
});

describe('the seal', () => {
  const sealAll = async () => {
    await app`select ledger.seal(3)`;
    await app`select ledger.seal(3)`;
  };

  test('covers every committed journal, and the chain verifies outside of the database', async () => {
    await post(
      pool,
      Array.from({ length: 10 }, () => wire(1n)),
    );
    await sealAll();
    const result = await verifyLedger(app);
    expect(result.problems).toEqual([]);
    expect(result.sealed).toBe(result.journals);
    expect(result.seals).toBeGreaterThanOrEqual(4);
  });

  test('waits for a journal whose number was taken earlier than it commits', async () => {
    await sealAll();
    const before = await verifyLedger(app);
    const slow = await app.reserve();
    await slow`begin`;
    await post(slow, [wire(3n)]);
    const late = newId();
    await openAccounts(pool, late, 'USD', [
      { kind: 'bank', partyId: null },
      { kind: 'escrow', partyId: late },
    ]);
    const transfers = [{ debit: accountKey.bank(late), credit: accountKey.escrow(late, late), amountMinor: 1n }];
    await post(pool, [wire(0n, { dealId: late, transfers })]);
    await sealAll();
    expect((await verifyLedger(app)).sealed).toBe(before.sealed);
    await slow`commit`;
    slow.release();
    await sealAll();
    const after = await verifyLedger(app);
    expect([after.sealed, after.problems]).toEqual([after.journals, []]);
  });

  test('is only for a system task', async () => {
    const attempt = app.begin(async (tx) => {
      await tx`select set_config('app.role', 'operator', true)`;
      await tx`select ledger.seal(3)`;
    });
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });

  test('shows a row that a superuser changed behind the triggers', async () => {
    await post(pool, [wire(5n)]);
    await sealAll();
    await admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update entry set amount_minor = amount_minor * 2, balance_after_minor = balance_after_minor + amount_minor
        where journal_id = (select max(id) from journal)`;
    });
    const { problems } = await verifyLedger(app);
    expect(problems.some((problem) => problem.startsWith('seal up to journal'))).toBe(true);
    expect(problems.some((problem) => problem.includes('fold'))).toBe(true);
  });
});
