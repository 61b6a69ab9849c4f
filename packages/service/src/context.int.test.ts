import { systemClock } from '@clearlot/kernel';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import { createContext, type Tx } from './context.ts';
import { openDatabase, type Sql } from './db/database.ts';
import { preparedInsert } from './db/prepared.ts';
import { createLogger } from './telemetry/log.ts';

const note = pgTable('note', { id: text('id').primaryKey() });
const insertNote = preparedInsert(note);

let database: TestDatabase;
let sql: Sql;
let admin: Sql;
beforeAll(async () => {
  database = await createTestDatabase('toolkit');
  sql = openDatabase(database.appUrl, { max: 1 });
  admin = openDatabase(database.adminUrl, { max: 1 });
  await admin`create table note (id text primary key)`;
  await admin`grant select, insert on note to toolkit_app`;
});
afterAll(async () => {
  await sql.end();
  await admin.end();
  await database.drop();
});

function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const log = createLogger('test', 'silent');
  const parts = { service: 'toolkit', sql, clients: undefined, clock: systemClock, log, kick() {} };
  return createContext(parts, systemActor('test')).transaction('Test', work);
}
const notes = async () => (await admin<{ id: string }[]>`select id from note order by id`).map(({ id }) => id);

it('writes that nobody waits for are in the transaction, in any form a statement has', async () => {
  await transaction(async (tx) => {
    tx.write(insertNote(tx, { id: 'prepared' }));
    tx.write(tx.db.insert(note).values({ id: 'built' }));
    tx.write(tx.sql`insert into note values ('written')`);
  });
  expect(await notes()).toEqual(['built', 'prepared', 'written']);
});

it('a write that fails undoes the transaction and is its failure', async () => {
  const failing = transaction(async (tx) => {
    tx.write(insertNote(tx, { id: 'before' }));
    tx.write(insertNote(tx, { id: 'built' }));
    tx.write(insertNote(tx, { id: 'after' }));
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(await notes()).toEqual(['built', 'prepared', 'written']);
});
