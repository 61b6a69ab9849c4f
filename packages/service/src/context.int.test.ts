import { systemClock } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
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

it('events of one aggregate take versions in the order they were emitted, beside others and audit rows', async () => {
  const deal = (id: string, status: string) => ({ dealId: id, companyId: 'c', status });
  await transaction(async (tx) => {
    tx.emit(events.dealStatusChanged, 'one', deal('one', 'draft'));
    tx.emit(events.dealStatusChanged, 'two', deal('two', 'draft'));
    tx.emit(events.dealStatusChanged, 'one', deal('one', 'open'));
    tx.audit({ action: 'deal.created', entityType: 'deal', entityId: 'one', after: { shares: 2n ** 60n } });
    tx.audit({ action: 'deal.opened', entityType: 'deal', entityId: 'one', before: 'draft' });
  });
  await transaction(async (tx) => tx.emit(events.dealStatusChanged, 'one', deal('one', 'locked')));
  const rows = await admin<{ aggregate_id: string; version: bigint; payload: Buffer }[]>`
    select aggregate_id, version, payload from outbox order by aggregate_id, id`;
  const seen = rows.map((row) => [
    row.aggregate_id,
    row.version,
    events.dealStatusChanged.codec.decode(row.payload).status,
  ]);
  expect(seen).toEqual([
    ['deals.deal:one', 1n, 'draft'],
    ['deals.deal:one', 2n, 'open'],
    ['deals.deal:one', 3n, 'locked'],
    ['deals.deal:two', 1n, 'draft'],
  ]);
  const trail = await admin`select actor, actor_role, action, old_value, new_value from audit_log order by id`;
  expect(trail).toEqual([
    {
      actor: 'test',
      actor_role: 'system',
      action: 'deal.created',
      old_value: null,
      new_value: { shares: String(2n ** 60n) },
    },
    { actor: 'test', actor_role: 'system', action: 'deal.opened', old_value: 'draft', new_value: null },
  ]);
});
