import { newId } from '@clearlot/kernel';
import type { Connection } from '@clearlot/service';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Book, type LedgerRoles, openBook, openLedger } from '../../test/ledger.ts';
import { accountKey } from './ledger.ts';
import { openAccounts, post } from './store.ts';

let database: TestDatabase;
let roles: LedgerRoles;
let book: Book;

beforeAll(async () => {
  database = await createTestDatabase('payments');
  roles = await openLedger(database);
});
beforeEach(async () => {
  book = await openBook(roles.pool);
});
afterAll(async () => {
  await roles.close();
  await database.drop();
});

describe('the application role', () => {
  test.each(['account', 'journal', 'entry', 'hold', 'seal', 'seal_fence'])(
    'may not write %s in any way',
    async (table) => {
      const [column] = await roles.admin<{ name: string }[]>`select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and column_name not in ('id', 'one') limit 1`;
      for (const statement of [
        `insert into ${table} default values`,
        `update ${table} set ${column?.name} = ${column?.name}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `alter table ${table} disable trigger all`,
        `drop policy ${table}_owner on ${table}`,
      ]) {
        await expect(roles.app.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
      }
    },
  );

  test('can neither call the inner functions nor replace them', async () => {
    for (const statement of [
      `create or replace function ledger.require_mover() returns void language sql as ''`,
      `create function ledger.mine() returns void language sql as ''`,
      `select ledger.require_mover()`,
    ]) {
      await expect(roles.app.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
  });

  test.each(['user', 'anonymous', ''])('moves no money and sees none while it acts for role "%s"', async (role) => {
    await post(roles.pool, [book.wire(5n)]);
    const results = roles.app.begin(async (tx) => {
      await tx`select set_config('app.role', ${role}, true)`;
      expect(
        await tx`select 1 from account union all select 1 from entry union all select 1 from journal`,
      ).toHaveLength(0);
      await post(tx as unknown as Connection, [book.wire(5n)]);
    });
    await expect(results).rejects.toMatchObject({ code: '42501' });
    const [account] = await roles.app`select debits_minor from account where key = ${book.bank}`;
    expect(account?.debits_minor).toBe(5n);
  });
});

describe('even the owner of the tables', () => {
  test.each([
    ['journal', `kind = 'x'`],
    ['entry', 'amount_minor = 7'],
    ['seal', 'journals = 0'],
  ])('cannot change, delete or empty %s', async (table, change) => {
    await post(roles.pool, [book.wire(5n)]);
    for (const statement of [`update ${table} set ${change}`, `delete from ${table}`, `truncate ${table} cascade`]) {
      await expect(roles.owner.unsafe(statement), statement).rejects.toMatchObject({ code: 'CL003' });
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
      await expect(roles.owner.unsafe(statement), statement).rejects.toMatchObject({ code: 'CL003' });
    }
  });

  /** Inserts a journal with these legs by hand, in one transaction. */
  async function byHand(legs: [account: string, amount: bigint, currency?: string][], before = ''): Promise<unknown> {
    return roles.owner.begin(async (tx) => {
      if (before) await tx.unsafe(before);
      const [journal] = await tx<{ id: bigint }[]>`insert into journal
        (idempotency_key, request_hash, kind, deal_id, effective_at, actor)
        values (${newId()}, 'x', 'wire', ${book.id}, now(), 'hand') returning id`;
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
        [book.bank, 5n],
        [book.escrow[0], -4n],
      ]),
    ).rejects.toMatchObject({ code: 'CL002' });
    await expect(byHand([[book.bank, 5n]])).rejects.toMatchObject({ code: 'CL002' });
    await expect(byHand([])).rejects.toMatchObject({ code: 'CL002' });
    await expect(
      byHand([
        [book.bank, 0n],
        [book.escrow[0], 0n],
      ]),
    ).rejects.toMatchObject({ code: '23514' });
    const early = 'set constraints all immediate';
    await expect(
      byHand(
        [
          [book.bank, 5n],
          [book.escrow[0], -4n],
        ],
        early,
      ),
    ).rejects.toMatchObject({ code: 'CL002' });
  });

  test('cannot balance one currency with another, nor book an account in a foreign one', async () => {
    const other = newId();
    await openAccounts(roles.pool, other, 'EUR', [{ kind: 'bank', partyId: null }]);
    await expect(
      byHand([
        [book.bank, 5n],
        [accountKey.bank(other), -5n, 'EUR'],
      ]),
    ).rejects.toMatchObject({ code: 'CL002' });
    await expect(
      byHand([
        [book.bank, 5n],
        [accountKey.bank(other), -5n, 'USD'],
      ]),
    ).rejects.toMatchObject({ code: '23503' });
  });

  test('cannot add entries to a journal that is committed, balanced or not', async () => {
    const [posted] = await post(roles.pool, [book.wire(5n)]);
    const add = (rest: bigint) =>
      roles.owner.unsafe(
        `insert into entry (journal_id, account_id, account_seq, currency, amount_minor, balance_after_minor)
        select $1::bigint, id, 2000, 'USD', case when key = $2 then 5 else $3::bigint end, 0 from account where key in ($2, $4)`,
        [String(posted?.journalId), book.bank, rest.toString(), book.escrow[0]],
      );
    await expect(add(-5n)).rejects.toMatchObject({ code: 'CL002' });
    await expect(add(-4n)).rejects.toMatchObject({ code: 'CL002' });
  });
});
