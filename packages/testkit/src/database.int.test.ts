import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTestNats } from './nats.ts';

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  [first, second] = await Promise.all([createTestDatabase('deals'), createTestDatabase('deals')]);
});
afterAll(async () => {
  await Promise.all([first.drop(), second.drop()]);
});

async function as(url: string, statement: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

test('two databases of the same service share nothing', async () => {
  await as(first.adminUrl, 'create table only_here (x int)');
  await expect(as(second.adminUrl, 'select * from only_here')).rejects.toMatchObject({ code: '42P01' });
});

test('the app role can connect but neither create nor own anything', async () => {
  await expect(as(first.appUrl, 'select 1')).resolves.toBeDefined();
  for (const statement of ['create table mine (x int)', 'create schema mine', 'create temp table mine (x int)']) {
    await expect(as(first.appUrl, statement)).rejects.toMatchObject({ code: '42501' });
  }
  await expect(as(first.appUrl, 'set role deals_owner')).rejects.toMatchObject({ code: '42501' });
  await expect(as(first.appUrl, 'set role deals_migrator')).rejects.toMatchObject({ code: '42501' });
});

test('the app role is subject to row-level security', async () => {
  const [role] = (await as(
    first.adminUrl,
    `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = 'deals_app'`,
  )) as Record<string, boolean>[];
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
});

test('the app role of one service cannot enter the database of another', async () => {
  const other = await createTestDatabase('payments');
  const url = new URL(first.appUrl);
  url.pathname = `/${other.name}`;
  await expect(as(url.href, 'select 1')).rejects.toMatchObject({ code: '42501' });
  await other.drop();
});

test('the migrator may become the owner', async () => {
  await as(first.migratorUrl, 'set role deals_owner; create table migrated (x int); drop table migrated');
});

test('every caller gets a NATS account of its own', async () => {
  const [one, two] = await Promise.all([createTestNats(), createTestNats()]);
  expect(new URL(one.url).username).not.toBe(new URL(two.url).username);
});
