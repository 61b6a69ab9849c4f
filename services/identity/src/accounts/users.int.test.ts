import { openDatabase } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOperator } from '../create-operator.ts';
import { createWorld, password, type World } from '../testing/world.ts';

const clock = fakeClock('2026-11-22T10:00:00Z');
let database: TestDatabase;
let world: World;
let operator: { id: string; token: string };

const admin = { email: 'Admin@Clearlot.example', password: 'operators need phrases', fullName: 'Olga Operator' };
const seed = (change: object = {}) =>
  createOperator({ databaseUrl: database.appUrl, piiKey: world.piiKey, ...admin, ...change });

beforeAll(async () => {
  database = await createTestDatabase('identity');
  world = await createWorld(database.appUrl, clock);
  const { userId } = await seed();
  operator = { id: userId, ...(await world.signIn('admin@clearlot.example', admin.password)) };
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const get = (url: string, token?: string) => world.request('GET', url, { token });
const setStatus = (id: string, status: string, token: string) =>
  world.request('PUT', `/api/admin/users/${id}`, { body: { status }, token });

test('seeding an operator again, also many times at once, changes nothing', async () => {
  const again = await Promise.all([seed(), seed(), seed({ password: 'a quite different phrase' })]);
  expect(again).toEqual(Array(3).fill({ userId: operator.id, created: false }));
  expect((await get('/api/profile/me', operator.token)).body).toMatchObject({
    role: 'operator',
    email: 'admin@clearlot.example',
    fullName: 'Olga Operator',
  });
  const { email } = await world.person('seller');
  await expect(seed({ email })).rejects.toMatchObject({ code: 'IDENTITY_EMAIL_TAKEN' });
  await expect(seed({ email: 'weak@clearlot.example', password: 'weak' })).rejects.toMatchObject({
    code: 'IDENTITY_PASSWORD_WEAK',
  });
});

test('I change the fields I send, null clears one, and the rest stays', async () => {
  const { id, email, token } = await world.person('seller');
  const put = (body: object) => world.request('PUT', '/api/profile/me', { body, token });
  await put({ phone: '+1 555 0100', addressLine: '1 Main Street', city: 'Springfield', taxCountry: 'US' });
  const { body } = await put({
    fullName: ' Ada King ',
    city: null,
    role: 'operator',
    email: 'other@example.com',
    id: 'x',
  });
  expect(body).toMatchObject({ id, email, role: 'seller', fullName: 'Ada King', phone: '+1 555 0100', city: null });
  expect((await get('/api/profile/me', token)).body).toEqual(body);
  expect((await put({ fullName: '' })).status).toBe(400);
  expect((await put({ phone: 5 })).status).toBe(400);
});

test('the export holds what is known of me and nothing secret', async () => {
  const { id, email, token } = await world.person('buyer');
  await world.request('POST', '/api/accreditations', {
    body: { basis: 'income', attestation: true, details: { income: 300_000 } },
    token,
  });
  const { status, body } = await get('/api/profile/me/export', token);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    profile: { id, email },
    consents: [{ document: 'terms' }],
    sessions: [{ userId: id }],
    accreditations: [{ basis: 'income', details: { income: 300_000 } }],
  });
  expect(JSON.stringify(body)).not.toMatch(/argon2|Hash|login|"data"/);
});

test('operators list people in pages, by role and by exact e-mail; nobody else does', async () => {
  const { id, email, token } = await world.person('seller');
  for (const stranger of [token, undefined]) {
    expect([401, 403]).toContain((await get('/api/admin/users', stranger)).status);
    expect([401, 403]).toContain((await setStatus(id, 'suspended', stranger ?? '')).status);
  }
  const found = await get(`/api/admin/users?q=${encodeURIComponent(email.toUpperCase())}`, operator.token);
  expect(found.body.items).toMatchObject([{ id, email, role: 'seller', status: 'active' }]);
  expect((await get('/api/admin/users?q=person', operator.token)).body.items).toEqual([]);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await get(`/api/admin/users?limit=2${cursor ? `&cursor=${cursor}` : ''}`, operator.token);
    seen.push(...page.body.items.map((item: { id: string }) => item.id));
    cursor = page.body.nextCursor;
  }
  expect(seen).toContain(id);
  expect(seen).toContain(operator.id);
  expect(new Set(seen).size).toBe(seen.length);
  const operators = await get('/api/admin/users?role=operator', operator.token);
  expect(operators.body.items).toMatchObject([{ id: operator.id }]);
});

test('suspending ends every session at once and refuses new ones until reinstated', async () => {
  const { id, email, refreshToken } = await world.person('buyer');
  const second = await world.signIn(email);
  expect((await setStatus(id, 'suspended', operator.token)).body).toEqual({ id, status: 'suspended' });
  for (const token of [refreshToken, second.refreshToken]) {
    const answer = await world.request('POST', '/api/auth/refresh', { body: { refreshToken: token } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'IDENTITY_REFRESH_INVALID' } });
  }
  const login = () => world.request('POST', '/api/auth/login', { body: { email, password } });
  expect(await login()).toMatchObject({ status: 403, body: { code: 'IDENTITY_ACCOUNT_SUSPENDED' } });
  expect((await setStatus(id, 'active', operator.token)).status).toBe(200);
  // The sessions stay ended: only a new login helps.
  const old = await world.request('POST', '/api/auth/refresh', { body: { refreshToken } });
  expect(old.status).toBe(401);
  expect((await login()).status).toBe(200);
});

test('a suspended account refreshes and signs in nowhere, even if a session was left over', async () => {
  const { id, refreshToken } = await world.person('buyer');
  const owner = openDatabase(database.adminUrl, { max: 1 });
  await owner`update account set status = 'suspended' where id = ${id}`;
  await owner.end();
  expect((await world.request('POST', '/api/auth/refresh', { body: { refreshToken } })).status).toBe(401);
});

test('an operator cannot suspend themselves or nobody', async () => {
  expect(await setStatus(operator.id, 'suspended', operator.token)).toMatchObject({ status: 409 });
  const nobody = '01a200c4-8fff-77c6-adaa-75af7e752bb1';
  expect(await setStatus(nobody, 'suspended', operator.token)).toMatchObject({ status: 404 });
});

test('a live route refuses a token whose session has ended, though the token is still valid', async () => {
  const { token } = await world.signIn('admin@clearlot.example', admin.password);
  const { id } = await world.person('buyer');
  await world.request('POST', '/api/auth/logout', { token });
  expect(await setStatus(id, 'suspended', token)).toMatchObject({ status: 401, body: { code: 'SESSION_REVOKED' } });
});
