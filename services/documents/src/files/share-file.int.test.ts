import { newId } from '@clearlot/kernel';
import type { Actor } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld } from '../test-world.ts';
import { purposes } from './file.ts';
import { shareFile } from './share-file.ts';

const clock = fakeClock('2026-11-21T14:05:09Z');
let database: TestDatabase;
let world: Awaited<ReturnType<typeof openWorld>>;

beforeAll(async () => {
  database = await createTestDatabase('documents');
  world = await openWorld(database, clock);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const marketplace: Actor = { kind: 'service', id: 'marketplace', roles: [] };
const share = (documentId: string, readerId?: string) =>
  shareFile(world.context(marketplace), { documentId, readerId });

async function stored(purpose: (typeof purposes)[number] = 'rfq_attachment') {
  const owner = newId();
  const bytes = Buffer.from(`specification for ${owner}`);
  const { documentId } = await world.store(owner, bytes, 'text/plain', { purpose });
  return { owner, bytes, documentId };
}

/** What each of the ways to a document answers a person. */
async function seenBy(token: string, documentId: string) {
  const paths = ['', '/details', '/verify'].map((path) => `/api/documents/${documentId}${path}`);
  return Promise.all(paths.map(async (path) => (await world.get(token, path)).statusCode));
}

test('a file shared with one person is theirs to read, and for all others it does not exist', async () => {
  const { owner, bytes, documentId } = await stored();
  const [reader, stranger] = [newId(), newId()];
  expect(await seenBy(reader, documentId)).toEqual([404, 404, 404]);
  await share(documentId, reader);
  expect(await seenBy(reader, documentId)).toEqual([200, 200, 200]);
  expect((await world.get(reader, `/api/documents/${documentId}`)).rawPayload.equals(bytes)).toBe(true);
  expect((await world.get(reader, `/api/documents/${documentId}/verify`)).json()).toMatchObject({ matches: true });
  for (const other of [stranger, newId()]) expect(await seenBy(other, documentId)).toEqual([404, 404, 404]);
  expect((await world.get(stranger, `/api/documents/${documentId}`)).json().code).toBe('DOCUMENTS_NOT_FOUND');
  for (const before of [owner, `operator:${newId()}`])
    expect(await seenBy(before, documentId)).toEqual([200, 200, 200]);
});

test('a reader learns what the file is, not what its owner did', async () => {
  const { documentId } = await stored('order_document');
  const reader = newId();
  await share(documentId, reader);
  const details = (await world.get(reader, `/api/documents/${documentId}/details`)).json();
  expect(details).toMatchObject({ type: 'order_document', status: 'stored', trail: [], signatures: [] });
  expect((await world.get(reader, '/api/documents/my')).json()).toEqual([]);
});

test('a file shared with everybody is read by whoever is signed in', async () => {
  const { documentId } = await stored();
  const other = await stored();
  await share(documentId);
  for (const person of [newId(), newId()]) {
    expect(await seenBy(person, documentId)).toEqual([200, 200, 200]);
    expect(await seenBy(person, other.documentId)).toEqual([404, 404, 404]);
  }
});

test('sharing again changes nothing, with one person and with everybody', async () => {
  const { documentId } = await stored('supplier_evidence');
  const reader = newId();
  await Promise.all([share(documentId, reader), share(documentId, reader), share(documentId), share(documentId)]);
  const rows = await world.admin`select 1 from file_share where document_id = ${documentId}`;
  expect(rows).toHaveLength(2);
  const audits = await world.admin`
    select 1 from audit_log where entity_id = ${documentId} and action = 'document.shared'`;
  expect(audits).toHaveLength(2);
});

test('what people proved their own standing with is never shared', async () => {
  const reader = newId();
  for (const purpose of purposes) {
    const { documentId } = await stored(purpose);
    const isPrivate = purpose === 'holding_proof' || purpose === 'accreditation_evidence';
    const outcome = await share(documentId, reader).catch((error: { code: string; kind: string }) => error);
    if (isPrivate) expect(outcome).toMatchObject({ code: 'DOCUMENTS_FILE_PRIVATE', kind: 'forbidden' });
    expect((await seenBy(reader, documentId))[0]).toBe(isPrivate ? 404 : 200);
  }
});

test('a file that is not there and a reader without an id are refused', async () => {
  for (const id of [newId(), 'x']) {
    await expect(share(id, newId())).rejects.toMatchObject({ code: 'DOCUMENTS_NOT_FOUND', kind: 'missing' });
  }
  const { documentId } = await stored();
  await expect(share(documentId, 'somebody')).rejects.toMatchObject({
    code: 'DOCUMENTS_FILE_INVALID',
    kind: 'invalid',
  });
  expect(await world.admin`select 1 from file_share where document_id = ${documentId}`).toHaveLength(0);
});
