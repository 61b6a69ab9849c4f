import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Book, type LedgerRoles, openBook, openLedger } from '../../test/ledger.ts';
import { post } from './store.ts';
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

describe('the seal', () => {
  const sealAll = async () => {
    await roles.app`select ledger.seal(3)`;
    await roles.app`select ledger.seal(3)`;
  };

  test('covers every committed journal, and the chain verifies outside of the database', async () => {
    await post(
      roles.pool,
      Array.from({ length: 10 }, () => book.wire(1n)),
    );
    await sealAll();
    const result = await verifyLedger(roles.app);
    expect(result.problems).toEqual([]);
    expect(result.sealed).toBe(result.journals);
    expect(result.seals).toBeGreaterThanOrEqual(4);
  });

  test('waits for a journal whose number was taken earlier than it commits', async () => {
    await sealAll();
    const before = await verifyLedger(roles.app);
    const slow = await roles.app.reserve();
    await slow`begin`;
    await post(slow, [book.wire(3n)]);
    const other = await openBook(roles.pool);
    await post(roles.pool, [other.wire(1n)]);
    await sealAll();
    expect((await verifyLedger(roles.app)).sealed).toBe(before.sealed);
    await slow`commit`;
    slow.release();
    await sealAll();
    const after = await verifyLedger(roles.app);
    expect([after.sealed, after.problems]).toEqual([after.journals, []]);
  });

  test('is only for a system task', async () => {
    const attempt = roles.app.begin(async (tx) => {
      await tx`select set_config('app.role', 'operator', true)`;
      await tx`select ledger.seal(3)`;
    });
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });

  test('shows a row that a superuser changed behind the triggers', async () => {
    await post(roles.pool, [book.wire(5n)]);
    await sealAll();
    await roles.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update entry set amount_minor = amount_minor * 2, balance_after_minor = balance_after_minor + amount_minor
        where journal_id = (select max(id) from journal)`;
    });
    const { problems } = await verifyLedger(roles.app);
    expect(problems.some((problem) => problem.startsWith('seal up to journal'))).toBe(true);
    expect(problems.some((problem) => problem.includes('fold'))).toBe(true);
  });
});
