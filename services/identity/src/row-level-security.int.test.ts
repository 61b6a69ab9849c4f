import { newId } from '@clearlot/kernel';
import {
  type Actor,
  anonymous,
  type Connection,
  openDatabase,
  runTransaction,
  type Sql,
  systemActor,
} from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from './testing/world.ts';

const clock = fakeClock('2026-11-22T10:00:00Z');
let database: TestDatabase;
let world: World;
let admin: Sql;
let me: Actor;
let other: Actor;
let otherOrganization: string;

const person = (id: string): Actor => ({ kind: 'user', id, roles: ['buyer'] });
const operator: Actor = { kind: 'user', id: newId(), roles: ['operator'] };
const service: Actor = { kind: 'service', id: 'deals', roles: [] };

beforeAll(async () => {
  database = await createTestDatabase('identity');
  world = await createWorld(database.appUrl, clock);
  admin = openDatabase(database.adminUrl, { max: 1 });
  const people = [];
  for (const _ of [1, 2]) {
    const { id, email, token } = await world.person('buyer');
    await world.request('POST', '/api/accreditations', { token, body: { basis: 'income', attestation: true } });
    const { body } = await world.request('POST', '/api/organizations', { token, body: { name: 'Acme' } });
    const url = `/api/organizations/${body.organizationId}/invitations`;
    await world.request('POST', url, { token, body: { email: 'guest@example.com', role: 'member' } });
    await world.request('POST', '/api/auth/login', { body: { email, password: 'a wrong phrase' } });
    people.push(person(id));
    otherOrganization = body.organizationId;
  }
  const [first, second] = people;
  if (!first || !second) throw new Error('two people');
  [me, other] = [first, second];
});
afterAll(async () => {
  await admin.end();
  await world.close();
  await database.drop();
});

const run = <T>(actor: Actor, work: (sql: Connection) => Promise<T>): Promise<T> =>
  runTransaction({ sql: world.sql, actor, name: 'test', work: ({ sql }) => work(sql), trailers: () => [] });
const count = (actor: Actor, table: string) =>
  run(actor, async (sql) => Number((await sql`select count(*) as n from ${sql(table)}`)[0]?.n));

const tables = [
  'account',
  'credential',
  'consent',
  'login_attempt',
  'session',
  'refresh_token',
  'accreditation',
  'accreditation_document',
  'organization',
  'membership',
  'invitation',
  'mail',
] as const;

/** Rows of the two people each kind of actor sees without presenting anything; all of them is `all`. */
const visible: Record<string, Partial<Record<(typeof tables)[number], 'all' | 'own'>>> = {
  anonymous: {},
  user: {
    account: 'own',
    consent: 'own',
    session: 'own',
    refresh_token: 'own',
    accreditation: 'own',
    membership: 'own',
  },
  operator: {
    account: 'all',
    consent: 'all',
    session: 'all',
    accreditation: 'all',
    organization: 'all',
    membership: 'all',
    invitation: 'all',
    mail: 'all',
  },
  service: { account: 'all', session: 'all', accreditation: 'all' },
  system: { account: 'all', login_attempt: 'all', session: 'all', refresh_token: 'all', mail: 'all' },
};

test.each(Object.keys(visible))('what %s reads of every table is what is written here', async (kind) => {
  const actors: Record<string, Actor> = {
    anonymous,
    user: me,
    operator,
    service,
    system: systemActor('identity.test'),
  };
  const actor = actors[kind] ?? anonymous;
  for (const table of tables) {
    const all = Number((await admin`select count(*) as n from ${admin(table)}`)[0]?.n);
    const expected = { all, own: all / 2, none: 0 }[visible[kind]?.[table] ?? 'none'];
    if (table !== 'accreditation_document') expect(all, `rows in ${table}`).toBeGreaterThan(1);
    expect(await count(actor, table), `${kind} reads ${table}`).toBe(expected);
  }
});

test('with no actor nothing is visible at all', async () => {
  for (const table of tables) expect(await world.sql`select 1 from ${world.sql(table)}`, table).toHaveLength(0);
});

test('every table is forced under row-level security', async () => {
  const open = await admin`
    select relname from pg_class join pg_namespace n on n.oid = relnamespace
    where n.nspname = 'public' and relkind = 'r' and relname <> 'schema_migration'
      and not (relrowsecurity and relforcerowsecurity)`;
  expect(open).toHaveLength(0);
});

const refused = { code: '42501' };

test('a stranger can open an account of a seller or buyer and of nobody else', async () => {
  const insert = (actor: Actor, role: string) =>
    run(
      actor,
      (sql) => sql`insert into account (id, role, status, email, full_name, created_at, updated_at)
        values (${newId()}, ${role}, 'active', '\\x00', '\\x00', now(), now())`,
    );
  await expect(insert(anonymous, 'buyer')).resolves.toBeDefined();
  await expect(insert(anonymous, 'operator')).rejects.toMatchObject(refused);
  await expect(insert(me, 'operator')).rejects.toMatchObject(refused);
  await expect(insert(systemActor('identity.test'), 'buyer')).rejects.toMatchObject(refused);
});

test('nobody raises their own role, verifies themselves, or lifts their own suspension', async () => {
  await expect(run(me, (sql) => sql`update account set role = 'operator' where id = ${me.id}`)).rejects.toMatchObject(
    refused,
  );
  const verified = await run(
    me,
    (sql) => sql`update accreditation set status = 'verified', expires_at = now() returning id`,
  );
  expect(verified).toHaveLength(0);
  await expect(
    run(me, (sql) => sql`update account set status = 'suspended' where id = ${me.id}`),
  ).rejects.toMatchObject(refused);
  const secret = run(me, (sql) => sql`update credential set password_hash = 'x'`);
  await expect(secret).rejects.toMatchObject(refused);
});

test('nobody acts for somebody else', async () => {
  const touched = await run(
    me,
    (sql) => sql`update session set revoked_at = now() where user_id = ${other.id} returning id`,
  );
  expect(touched).toHaveLength(0);
  const join = run(
    me,
    (sql) => sql`insert into membership (organization_id, user_id, role, created_at)
      values (${otherOrganization}, ${me.id}, 'owner', now())`,
  );
  await expect(join).rejects.toMatchObject(refused);
  const session = run(
    me,
    (sql) => sql`insert into session (id, user_id, created_at, last_seen_at, expires_at)
      values (${newId()}, ${other.id}, now(), now(), now())`,
  );
  await expect(session).rejects.toMatchObject(refused);
  const mail = run(
    me,
    (sql) => sql`insert into mail (notification_id, template, user_id, requested_by, state, due_at, created_at)
      values (${newId()}, 'payment_instructions', ${other.id}, ${me.id}, 'planned', now(), now())`,
  );
  await expect(mail).rejects.toMatchObject(refused);
});

test('consents and the audit trail are never rewritten, accounts and credentials never deleted', async () => {
  for (const statement of [
    "update consent set version = 'x'",
    "update audit_log set action = 'x'",
    'delete from account',
    'delete from credential',
    'delete from consent',
    'delete from session',
    'delete from audit_log',
  ]) {
    await expect(
      run(operator, (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(refused);
  }
});
