import { events } from '@clearlot/proto/events';
import { type Actor, createContext, openDatabase, type Sql } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, password, type World } from '../testing/world.ts';
import { introspectSession, mintAccessToken } from './introspect-session.ts';

const clock = fakeClock('2026-11-22T10:00:00Z');
const gateway: Actor = { kind: 'service', id: 'gateway', roles: [] };
let database: TestDatabase;
let world: World;
let admin: Sql;

beforeAll(async () => {
  database = await createTestDatabase('identity');
  world = await createWorld(database.appUrl, clock);
  admin = openDatabase(database.adminUrl, { max: 2 });
});
afterAll(async () => {
  await admin.end();
  await world.close();
  await database.drop();
});

const refresh = (refreshToken: string) => world.request('POST', '/api/auth/refresh', { body: { refreshToken } });
const sessions = (token: string) => world.request('GET', '/api/auth/sessions', { token });
const revokedOf = async (userId: string) => {
  const rows = await admin<
    { payload: Buffer }[]
  >`select payload from outbox where subject = 'identity.session.revoked.v1'`;
  return rows
    .map(({ payload }) => events.sessionRevoked.codec.decode(payload))
    .filter((each) => each.userId === userId);
};

test('a refresh answers the shape of a login and a token that works once more', async () => {
  const { id, email, refreshToken } = await world.person('buyer');
  clock.advance(1_000);
  const first = await refresh(refreshToken);
  expect(first).toMatchObject({ status: 200, body: { expiresIn: 300, user: { id, email, role: 'buyer' } } });
  expect(first.body.refreshToken).not.toBe(refreshToken);
  expect((await refresh(first.body.refreshToken)).status).toBe(200);
});

test('a used token ends the whole session: its successor is dead too, and everybody is told once', async () => {
  const { id, token, refreshToken } = await world.person('buyer');
  const stolen = await refresh(refreshToken);
  expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { code: 'IDENTITY_REFRESH_REUSED' } });
  expect(await refresh(stolen.body.refreshToken)).toMatchObject({
    status: 401,
    body: { code: 'IDENTITY_REFRESH_INVALID' },
  });
  expect(await refresh(refreshToken)).toMatchObject({ status: 401 });
  expect(await revokedOf(id)).toHaveLength(1);
  expect((await sessions(token)).body).toEqual([]);
});

test('of fifty exchanges of one token at once, exactly one wins', async () => {
  const { id, refreshToken } = await world.person('buyer');
  const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
  expect(await revokedOf(id)).toHaveLength(1);
});

test('an unknown, an expired and a logged-out token are refused', async () => {
  const invalid = { status: 401, body: { code: 'IDENTITY_REFRESH_INVALID' } };
  expect(await refresh('x'.repeat(43))).toMatchObject(invalid);
  const out = await world.person('buyer');
  expect((await world.request('POST', '/api/auth/logout', { body: { refreshToken: out.refreshToken } })).status).toBe(
    204,
  );
  expect(await refresh(out.refreshToken)).toMatchObject(invalid);
  const late = await world.person('buyer');
  clock.advance(14 * 24 * 3_600_000);
  expect(await refresh(late.refreshToken)).toMatchObject(invalid);
});

test('a session ends after thirty days however often it is refreshed', async () => {
  let { refreshToken } = await world.person('buyer');
  for (let week = 0; week < 4; week++) {
    clock.advance(7 * 24 * 3_600_000);
    const answer = await refresh(refreshToken);
    expect(answer.status).toBe(200);
    refreshToken = answer.body.refreshToken;
  }
  clock.advance(3 * 24 * 3_600_000);
  expect((await refresh(refreshToken)).status).toBe(401);
});

test('logging out by access token ends that session and no other, and is the same answer twice', async () => {
  const { id, email, token } = await world.person('buyer');
  const other = await world.signIn(email);
  for (let each = 0; each < 2; each++) {
    expect((await world.request('POST', '/api/auth/logout', { token })).status).toBe(204);
  }
  expect(await revokedOf(id)).toHaveLength(1);
  const { body } = await sessions(other.token);
  expect(body).toMatchObject([{ current: true, ip: '192.0.2.1' }]);
  expect((await world.request('POST', '/api/auth/logout')).status).toBe(204);
});

test('I see and end my sessions; those of others are not there', async () => {
  const me = await world.person('buyer');
  const other = await world.person('buyer');
  const second = await world.signIn(me.email);
  const mine = (await sessions(second.token)).body as { id: string; current: boolean }[];
  expect(mine.map(({ current }) => current)).toEqual([true, false]);
  const [theirs] = (await sessions(other.token)).body;
  const end = (id: string) => world.request('DELETE', `/api/auth/sessions/${id}`, { token: second.token });
  expect(await end(theirs.id)).toMatchObject({ status: 404, body: { code: 'IDENTITY_SESSION_NOT_FOUND' } });
  expect((await refresh(other.refreshToken)).status).toBe(200);
  expect((await end(mine[1]?.id ?? '')).status).toBe(204);
  expect((await refresh(me.refreshToken)).status).toBe(401);
  expect((await sessions(second.token)).body).toHaveLength(1);
});

test('a browser session mints tokens from its secret until it is revoked', async () => {
  const { email } = await world.person('buyer');
  const { headers, body } = await world.request('POST', '/api/auth/login', {
    body: { email, password },
    headers: { 'x-clearlot-session': 'cookie' },
  });
  const secret = String(headers['x-clearlot-session-secret']);
  const ctx = createContext(world.parts, gateway);
  clock.advance(120_000);
  const minted = await mintAccessToken(ctx, secret);
  expect((await world.request('GET', '/api/profile/me', { token: minted.accessToken })).status).toBe(200);
  expect(minted.expiresAt.getTime() - clock.now().getTime()).toBeLessThanOrEqual(300_000);
  expect((await introspectSession(ctx, minted.sessionId))?.session.lastSeenAt).toEqual(clock.now());
  await expect(mintAccessToken(ctx, 'x'.repeat(43))).rejects.toMatchObject({ code: 'IDENTITY_REFRESH_INVALID' });
  await world.request('POST', '/api/auth/logout', { token: body.accessToken });
  await expect(mintAccessToken(ctx, secret)).rejects.toMatchObject({ code: 'IDENTITY_REFRESH_INVALID' });
  expect(await introspectSession(ctx, minted.sessionId)).toBeUndefined();
});
