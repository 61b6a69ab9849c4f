import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { asc, eq, gt, sql as raw } from 'drizzle-orm';
import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../actor.ts';
import { openDatabase, type Sql } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import { runTransaction, type Work } from './transaction.ts';

const note = pgTable('note', {
  id: text('id').primaryKey(),
  shares: bigint('shares', { mode: 'bigint' }).notNull(),
  remark: text('remark'),
  at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
});
const insertNote = preparedInsert(note);
const byId = prepared((db) =>
  db
    .select()
    .from(note)
    .where(eq(note.id, raw.placeholder('id'))),
);
const whoAfter = prepared((db) =>
  db
    .select({ id: note.id, actor: raw<string>`app.actor()` })
    .from(note)
    .where(gt(note.at, raw.placeholder('at')))
    .orderBy(asc(note.id)),
);

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase('toolkit');
  sql = openDatabase(database.appUrl, { max: 2 });
  const admin = openDatabase(database.adminUrl, { max: 1 });
  await admin`create table note (id text primary key, shares bigint not null, remark text, at timestamptz not null)`;
  await admin`grant all on note to toolkit_app`;
  await admin.end();
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const as = <T>(name: string, work: (work: Work) => Promise<T>) =>
  runTransaction({ sql, actor: systemActor(name), name, trailers: () => [], work });
const row = { id: 'a', shares: 2n ** 60n, remark: null, at: new Date('2026-01-02T03:04:05.678Z') };

it('what is inserted comes back as it was', async () => {
  await as('writer', async (work) => insertNote(work, row));
  expect(await as('reader', async (work) => byId(work, { id: 'a' }))).toEqual([row]);
});

it('runs in the transaction that asks, also when two ask at the same moment', async () => {
  const ask = (work: Work) => whoAfter(work, { at: new Date(0) });
  const both = await Promise.all([as('one', async (work) => ask(work)), as('two', async (work) => ask(work))]);
  expect(both).toEqual([[{ id: 'a', actor: 'one' }], [{ id: 'a', actor: 'two' }]]);
});

it('goes out in the order of its neighbours', async () => {
  const [, seen] = await as('ordered', (work) =>
    Promise.all([work.sql`delete from note where id = 'a'`, byId(work, { id: 'a' })]),
  );
  expect(seen).toEqual([]);
});
