import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../actor.ts';
import { openDatabase, type Sql } from './database.ts';
import { runTransaction } from './transaction.ts';

let database: TestDatabase;
let sql: Sql;
let admin: postgres.Sql;
const actor = systemActor('test');

beforeAll(async () => {
  database = await createTestDatabase('toolkit');
  sql = openDatabase(database.appUrl, { max: 1 });
  admin = postgres(database.adminUrl, { max: 1, onnotice() {} });
  await admin`create table note (v text)`;
  await admin`grant all on note to toolkit_app`;
});

afterAll(async () => {
  await sql.end();
  await admin.end();
  await database.drop();
});

describe('a transaction whose backend dies', () => {
  it('never runs a later statement inside another transaction on the same connection', async () => {
    const held = Promise.withResolvers<void>();
    const pid = Promise.withResolvers<number>();
    const first = runTransaction({
      sql,
      actor,
      name: 'first',
      trailers: () => [],
      work: async (work) => {
        const rows = await work.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
        await work.sql`insert into note values ('A1')`;
        pid.resolve(rows[0]?.pid ?? 0);
        await held.promise;
        await work.sql`insert into note values ('A2')`;
      },
    });
    const firstOutcome = first.then(
      () => 'committed',
      (error: { code?: string }) => error.code,
    );
    await admin`select pg_terminate_backend(${await pid.promise})`;
    await new Promise((resolve) => setTimeout(resolve, 100));
    // The only connection of the pool is the first transaction's until it is let go.
    held.resolve();
    const second = runTransaction({
      sql,
      actor,
      name: 'second',
      trailers: () => [],
      work: async (work) => {
        await work.sql`insert into note values ('B1')`;
        throw new Error('rolled back');
      },
    });
    await expect(second).rejects.toThrow('rolled back');
    expect(await firstOutcome).toBe('UNAVAILABLE');
    expect(await admin`select v from note`).toEqual([]);
  });

  it('rejects the statement under way and leaves the process and the pool working', async () => {
    const pid = Promise.withResolvers<number>();
    const sleeping = runTransaction({
      sql,
      actor,
      name: 'sleeping',
      trailers: () => [],
      work: async (work) => {
        const rows = await work.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
        pid.resolve(rows[0]?.pid ?? 0);
        await Promise.all([work.sql`select pg_sleep(20)`, work.sql`insert into note values ('C1')`]);
      },
    });
    const outcome = sleeping.catch((error: { code?: string }) => error.code);
    await admin`select pg_terminate_backend(${await pid.promise})`;
    expect(await outcome).toBe('UNAVAILABLE');
    await runTransaction({
      sql,
      actor,
      name: 'after',
      trailers: () => [],
      work: (work) => work.sql`insert into note values ('D1')`,
    });
    expect((await admin`select v from note`).map((row) => row.v)).toEqual(['D1']);
  });

  it('serves a transaction that was waiting for its connection', { timeout: 10_000 }, async () => {
    const pid = Promise.withResolvers<number>();
    const held = Promise.withResolvers<void>();
    const first = runTransaction({
      sql,
      actor,
      name: 'first',
      trailers: () => [],
      work: async (work) => {
        const rows = await work.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
        pid.resolve(rows[0]?.pid ?? 0);
        await held.promise;
        await work.sql`select 1`;
      },
    });
    const firstOutcome = first.catch((error: { code?: string }) => error.code);
    const backend = await pid.promise;
    const waiting = runTransaction({
      sql,
      actor,
      name: 'waiting',
      trailers: () => [],
      work: (work) => work.sql`select 2 as two`,
    });
    await admin`select pg_terminate_backend(${backend})`;
    expect(await waiting).toEqual([{ two: 2 }]);
    held.resolve();
    expect(await firstOutcome).toBe('UNAVAILABLE');
  });

  it('the driver itself keeps sql.begin transactions apart', async () => {
    await admin`delete from note`;
    const raw = postgres(database.appUrl, { max: 1, onnotice() {} });
    const held = Promise.withResolvers<void>();
    const pid = Promise.withResolvers<number>();
    const first = raw
      .begin(async (tx) => {
        const rows = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
        pid.resolve(rows[0]?.pid ?? 0);
        await held.promise;
        await tx`insert into note values ('A2')`;
      })
      .then(
        () => 'committed',
        () => 'rejected',
      );
    await admin`select pg_terminate_backend(${await pid.promise})`;
    expect(await first).toBe('rejected');
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const second = raw.begin(async (tx) => {
      await tx`insert into note values ('B1')`;
      started.resolve();
      await finish.promise;
      throw new Error('rolled back');
    });
    const secondOutcome = second.catch((error: Error) => error.message);
    await started.promise;
    held.resolve();
    await new Promise((resolve) => setTimeout(resolve, 50));
    finish.resolve();
    expect(await secondOutcome).toBe('rolled back');
    expect(await admin`select v from note`).toEqual([]);
    await raw.end();
  });
});

describe('a transaction', () => {
  it('shows row-level security who is acting, and nobody after it', async () => {
    const seen = await runTransaction({
      sql,
      actor: { kind: 'user', id: '0197a3a0-0000-7000-8000-000000000001', roles: ['operator'] },
      name: 'who',
      trailers: () => [],
      work: (work) => work.sql`select app.user_id() as id, app.role() as role`,
    });
    expect(seen[0]).toEqual({ id: '0197a3a0-0000-7000-8000-000000000001', role: 'operator' });
    expect((await sql`select app.user_id() as id, app.role() as role`)[0]).toEqual({ id: null, role: null });
  });

  it('refuses an actor whose name would read as anything but a name', async () => {
    const forged = systemActor("x'; set local app.role = 'operator'; --");
    const work = { sql, name: 'forged', trailers: () => [], work: async () => 'done' };
    await expect(runTransaction({ ...work, actor: forged })).rejects.toThrow();
    expect(await runTransaction({ ...work, actor })).toBe('done');
  });

  it('undoes everything when a statement sent with the commit fails', async () => {
    await admin`delete from note`;
    const failing = runTransaction({
      sql,
      actor,
      name: 'failing',
      work: (work) => work.sql`insert into note values ('E1')`,
      trailers: () => [(connection) => connection`select 1 / 0`.execute()],
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await admin`select v from note`).toEqual([]);
  });

  it('runs again after a deadlock', async () => {
    let runs = 0;
    await runTransaction({
      sql,
      actor,
      name: 'deadlock',
      trailers: () => [],
      work: async (work) => {
        runs++;
        await work.sql`insert into note values ('F1')`;
        if (runs < 3) await work.sql`do $$ begin raise exception sqlstate '40P01'; end $$`;
      },
    });
    expect(runs).toBe(3);
    expect((await admin`select v from note where v = 'F1'`).length).toBe(1);
  });
});
