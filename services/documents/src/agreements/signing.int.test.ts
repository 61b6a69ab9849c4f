import { createHash } from 'node:crypto';
import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { systemActor } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, requestFor } from '../test-world.ts';
import { finishAgreements } from './finish-agreement.ts';

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

/** One agreement between two people, out for signature. */
async function issue() {
  const sellerId = world.person('Ana Maria Seller');
  const buyerId = world.person('Bob Buyer');
  const request = requestFor([{ sellerId, buyerId }]);
  await world.request(request);
  const [mine] = (await world.get(sellerId, '/api/documents/my')).json();
  return { sellerId, buyerId, request, documentId: mine.documentId as string };
}

const finish = () => finishAgreements.run(world.context(systemActor('documents.finish-agreements')));
const signedEvents = async (documentId: string) =>
  (await world.emitted(events.agreementSigned)).filter((each) => each.documentId === documentId);

describe('issuing', () => {
  test('each pair gets one agreement, each signer one notice, and the deal hears of the package once', async () => {
    const [sellerId, one, two] = [world.person('S'), world.person('B1'), world.person('B2')];
    const request = requestFor([
      { sellerId, buyerId: one },
      { sellerId, buyerId: two },
    ]);
    const messageId = newId();
    expect(await world.request(request, messageId)).toBe('handled');
    expect(await world.request(request, messageId)).toBe('duplicate');
    // The same request in a message of its own, as from a settlement that asked twice.
    expect(await world.request(request)).toBe('handled');
    const list = (await world.get(sellerId, '/api/documents/my')).json();
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({
      dealId: request.dealId,
      type: 'purchase_agreement',
      title: 'Share purchase agreement: 100 Common shares of Meridian Robotics, Inc.',
      status: 'sent',
      mySignature: 'pending',
      needsMySignature: true,
      counterpartySigned: false,
      createdAt: '2026-11-21T14:05:09.000Z',
      signedAt: null,
    });
    const packages = (await world.emitted(events.packageIssued)).filter(({ dealId }) => dealId === request.dealId);
    expect(packages).toHaveLength(1);
    expect(packages[0]?.agreements.map(({ agreementId }) => agreementId)).toEqual(
      request.agreements.map(({ agreementId }) => agreementId),
    );
    const notices = (await world.emitted(events.notification.documents)).filter(
      ({ data }) => data.dealId === request.dealId,
    );
    // Three people, three aggregates: their order is nobody's promise. Ids are in the order they were made.
    const received = notices.map(({ userId, template, data }) => [userId, template, data.count]);
    expect(received.sort()).toEqual([
      [sellerId, 'documents_ready', '2'],
      [one, 'documents_ready', '1'],
      [two, 'documents_ready', '1'],
    ]);
  });

  test('a person without a legal name stops the package before anything is stored', async () => {
    const request = requestFor([{ sellerId: newId(), buyerId: world.person('B') }]);
    await expect(world.request(request)).rejects.toMatchObject({ code: 'DOCUMENTS_LEGAL_NAME_UNKNOWN' });
    expect(await world.admin`select 1 from agreement where deal_id = ${request.dealId}`).toHaveLength(0);
  });
});

