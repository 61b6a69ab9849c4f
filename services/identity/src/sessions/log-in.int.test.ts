import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
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

const logIn = (email: string, secret: string, ip?: string) =>
  world.request('POST', '/api/auth/login', { body: { email, password: secret }, ...(ip ? { ip } : {}) });
const refused = { status: 401, body: { code: 'IDENTITY_CREDENTIALS_INVALID' } };
const locked = { status: 429, body: { code: 'IDENTITY_LOGIN_LOCKED' } };

test('a login answers a pair of tokens and who signed in', async () => {
  const { id, email } = await world.person('buyer');
  const { status, body, headers } = await logIn(email.toUpperCase(), password);
  expect(status).toBe(200);
  expect(body).toEqual({
    accessToken: expect.any(String),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    expiresIn: 300,
    user: { id, email, role: 'buyer' },
  });
  expect(headers).not.toHaveProperty('x-clearlot-session-secret');
  const nowS = clock.now().getTime() / 1000;
  expect(decodeProtectedHeader(body.accessToken)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test-1' });
  expect(decodeJwt(body.accessToken)).toEqual({
    iss: 'clearlot-identity',
    aud: 'clearlot',
    sub: id,
    sid: expect.any(String),
    roles: ['buyer'],
    auth_time: nowS,
    iat: nowS,
    exp: nowS + 300,
  });
});

test('the published keys hold nothing private', async () => {
  const { body } = await world.request('GET', '/.well-known/jwks.json');
  expect(body.keys).toHaveLength(1);
  expect(body.keys[0]).toMatchObject({ kid: 'test-1', kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
  expect(body.keys[0]).not.toHaveProperty('d');
});

test('forged tokens are refused: no algorithm, a public key as HMAC secret, another type, audience or key, expired', async () => {
  const { token } = await world.person('buyer');
  const claims = decodeJwt(token);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { body: jwks } = await world.request('GET', '/.well-known/jwks.json');
  const hmac = new TextEncoder().encode(JSON.stringify(jwks.keys[0]));
  const sign = (header: object, change: object, key: Parameters<SignJWT['sign']>[0]) =>
    new SignJWT({ ...claims, ...change })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test-1', ...header })
      .sign(key);
  const own = world.accessTokenKey;
  const nowS = clock.now().getTime() / 1000;
  const forged = [
    `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims)}.`,
    `${encode({ alg: 'none', typ: 'at+jwt', kid: 'test-1' })}.${encode(claims)}.${token.split('.')[2]}`,
    await sign({ alg: 'HS256' }, {}, hmac),
    await sign({ typ: 'JWT' }, {}, own),
    await sign({}, { aud: 'elsewhere' }, own),
    await sign({}, { iss: 'elsewhere' }, own),
    await sign({}, { exp: nowS - 1 }, own),
    `${token.split('.')[0]}.${encode({ ...claims, roles: ['operator'] })}.${token.split('.')[2]}`,
  ];
  const control = await sign({}, {}, own);
  expect((await world.request('GET', '/api/profile/me', { token: control })).status).toBe(200);
  for (const [index, each] of forged.entries()) {
    expect((await world.request('GET', '/api/profile/me', { token: each })).status, `token ${index}`).toBe(401);
  }
});

test('an unknown e-mail and a wrong password are the same answer after the same time', async () => {
  const { email } = await world.person('buyer');
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 12; round++) {
    for (const [kind, who] of [
      ['known', email],
      ['unknown', `nobody-${round}@example.com`],
    ] as const) {
      const started = performance.now();
      const answer = await logIn(who, 'not the right phrase', `198.51.100.${round}`);
      times[kind].push(performance.now() - started);
      expect(answer).toMatchObject(refused);
      const { traceId: _traceId, ...rest } = answer.body;
      expect(rest).toEqual({
        type: expect.any(String),
        title: expect.any(String),
        detail: rest.title,
        status: 401,
        code: 'IDENTITY_CREDENTIALS_INVALID',
      });
    }
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[6] ?? 0;
  const ratio = median(times.known) / median(times.unknown);
  // Without the hash for nobody the unknown ones would take less than a third.
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test('repeated failures lock the address for this network, longer each time, and nobody else', async () => {
  const { email } = await world.person('buyer');
  const attacker = '203.0.113.66';
  for (let each = 0; each < 5; each++) expect(await logIn(email, 'guess after guess', attacker)).toMatchObject(refused);
  const first = await logIn(email, password, attacker);
  expect(first).toMatchObject(locked);
  expect(first.headers['retry-after']).toBe('30');
  expect(first.body.detail).toContain('30');
  // The owner elsewhere is not concerned, nor is another account here.
  expect((await logIn(email, password, '203.0.113.1')).status).toBe(200);
  expect(await logIn('somebody-else@example.com', 'guess', attacker)).toMatchObject(refused);
  clock.advance(30_000);
  expect(await logIn(email, 'one more guess', attacker)).toMatchObject(refused);
  expect((await logIn(email, password, attacker)).headers['retry-after']).toBe('60');
  clock.advance(60_000);
  expect((await logIn(email, password, attacker)).status).toBe(200);
  // Success forgets: the next mistake is free again.
  expect(await logIn(email, 'a slip of the finger', attacker)).toMatchObject(refused);
  expect((await logIn(email, password, attacker)).status).toBe(200);
});

test('an address nobody has locks the same way', async () => {
  for (let each = 0; each < 5; each++) await logIn('nobody@example.com', 'guess', '203.0.113.67');
  expect(await logIn('nobody@example.com', 'guess', '203.0.113.67')).toMatchObject(locked);
});

test('many guesses at once learn no more than one after the other', async () => {
  const { email } = await world.person('buyer');
  const ip = '203.0.113.68';
  const answers = await Promise.all(Array.from({ length: 40 }, () => logIn(email, 'guess all at once', ip)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(35);
});

test('a spoofed forwarding header does not choose whom the lock is for beyond what the gateway passes on', async () => {
  const { email } = await world.person('buyer');
  for (let each = 0; each < 5; each++) await logIn(email, 'guess', '203.0.113.69');
  const spoofed = await world.request('POST', '/api/auth/login', {
    body: { email, password },
    ip: '203.0.113.69',
    headers: { 'x-real-ip': '8.8.8.8', forwarded: 'for=8.8.8.8', 'x-forwarded-host': 'evil.test' },
  });
  expect(spoofed).toMatchObject(locked);
});

test('a cookie session is minted from its secret and from nothing else', async () => {
  const { email } = await world.person('buyer');
  const { headers } = await world.request('POST', '/api/auth/login', {
    body: { email, password },
    headers: { 'x-clearlot-session': 'cookie' },
  });
  expect(headers['x-clearlot-session-secret']).toMatch(/^[\w-]{43}$/);
});

test('credentials of the wrong shape are refused before any work', async () => {
  for (const body of [
    {},
    { email: 1, password },
    { email: 'a@example.com' },
    { email: ['a'], password: { $ne: '' } },
    [],
  ]) {
    expect((await world.request('POST', '/api/auth/login', { body })).status).toBe(400);
  }
});
