import { openDatabase } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, password, type World } from '../testing/world.ts';

const clock = fakeClock('2026-11-22T10:00:00Z');
let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase('identity');
  world = await createWorld(database.appUrl, clock);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const valid = { email: 'ada@example.com', password, role: 'seller', fullName: 'Ada Lovelace', acceptTerms: true };
const register = (change: object, headers: Record<string, string> = {}) =>
  world.request('POST', '/api/auth/register', { body: { ...valid, ...change }, headers });

test('registering answers an id, records the consent, and asks for one welcome', async () => {
  const answer = await register({ email: ' Ada@Example.com' });
  expect(answer).toMatchObject({ status: 201, body: { userId: expect.any(String) } });
  expect(Object.keys(answer.body)).toEqual(['userId']);
  const admin = openDatabase(database.adminUrl, { max: 1 });
  const [consent] = await admin`select document, ip, accepted_at = ${clock.now()} as now from consent`;
  expect(consent).toMatchObject({ document: 'terms', ip: '192.0.2.1', now: true });
  const subjects = await admin`select subject from outbox order by subject`;
  expect(subjects.map(({ subject }) => subject)).toEqual([
    'identity.notification.requested.v1',
    'identity.user.registered.v1',
  ]);
  await admin.end();
});

test('an e-mail address opens one account, in whatever spelling', async () => {
  for (const email of ['ada@example.com', 'ADA@EXAMPLE.COM', '  ada@example.com  ']) {
    expect(await register({ email })).toMatchObject({ status: 409, body: { code: 'IDENTITY_EMAIL_TAKEN' } });
  }
});

test('of many registrations at once with one address, one succeeds', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => register({ email: 'rush@example.com' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

test('a repeated Idempotency-Key replays the answer; with another body it is refused', async () => {
  const headers = { 'idempotency-key': 'register-1' };
  const first = await register({ email: 'key@example.com' }, headers);
  const again = await register({ email: 'key@example.com' }, headers);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  const other = await register({ email: 'key@example.com', password: 'another long phrase' }, headers);
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
});

test.each([
  ['terms not accepted', { acceptTerms: false }, '/acceptTerms'],
  ['terms accepted in words', { acceptTerms: 'true' }, '/acceptTerms'],
  ['terms left out', { acceptTerms: undefined }, '/acceptTerms'],
  ['an operator', { role: 'operator' }, '/role'],
  ['no e-mail address', { email: 'ada' }, '/email'],
  ['no name', { fullName: '   ' }, '/fullName'],
  ['a short password', { password: 'short' }, '/password'],
  ['a common password', { password: 'Password123' }, '/password'],
])('refuses %s and says where', async (_what, change, pointer) => {
  const admin = openDatabase(database.adminUrl, { max: 1 });
  const accounts = async () => (await admin`select id from account`).length;
  const before = await accounts();
  const answer = await register({ email: 'refused@example.com', ...change });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  expect(await accounts()).toBe(before);
  await admin.end();
});

test.each(['application/json ;charset=utf-8', 'application/json\t; x=1', 'APPLICATION/JSON', 'application/json;'])(
  'the body is validated whatever the spelling of the content type: %s',
  async (type) => {
    const body = JSON.stringify({ ...valid, email: 'type@example.com', acceptTerms: false });
    const answer = await world.request('POST', '/api/auth/register', { body, headers: { 'content-type': type } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  },
);

test('no table holds an e-mail address, name, phone, address, password or token in clear', async () => {
  const secrets = {
    email: 'plain-sight@example.com',
    fullName: 'Plainsight Visible',
    phone: '+1-555-000-7777',
    addressLine: '77 Legible Street',
    city: 'Readableville',
    password: 'a secret phrase in clear',
  };
  const headers = { 'idempotency-key': 'plain-1', 'x-clearlot-session': 'cookie' };
  const { email, fullName } = secrets;
  await register({ email, fullName, password: secrets.password }, headers);
  const login = await world.request('POST', '/api/auth/login', {
    body: { email, password: secrets.password },
    headers,
  });
  const { phone, addressLine, city } = secrets;
  const token = login.body.accessToken;
  await world.request('PUT', '/api/profile/me', { token, body: { phone, addressLine, city }, headers });
  const org = await world.request('POST', '/api/organizations', { token, body: { name: 'Open name' } });
  const invited = 'invited-in-sight@example.com';
  await world.request('POST', `/api/organizations/${org.body.organizationId}/invitations`, {
    token,
    body: { email: invited, role: 'member' },
    headers: { 'idempotency-key': 'invite-1' },
  });
  const admin = openDatabase(database.adminUrl, { max: 1 });
  const tables = await admin`select tablename from pg_tables where schemaname = 'public'`;
  let seen = '';
  for (const { tablename } of tables) {
    const rows = await admin`select encode(convert_to(t::text, 'UTF8'), 'escape') as row from ${admin(tablename)} t`;
    seen += rows.map(({ row }) => row).join('\n');
    // bytea prints as hex; a value stored unsealed would be found in it.
    seen += rows
      .map(({ row }) => Buffer.from(String(row).replaceAll(/[^0-9a-f]/g, ''), 'hex').toString('latin1'))
      .join('');
  }
  await admin.end();
  expect(seen).toContain('Open name');
  const { refreshToken, accessToken } = login.body;
  const cookie = String(login.headers['x-clearlot-session-secret']);
  expect(cookie).toHaveLength(43);
  for (const value of [...Object.values(secrets), invited, refreshToken, accessToken, cookie]) {
    expect(seen).not.toContain(value);
    expect(seen).not.toContain(Buffer.from(value).toString('hex'));
  }
});

test('a sealed value moved to another row does not open', async () => {
  const victim = await world.person('seller');
  const thief = await world.person('seller');
  const admin = openDatabase(database.adminUrl, { max: 1 });
  await admin`update account set email = (select email from account where id = ${victim.id}) where id = ${thief.id}`;
  await admin.end();
  expect((await world.request('GET', '/api/profile/me', { token: thief.token })).status).toBe(500);
});
