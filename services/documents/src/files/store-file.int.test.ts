import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@clearlot/kernel';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld } from '../test-world.ts';

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

const pdf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]);

test('the same bytes for the same purpose are stored once, for another subject or owner again', async () => {
  const [owner, subjectId, bytes] = [newId(), newId(), pdf()];
  const stored = await Promise.all(
    Array.from({ length: 4 }, () => world.store(owner, bytes, 'application/pdf', { subjectId })),
  );
  const [first] = stored;
  expect(new Set(stored.map(({ documentId }) => documentId)).size).toBe(1);
  expect(first).toMatchObject({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: BigInt(bytes.length),
  });
  const others = await Promise.all([
    world.store(owner, bytes, 'application/pdf'),
    world.store(newId(), bytes, 'application/pdf', { subjectId }),
  ]);
  expect(new Set([first, ...others].map((each) => each?.documentId)).size).toBe(3);
  expect(await world.admin`select 1 from document_event where document_id = ${first?.documentId ?? ''}`).toHaveLength(
    1,
  );
});

test('a file cannot be read from SQL, opens only in its own row, and a changed one does not verify', async () => {
  const owner = newId();
  const bytes = pdf();
  const { documentId } = await world.store(owner, bytes, 'application/pdf');
  const [row] = await world.admin<{ sealed: Buffer; retention_until: string }[]>`
    select sealed, retention_until from file where id = ${documentId}`;
  expect(row?.sealed.includes('%PDF')).toBe(false);
  expect(row?.sealed.includes(bytes.subarray(1000, 1032))).toBe(false);
  expect(row?.retention_until).toMatch(/^2033-11-21/);
  expect((await world.get(owner, `/api/documents/${documentId}`)).rawPayload.equals(bytes)).toBe(true);

  const other = await world.store(owner, pdf(), 'application/pdf');
  await world.admin`update file set sealed = ${row?.sealed ?? Buffer.alloc(0)} where id = ${other.documentId}`;
  const moved = (await world.get(owner, `/api/documents/${other.documentId}/verify`)).json();
  expect(moved).toMatchObject({ matches: false });
  const unmoved = (await world.get(owner, `/api/documents/${documentId}/verify`)).json();
  expect(unmoved).toMatchObject({ matches: true, signatures: [] });
});

test('the owner and operators see a file, everybody else finds nothing; an operator who opens it is on record', async () => {
  const owner = newId();
  const { documentId } = await world.store(owner, pdf(), 'application/pdf', { fileName: 'Grant Ł.pdf' });
  const mine = (await world.get(owner, '/api/documents/my')).json();
  expect(mine).toMatchObject([
    {
      documentId,
      dealId: null,
      type: 'holding_proof',
      title: 'Grant Ł.pdf',
      status: 'stored',
      mySignature: null,
      needsMySignature: false,
    },
  ]);
  for (const path of ['', '/details', '/verify']) {
    const strange = await world.get(newId(), `/api/documents/${documentId}${path}`);
    expect([strange.statusCode, strange.json().code]).toEqual([404, 'DOCUMENTS_NOT_FOUND']);
  }
  expect((await world.sign(owner, documentId, 'Anybody')).statusCode).toBe(404);
  const operator = newId();
  const opened = await world.get(`operator:${operator}`, `/api/documents/${documentId}`);
  expect(opened.statusCode).toBe(200);
  expect(opened.headers['content-disposition']).toBe(
    `inline; filename="Grant _.pdf"; filename*=UTF-8''Grant%20%C5%81.pdf`,
  );
  const audited = await world.admin`
    select 1 from audit_log where action = 'document.viewed_by_operator' and actor = ${operator} and entity_id = ${documentId}`;
  expect(audited).toHaveLength(1);
});

test('what a browser could misread is only ever downloaded', async () => {
  const owner = newId();
  const { documentId } = await world.store(owner, Buffer.from('proof'), 'text/plain');
  const opened = await world.get(owner, `/api/documents/${documentId}`);
  expect(opened.payload).toBe('proof');
  expect(opened.headers).toMatchObject({
    'content-type': 'text/plain',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(opened.headers['content-disposition']).toMatch(/^attachment;/);
});

test('an upload without a header, or larger than its limit, leaves nothing', async () => {
  const before = await world.admin`select 1 from file`;
  await expect(world.store(newId(), Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'text/plain')).rejects.toMatchObject({
    code: 'DOCUMENTS_FILE_TOO_LARGE',
  });
  await expect(world.store(newId(), Buffer.from('proof'), 'application/pdf')).rejects.toMatchObject({
    code: 'DOCUMENTS_FILE_TYPE_REFUSED',
  });
  await expect(world.store('nobody', Buffer.from('proof'), 'text/plain')).rejects.toMatchObject({
    code: 'DOCUMENTS_FILE_INVALID',
  });
  expect(await world.admin`select 1 from file`).toHaveLength(before.length);
});