describe('signing', () => {
  test('a stranger, and an operator, cannot sign: there is no such document', async () => {
    const { documentId } = await issue();
    for (const token of [world.person('Ana Maria Seller'), `operator:${newId()}`]) {
      const answer = await world.sign(token, documentId, 'Ana Maria Seller');
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'DOCUMENTS_NOT_FOUND']);
    }
    expect(await signedEvents(documentId)).toHaveLength(0);
  });

  test('consent must be given, the name must be the legal one, and the session must be alive', async () => {
    const { documentId, sellerId } = await issue();
    expect((await world.sign(sellerId, documentId, 'Ana Maria Seller', { consent: false })).statusCode).toBe(400);
    expect((await world.sign(sellerId, documentId, 'Ana Maria Seller', { consent: 'true' })).statusCode).toBe(400);
    const answer = await world.sign(sellerId, documentId, 'Bob Buyer');
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'DOCUMENTS_NAME_MISMATCH']);
    expect((await world.sign(`ended:${sellerId}`, documentId, 'Ana Maria Seller')).statusCode).toBe(401);
    expect(await signedEvents(documentId)).toHaveLength(0);
  });

  test('signing twice answers the first signature and has one effect', async () => {
    const { documentId, sellerId } = await issue();
    const first = await world.sign(sellerId, documentId, ' ana  maria SELLER ');
    expect([first.statusCode, first.json()]).toEqual([
      200,
      { documentId, status: 'sent', signedAt: clock.now().toISOString(), complete: false },
    ]);
    clock.advance(60_000);
    const second = await world.sign(sellerId, documentId, 'Ana Maria Seller');
    expect(second.json()).toEqual(first.json());
    expect(await signedEvents(documentId)).toHaveLength(1);
    const [mine] = (await world.get(sellerId, '/api/documents/my')).json();
    expect(mine).toMatchObject({ mySignature: 'signed', needsMySignature: false, counterpartySigned: false });
  });

  test('two signers at the same moment complete the agreement exactly once', async () => {
    const agreements = await Promise.all(Array.from({ length: 6 }, issue));
    await Promise.all(
      agreements.flatMap(({ documentId, sellerId, buyerId }) => [
        world.sign(sellerId, documentId, 'Ana Maria Seller'),
        world.sign(buyerId, documentId, 'Bob Buyer'),
        world.sign(sellerId, documentId, 'Ana Maria Seller'),
      ]),
    );
    for (const { documentId, request } of agreements) {
      const signed = await signedEvents(documentId);
      expect(signed.map(({ complete }) => complete)).toEqual([false, true]);
      expect(new Set(signed.map(({ signerRole }) => signerRole))).toEqual(new Set(['seller', 'buyer']));
      expect(signed[0]?.dealId).toBe(request.dealId);
    }
  });
});

