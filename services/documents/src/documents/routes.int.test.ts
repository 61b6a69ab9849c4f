import { newId } from '@clearlot/kernel';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsRpcs } from '../grpc.ts';
import { openWorld, requestFor } from '../test-world.ts';

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

async function issue(count: number) {
  const sellerId = world.person('Ana Seller');
  const buyers = Array.from({ length: count }, () => world.person('Bob Buyer'));
  const request = requestFor(buyers.map((buyerId) => ({ sellerId, buyerId })));
  await world.request(request);
  const mine = (await world.get(sellerId, '/api/documents/my')).json() as { documentId: string }[];
  return { sellerId, buyers, request, ids: mine.map(({ documentId }) => documentId) };
}

test('a party of one agreement finds nothing of the others of the deal', async () => {
  const { buyers, ids } = await issue(2);
  const [buyer = ''] = buyers;
  const seen = (await world.get(buyer, '/api/documents/my')).json() as { documentId: string }[];
  expect(seen).toHaveLength(1);
  const hidden = ids.filter((id) => id !== seen[0]?.documentId);
  for (const path of ['', '/details', '/verify', '?version=original']) {
    for (const id of hidden) expect((await world.get(buyer, `/api/documents/${id}${path}`)).statusCode).toBe(404);
  }
});

test('row-level security alone hides agreements, bytes, signatures and trails from strangers', async () => {
  await issue(1);
  const stranger = world.context({ kind: 'user', id: newId(), roles: ['buyer'] });
  for (const table of ['agreement', 'agreement_pdf', 'signature', 'document_event', 'file', 'settlement_package']) {
    const rows = await stranger.read(({ sql }) => sql.unsafe(`select 1 from ${table}`));
    expect([table, rows.length]).toEqual([table, 0]);
  }
});

test('operators page through all documents of a deal, newest first, with who has signed', async () => {
  const { sellerId, request, ids } = await issue(5);
  await world.sign(sellerId, ids[0] ?? '', 'Ana Seller');
  const operator = `operator:${newId()}`;
  const collected: { documentId: string; signatures: { role: string }[] }[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `dealId=${request.dealId}&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const page = (await world.get(operator, `/api/admin/documents?${query}`)).json();
    collected.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(collected.map(({ documentId }) => documentId).sort()).toEqual([...ids].sort());
  expect(collected.find(({ documentId }) => documentId === ids[0])?.signatures).toMatchObject([
    { role: 'seller', signerId: sellerId },
  ]);
  const signed = (await world.get(operator, `/api/admin/documents?dealId=${request.dealId}&status=signed`)).json();
  expect(signed.items).toEqual([]);
  expect((await world.get(sellerId, '/api/admin/documents')).statusCode).toBe(403);
  expect((await world.get(operator, '/api/admin/documents?cursor=x')).json()).toMatchObject({ code: 'CURSOR_INVALID' });
});

test('operators read details and the PDF without appearing in the trail', async () => {
  const { ids } = await issue(1);
  const operator = newId();
  const answer = await world.get(`operator:${operator}`, `/api/documents/${ids[0]}`);
  expect(answer.payload.startsWith('%PDF-')).toBe(true);
  const details = (await world.get(`operator:${operator}`, `/api/documents/${ids[0]}/details`)).json();
  expect(details.agreement).toMatchObject({
    seller: { name: 'Ana Seller' },
    shares: 100,
    pricePerShare: 25,
    amount: 2500,
    currency: 'USD',
  });
  expect(details.trail.map(({ event }: { event: string }) => event)).toEqual(['issued']);
  const audited = await world.admin`
    select 1 from audit_log where action = 'document.viewed_by_operator' and actor = ${operator}`;
  expect(audited).toHaveLength(1);
});

test('other services learn which agreements of a deal are signed by whom', async () => {
  const { sellerId, request, ids } = await issue(2);
  await world.sign(sellerId, ids[0] ?? '', 'Ana Seller');
  const service = world.context({ kind: 'service', id: 'deals', roles: [] });
  const answer = (await documentsRpcs.rpcs.listDealAgreements?.action(service, { dealId: request.dealId })) as {
    agreements: { documentId: string; status: string; signatures: { signerId: string }[] }[];
  };
  expect(answer.agreements).toHaveLength(2);
  const [first] = answer.agreements.filter(({ documentId }) => documentId === ids[0]);
  expect(first).toMatchObject({ status: 'sent', signatures: [{ signerId: sellerId, signerRole: 'seller' }] });
});
