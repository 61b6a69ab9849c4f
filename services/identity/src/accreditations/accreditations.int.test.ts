import { events } from '@clearlot/proto/events';
import { type Actor, createContext, openDatabase } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOperator } from '../create-operator.ts';
import { createWorld, type World } from '../testing/world.ts';
import { getEligibility } from './get-eligibility.ts';

const clock = fakeClock('2026-11-22T10:00:00Z');
const deals: Actor = { kind: 'service', id: 'deals', roles: [] };
let database: TestDatabase;
let world: World;
let operator: string;

const signInOperator = async () => {
  ({ token: operator } = await world.signIn('admin@clearlot.example', 'operators need phrases'));
};

beforeAll(async () => {
  database = await createTestDatabase('identity');
  world = await createWorld(database.appUrl, clock);
  await createOperator({
    databaseUrl: database.appUrl,
    piiKey: world.piiKey,
    email: 'admin@clearlot.example',
    password: 'operators need phrases',
    fullName: 'Olga Operator',
  });
  await signInOperator();
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const submit = (token: string, body: object = {}) =>
  world.request('POST', '/api/accreditations', { token, body: { basis: 'income', attestation: true, ...body } });
const decide = (id: string, status: string, token = operator) =>
  world.request('PUT', `/api/admin/accreditations/${id}`, { token, body: { status, notes: 'seen' } });
const eligibility = async (userId: string, accreditationId?: string) =>
  (await getEligibility(createContext(world.parts, deals), { userIds: [userId], accreditationId }))[0];

function upload(id: string, token: string, bytes: Buffer) {
  const boundary = 'clearlot-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="w2.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  return world.request('POST', `/api/accreditations/${id}/documents`, {
    token,
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
}

test('a buyer attests, an operator verifies, and the verification holds for twelve months', async () => {
  const { id, email, token } = await world.person('buyer');
  const submitted = await submit(token, { details: { annualIncome: 300_000 } });
  expect(submitted).toMatchObject({ status: 201, body: { status: 'submitted' } });
  const { accreditationId } = submitted.body;
  expect(await eligibility(id)).toMatchObject({
    accreditationId,
    accreditationStatus: 'submitted',
    accountActive: true,
  });
  const listed = await world.request('GET', '/api/admin/accreditations?status=submitted', { token: operator });
  expect(listed.body.items[0]).toMatchObject({
    accreditationId,
    userId: id,
    email,
    details: { annualIncome: 300_000 },
  });
  const decided = await decide(accreditationId, 'verified');
  expect(decided).toMatchObject({ status: 200, body: { status: 'verified', expiresAt: '2027-11-22T10:00:00.000Z' } });
  expect(await eligibility(id, accreditationId)).toMatchObject({ accreditationStatus: 'verified' });
  const mine = await world.request('GET', '/api/accreditations/my', { token });
  expect(mine.body).toMatchObject([{ accreditationId, status: 'verified', basis: 'income', notes: 'seen' }]);
  const admin = openDatabase(database.adminUrl, { max: 1 });
  const facts = await admin<{ payload: Buffer }[]>`
    select payload from outbox where subject = 'identity.accreditation.decided.v1'`;
  expect(facts.map(({ payload }) => events.accreditationDecided.codec.decode(payload))).toMatchObject([
    { accreditationId, userId: id, status: 'verified', expiresAt: new Date('2027-11-22T10:00:00Z') },
  ]);
  await admin.end();

  clock.advance(365 * 24 * 3_600_000);
  expect(await eligibility(id, accreditationId)).toMatchObject({ accreditationStatus: 'expired' });
  const again = await world.signIn(email);
  const later = await world.request('GET', '/api/accreditations/my', { token: again.token });
  expect(later.body).toMatchObject([{ status: 'expired' }]);
  await signInOperator();
});

test('what is not attested, not a buyer, or of an unknown basis is refused and nothing is recorded', async () => {
  const { id, token } = await world.person('buyer');
  for (const body of [{ attestation: false }, { attestation: 'true' }, { attestation: undefined }, { basis: 'luck' }]) {
    expect((await submit(token, body)).status).toBe(400);
  }
  const seller = await world.person('seller');
  expect(await submit(seller.token)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  expect(await eligibility(id)).toMatchObject({ accreditationStatus: 'none', accreditationId: '' });
});

test('a second submission on the same basis waits for the first; another basis does not', async () => {
  const { token } = await world.person('buyer');
  const first = await submit(token);
  expect(await submit(token)).toMatchObject({ status: 409, body: { code: 'IDENTITY_ACCREDITATION_PENDING' } });
  expect((await submit(token, { basis: 'net_worth' })).status).toBe(201);
  await decide(first.body.accreditationId, 'rejected');
  expect((await submit(token)).status).toBe(201);
});

test('a decision is made once: rejected stays, verified can only be revoked', async () => {
  const { id, token } = await world.person('buyer');
  const { accreditationId } = (await submit(token)).body;
  expect((await decide(accreditationId, 'verified')).status).toBe(200);
  expect(await decide(accreditationId, 'verified')).toMatchObject({ status: 409 });
  expect((await decide(accreditationId, 'rejected')).status).toBe(200);
  expect(await eligibility(id)).toMatchObject({ accreditationStatus: 'rejected' });
  expect(await decide(accreditationId, 'verified')).toMatchObject({
    status: 409,
    body: { code: 'STATE_TRANSITION_ILLEGAL' },
  });
  expect((await decide(accreditationId, 'verified', token)).status).toBe(403);
  expect((await decide('01a200c4-8fff-77c6-adaa-75af7e752bb1', 'verified')).status).toBe(404);
});

test('of two operators deciding differently at once, both moves follow the table', async () => {
  const { token } = await world.person('buyer');
  const { accreditationId } = (await submit(token)).body;
  const answers = await Promise.all(Array.from({ length: 8 }, () => decide(accreditationId, 'verified')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('somebody else’s accreditation counts as none for me, and suspended people are not active', async () => {
  const me = await world.person('buyer');
  const other = await world.person('buyer');
  const { accreditationId } = (await submit(other.token)).body;
  await decide(accreditationId, 'verified');
  expect(await eligibility(me.id, accreditationId)).toMatchObject({ accreditationStatus: 'none', accreditationId: '' });
  const both = await getEligibility(createContext(world.parts, deals), { userIds: [me.id, other.id] });
  expect(both.map((each) => each.accreditationStatus)).toEqual(['none', 'verified']);
  expect(await eligibility('not-an-id')).toMatchObject({ accreditationStatus: 'none', accountActive: false });
  await world.request('PUT', `/api/admin/users/${other.id}`, { token: operator, body: { status: 'suspended' } });
  expect(await eligibility(other.id)).toMatchObject({ accreditationStatus: 'verified', accountActive: false });
});

test('evidence travels whole to documents and is linked to my undecided accreditation only', async () => {
  const { id, token } = await world.person('buyer');
  const stranger = await world.person('buyer');
  const { accreditationId } = (await submit(token)).body;
  const bytes = Buffer.alloc(200_000, 'evidence ');
  const answer = await upload(accreditationId, token, bytes);
  expect(answer).toMatchObject({ status: 201, body: { fileName: 'w2.pdf', sizeBytes: bytes.length } });
  expect(world.stored.at(-1)).toMatchObject({
    header: { ownerId: id, purpose: 'accreditation_evidence', subjectId: accreditationId, fileName: 'w2.pdf' },
    bytes,
  });
  const mine = await world.request('GET', '/api/accreditations/my', { token });
  expect(mine.body[0].documents).toEqual([answer.body]);
  const before = world.stored.length;
  expect((await upload(accreditationId, stranger.token, bytes)).status).toBe(404);
  await decide(accreditationId, 'verified');
  expect(await upload(accreditationId, token, bytes)).toMatchObject({
    status: 409,
    body: { code: 'IDENTITY_ACCREDITATION_DECIDED' },
  });
  expect(world.stored).toHaveLength(before);
});
