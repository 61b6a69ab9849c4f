import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendDueMail } from '../mail/send-due-mail.ts';
import { createWorld, system, type World } from '../testing/world.ts';

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

const base = '/api/organizations';
const found = async (token: string) =>
  (await world.request('POST', base, { token, body: { name: 'Acme Holdings' } })).body.organizationId as string;
const invite = (org: string, token: string, email: string, role = 'member') =>
  world.request('POST', `${base}/${org}/invitations`, { token, body: { email, role } });
const accept = (token: string, invitation: string) =>
  world.request('POST', `${base}/invitations/accept`, { token, body: { token: invitation } });
const members = (org: string, token: string) => world.request('GET', `${base}/${org}/members`, { token });
const member = (method: 'PUT' | 'DELETE', org: string, userId: string, token: string, role = 'member') =>
  world.request(method, `${base}/${org}/members/${userId}`, { token, ...(method === 'PUT' ? { body: { role } } : {}) });

/** The token in the newest invitation mailed to an address. */
async function mailedToken(address: string): Promise<string> {
  await sendDueMail(world.as(system));
  const mail = world.sent.findLast(({ to }) => to.address === address);
  const url = new URL(mail?.text.match(/https:\S+/)?.[0] ?? 'https://nothing.example');
  expect(url.origin).toBe('https://clearlot.example');
  return url.searchParams.get('token') ?? '';
}

async function join(org: string, owner: string, role: string) {
  const person = await world.person('buyer');
  await invite(org, owner, person.email, role);
  expect((await accept(person.token, await mailedToken(person.email))).status).toBe(200);
  return person;
}

test('a founder owns the organization; nobody outside learns that it exists', async () => {
  const owner = await world.person('seller');
  const stranger = await world.person('seller');
  const org = await found(owner.token);
  const mine = await world.request('GET', `${base}/my`, { token: owner.token });
  expect(mine.body).toMatchObject([{ organizationId: org, name: 'Acme Holdings', role: 'owner' }]);
  expect((await members(org, owner.token)).body).toMatchObject([
    { userId: owner.id, email: owner.email, role: 'owner' },
  ]);
  const missing = { status: 404, body: { code: 'IDENTITY_ORGANIZATION_NOT_FOUND' } };
  expect(await members(org, stranger.token)).toMatchObject(missing);
  expect(await invite(org, stranger.token, 'friend@example.com')).toMatchObject(missing);
  expect(await member('PUT', org, owner.id, stranger.token)).toMatchObject(missing);
  expect(await member('DELETE', org, owner.id, stranger.token)).toMatchObject(missing);
  expect((await world.request('GET', `${base}/my`, { token: stranger.token })).body).toEqual([]);
});

test('only the invited address accepts, once, and is a member then', async () => {
  const owner = await world.person('seller');
  const invited = await world.person('buyer');
  const other = await world.person('buyer');
  const org = await found(owner.token);
  expect(await invite(org, owner.token, ` ${invited.email.toUpperCase()}`)).toMatchObject({ status: 201 });
  const token = await mailedToken(invited.email);
  const unknown = { status: 404, body: { code: 'IDENTITY_INVITATION_NOT_FOUND' } };
  expect(await accept(other.token, token)).toMatchObject(unknown);
  expect(await accept(invited.token, 'x'.repeat(43))).toMatchObject(unknown);
  const answers = await Promise.all(Array.from({ length: 5 }, () => accept(invited.token, token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  expect((await members(org, invited.token)).body).toHaveLength(2);
});

test('an invitation expires after a week, and a newer one replaces it', async () => {
  const owner = await world.person('seller');
  const invited = await world.person('buyer');
  const org = await found(owner.token);
  await invite(org, owner.token, invited.email);
  const first = await mailedToken(invited.email);
  clock.advance(1_000);
  await invite(org, owner.token, invited.email);
  const second = await mailedToken(invited.email);
  const expired = { status: 409, body: { code: 'IDENTITY_INVITATION_EXPIRED' } };
  expect(await accept(invited.token, first)).toMatchObject(expired);
  clock.advance(7 * 24 * 3_600_000);
  const fresh = await world.signIn(invited.email);
  expect(await accept(fresh.token, second)).toMatchObject(expired);
});

test('roles decide who may invite, change and remove whom', async () => {
  const owner = await world.person('seller');
  const org = await found(owner.token);
  const admin = await join(org, owner.token, 'admin');
  const plain = await join(org, owner.token, 'member');
  const forbidden = { status: 403, body: { code: 'IDENTITY_ORGANIZATION_ROLE' } };
  expect(await invite(org, plain.token, 'x@example.com')).toMatchObject(forbidden);
  expect(await invite(org, admin.token, 'x@example.com', 'admin')).toMatchObject(forbidden);
  expect((await invite(org, admin.token, 'x@example.com', 'member')).status).toBe(201);
  expect(await member('PUT', org, plain.id, admin.token, 'admin')).toMatchObject(forbidden);
  expect(await member('PUT', org, admin.id, admin.token, 'owner')).toMatchObject(forbidden);
  expect(await member('DELETE', org, owner.id, admin.token)).toMatchObject(forbidden);
  expect(await member('DELETE', org, admin.id, plain.token)).toMatchObject(forbidden);
  expect((await member('PUT', org, plain.id, owner.token, 'admin')).body).toEqual({ userId: plain.id, role: 'admin' });
  expect((await member('DELETE', org, admin.id, admin.token)).status).toBe(204);
  expect((await members(org, admin.token)).status).toBe(404);
  expect(await member('DELETE', org, admin.id, owner.token)).toMatchObject({
    status: 404,
    body: { code: 'IDENTITY_MEMBER_NOT_FOUND' },
  });
});

test('an organization keeps an owner, also when two owners leave at once', async () => {
  const owner = await world.person('seller');
  const org = await found(owner.token);
  const last = { status: 409, body: { code: 'IDENTITY_ORGANIZATION_LAST_OWNER' } };
  expect(await member('DELETE', org, owner.id, owner.token)).toMatchObject(last);
  expect(await member('PUT', org, owner.id, owner.token, 'member')).toMatchObject(last);
  const second = await join(org, owner.token, 'owner');
  const leaving = await Promise.all([
    member('DELETE', org, owner.id, owner.token),
    member('DELETE', org, second.id, second.token),
  ]);
  expect(leaving.map(({ status }) => status).sort()).toEqual([204, 409]);
});