describe('the signed document', () => {
  test('is the same bytes before and after it is stored, carries the certificate, and verifies', async () => {
    const { documentId, sellerId, buyerId } = await issue();
    const shown = await world.get(buyerId, `/api/documents/${documentId}`);
    const shownSha = createHash('sha256').update(shown.rawPayload).digest('hex');
    expect(shown.headers).toMatchObject({
      'content-type': 'application/pdf',
      etag: `"${shownSha}"`,
      'x-content-type-options': 'nosniff',
    });
    await world.sign(sellerId, documentId, 'Ana Maria Seller');
    await world.sign(buyerId, documentId, 'Bob Buyer');
    const drawn = await world.get(buyerId, `/api/documents/${documentId}`);
    await finish();
    const stored = await world.get(sellerId, `/api/documents/${documentId}`);
    expect(stored.rawPayload.equals(drawn.rawPayload)).toBe(true);
    expect(stored.rawPayload.equals(shown.rawPayload)).toBe(false);
    const original = await world.get(sellerId, `/api/documents/${documentId}?version=original`);
    expect(original.rawPayload.equals(shown.rawPayload)).toBe(true);
    const cached = await world.get(sellerId, `/api/documents/${documentId}`, {
      'if-none-match': String(stored.headers.etag),
    });
    expect(cached.statusCode).toBe(304);

    const details = (await world.get(sellerId, `/api/documents/${documentId}/details`)).json();
    expect(details).toMatchObject({ status: 'signed', sha256: shownSha });
    expect(details.agreement.finalSha256).toBe(createHash('sha256').update(stored.rawPayload).digest('hex'));
    expect(details.signatures).toMatchObject([
      { role: 'seller', typedName: 'Ana Maria Seller', ip: '203.0.113.27', userAgent: 'Test browser 1.0' },
      { role: 'buyer', typedName: 'Bob Buyer', documentSha256: shownSha },
    ]);
    // Opened once by each, however often they look; what follows completion is not on the certificate.
    expect(details.trail.map(({ event, actorRole }: Record<string, string>) => `${event} ${actorRole}`)).toEqual([
      'issued clearlot',
      'viewed buyer',
      'signed seller',
      'signed buyer',
      'completed clearlot',
      'viewed buyer',
      'viewed seller',
      'viewed seller',
    ]);
    const verified = (await world.get(buyerId, `/api/documents/${documentId}/verify`)).json();
    expect(verified).toMatchObject({
      matches: true,
      sha256: shownSha,
      signatures: [{ matches: true }, { matches: true }],
    });
  });

  test('a PDF altered in the database does not verify', async () => {
    const { documentId, sellerId } = await issue();
    await world.admin`update agreement_pdf set sealed = set_byte(sealed, 400, get_byte(sealed, 400) # 1)
      where document_id = ${documentId}`;
    const verified = (await world.get(sellerId, `/api/documents/${documentId}/verify`)).json();
    expect(verified).toMatchObject({ matches: false, versions: [{ version: 'original', matches: false }] });
  });

  test('neither names nor the PDF can be read from SQL', async () => {
    const { documentId } = await issue();
    const [row] = await world.admin<{ text: string; pdf: Buffer }[]>`
      select a::text as text, p.sealed as pdf from agreement a join agreement_pdf p on p.document_id = a.id
      where a.id = ${documentId}`;
    const text = Buffer.from(
      row?.text
        .match(/\\x[0-9a-f]+/g)
        ?.map((hex) => hex.slice(2))
        .join('') ?? '',
      'hex',
    );
    expect(row?.text.includes('Ana Maria')).toBe(false);
    expect(text.includes('Ana Maria')).toBe(false);
    expect(row?.pdf.includes('%PDF')).toBe(false);
  });

  test('the application role can change neither terms, bytes, signatures nor the trail', async () => {
    const statements = [
      'update agreement set amount_minor = 1',
      'update agreement_pdf set sealed = sealed',
      'update signature set ip = ip',
      'update document_event set kind = kind',
      'delete from signature',
      'delete from document_event',
    ];
    for (const statement of statements) {
      await expect(world.parts.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('cancellation', () => {
  test('voids what is unsigned and what is complete; nothing can be signed any more', async () => {
    const { documentId, sellerId, buyerId, request } = await issue();
    await world.sign(sellerId, documentId, 'Ana Maria Seller');
    const { dealId, settlementId } = request;
    expect(await world.cancel({ dealId, settlementId, reason: 'the company withdrew' })).toBe('handled');
    const answer = await world.sign(buyerId, documentId, 'Bob Buyer');
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'DOCUMENTS_AGREEMENT_VOIDED']);
    const [mine] = (await world.get(buyerId, '/api/documents/my')).json();
    expect(mine).toMatchObject({ status: 'voided', needsMySignature: false, mySignature: null });

    const complete = await issue();
    await world.sign(complete.sellerId, complete.documentId, 'Ana Maria Seller');
    await world.sign(complete.buyerId, complete.documentId, 'Bob Buyer');
    await world.cancel({ dealId: complete.request.dealId, settlementId: complete.request.settlementId, reason: 'x' });
    const [voided] = (await world.get(complete.buyerId, '/api/documents/my')).json();
    expect(voided).toMatchObject({ status: 'voided', mySignature: 'signed' });
    const emitted = (await world.emitted(events.packageVoided)).map((each) => each.dealId);
    expect(emitted.slice(-2)).toEqual([dealId, complete.request.dealId]);
  });

  test('one that comes before its request leaves nothing to sign', async () => {
    const request = requestFor([{ sellerId: world.person('S'), buyerId: world.person('B') }]);
    const { dealId, settlementId } = request;
    await world.cancel({ dealId, settlementId, reason: 'early' });
    expect(await world.request(request)).toBe('handled');
    expect(await world.admin`select 1 from agreement where deal_id = ${dealId}`).toHaveLength(0);
    expect((await world.emitted(events.packageIssued)).some((each) => each.dealId === dealId)).toBe(false);
  });
});
