import { newId } from '@clearlot/kernel';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Book, type LedgerRoles, openBook, openLedger } from '../../test/ledger.ts';
import { accountKey, type Journal } from './ledger.ts';
import { openAccounts, placeHold, post, releaseHold } from './store.ts';
import { verifyLedger } from './verify.ts';

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

async function balances(): Promise<Record<string, bigint>> {
  const rows = await roles.app<{ key: string; balance: bigint }[]>`
    select key, debits_minor - credits_minor as balance from account where deal_id = ${book.id}`;
  return Object.fromEntries(rows.map((row) => [row.key, row.balance]));
}

describe('a post', () => {
  test('of one transfer and of a batch write the same rows and the same hash', async () => {
    const one = book.wire(5n);
    await post(roles.pool, [one]);
    await post(roles.pool, [book.wire(5n), book.wire(7n)]);
    const rows = await roles.app`select e.amount_minor, e.account_seq, e.balance_after_minor, a.key from entry e
      join account a on a.id = e.account_id where a.deal_id = ${book.id} order by a.key, e.account_seq`;
    expect(rows.map((row) => Object.values(row))).toEqual([
      [5n, 1n, 5n, book.bank],
      [5n, 2n, 10n, book.bank],
      [7n, 3n, 17n, book.bank],
      [-5n, 1n, -5n, book.escrow[0]],
      [-5n, 2n, -10n, book.escrow[0]],
      [-7n, 3n, -17n, book.escrow[0]],
    ]);
    const [again] = await post(roles.pool, [one, book.wire(1n)]);
    expect(again?.replayed).toBe(true);
  });

  test('with a key and content seen before changes nothing; with other content it is refused', async () => {
    const journal = book.wire(5n);
    const [first] = await post(roles.pool, [journal]);
    expect(await post(roles.pool, [journal])).toEqual([{ ...first, replayed: true }]);
    expect((await post(roles.pool, [journal, journal])).map((each) => each.replayed)).toEqual([true, true]);
    const changed = { ...journal, transfers: [{ debit: book.bank, credit: book.escrow[0], amountMinor: 6n }] };
    for (const attempt of [[changed], [book.wire(1n), changed]]) {
      await expect(post(roles.pool, attempt)).rejects.toMatchObject({ code: 'PAYMENTS_IDEMPOTENCY_MISMATCH' });
    }
    expect((await balances())[book.bank]).toBe(5n);
  });

  test('is all or nothing across the journals of a batch', async () => {
    const bad = book.wire(1n, {
      transfers: [{ debit: book.bank, credit: accountKey.escrow(book.id, newId()), amountMinor: 1n }],
    });
    await expect(post(roles.pool, [book.wire(5n), bad])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
    await expect(post(roles.pool, [bad])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
    expect(await balances()).toEqual({ [book.bank]: 0n, [book.escrow[0]]: 0n, [book.escrow[1]]: 0n });
  });

  test.each([0n, -5n])('of %s is refused', async (amountMinor) => {
    await expect(post(roles.pool, [book.wire(amountMinor)])).rejects.toMatchObject({ code: '22023' });
    await expect(post(roles.pool, [book.wire(1n), book.wire(amountMinor)])).rejects.toMatchObject({ code: '22023' });
  });

  test('never takes more than is there, nor what is held', async () => {
    await post(roles.pool, [book.wire(10n)]);
    const back = (amountMinor: bigint, holdId?: string): Journal =>
      book.wire(0n, { kind: 'refund', transfers: [{ debit: book.escrow[0], credit: book.bank, amountMinor, holdId }] });
    await expect(post(roles.pool, [back(11n)])).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
    const holdId = newId();
    await placeHold(roles.pool, holdId, book.escrow[0], 8n);
    await expect(post(roles.pool, [back(3n)])).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
    await expect(post(roles.pool, [back(9n, holdId)])).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
    await expect(post(roles.pool, [back(9n, holdId), book.wire(1n)])).rejects.toMatchObject({
      code: 'PAYMENTS_INSUFFICIENT_FUNDS',
    });
    await post(roles.pool, [back(2n), back(3n, holdId)]);
    await post(roles.pool, [back(1n, holdId)]);
    expect(await releaseHold(roles.pool, holdId)).toBe(4n);
    expect(await releaseHold(roles.pool, holdId)).toBe(0n);
    const [hold] = await roles.app`select status, captured_minor, released_minor from hold where id = ${holdId}`;
    expect(hold).toEqual({ status: 'released', captured_minor: 4n, released_minor: 4n });
  });

  test('cannot use the hold of another account', async () => {
    await post(roles.pool, [
      book.wire(10n),
      book.wire(10n, { transfers: [{ debit: book.bank, credit: book.escrow[1], amountMinor: 10n }] }),
    ]);
    const holdId = newId();
    await placeHold(roles.pool, holdId, book.escrow[0], 5n);
    await placeHold(roles.pool, newId(), book.escrow[1], 5n);
    const other = book.wire(0n, { transfers: [{ debit: book.escrow[1], credit: book.bank, amountMinor: 5n, holdId }] });
    await expect(post(roles.pool, [other])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
    await expect(post(roles.pool, [other, book.wire(1n)])).rejects.toMatchObject({ code: 'PAYMENTS_ACCOUNT_NOT_OPEN' });
  });
});

test('Σ per currency is zero at every read while transfers run against each other', async () => {
  const parties = Array.from({ length: 6 }, () => newId());
  const accounts = parties.map((party) => accountKey.escrow(book.id, party));
  await openAccounts(
    roles.pool,
    book.id,
    'USD',
    parties.map((partyId) => ({ kind: 'escrow', partyId })),
  );
  await post(
    roles.pool,
    accounts.map((credit) => book.wire(0n, { transfers: [{ debit: book.bank, credit, amountMinor: 1_000n }] })),
  );
  let running = true;
  const transfer = () => {
    const [debit = '', credit = ''] = accounts.toSorted(() => Math.random() - 0.5);
    return book.wire(0n, { transfers: [{ debit, credit, amountMinor: BigInt(1 + Math.floor(Math.random() * 400)) }] });
  };
  let refused = 0;
  const writers = Array.from({ length: 5 }, async (_, writer) => {
    for (let n = 0; n < 60; n++) {
      const journals = Array.from({ length: writer < 3 ? 1 : 4 }, transfer);
      await post(roles.pool, journals).catch((error: { code?: string }) => {
        expect(error.code).toBe('PAYMENTS_INSUFFICIENT_FUNDS');
        refused++;
      });
    }
  });
  let reads = 0;
  const reader = (async () => {
    while (running) {
      const rows = await roles.app`select currency, sum(debits_minor - credits_minor)::text as balances,
          (select sum(amount_minor) from entry e where e.currency = a.currency)::text as entries,
          bool_and(credits_minor - debits_minor >= 0 or kind = 'bank') as covered
        from account a where deal_id = ${book.id} group by currency`;
      expect(rows).toEqual([{ currency: 'USD', balances: '0', entries: '0', covered: true }]);
      reads++;
    }
  })();
  await Promise.all(writers);
  running = false;
  await reader;
  expect(reads).toBeGreaterThan(5);
  expect(refused).toBeLessThan(300);
  expect((await verifyLedger(roles.app)).problems).toEqual([]);
});
