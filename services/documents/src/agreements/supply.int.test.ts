import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { systemActor } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsRpcs } from '../grpc.ts';
import { openWorld, requestFor } from '../test-world.ts';
import { contractFor } from './contract.fixture.ts';
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

/** One supply agreement, out for signature. */
async function issue() {
  const [sellerId, buyerId] = [world.person('Ana Maria Seller'), world.person('Bob Buyer')];
  const request = contractFor(sellerId, buyerId);
  await world.requestContract(request);
  const [mine] = (await world.get(sellerId, '/api/documents/my')).json();
  return { sellerId, buyerId, request, contractId: request.contractId, documentId: mine.documentId as string };
}

test('a contract gets one agreement, each signer one notice, and the contract hears of it once', async () => {
  const [sellerId, buyerId] = [world.person('Ana'), world.person('Bob')];
  const request = contractFor(sellerId, buyerId);
  const { contractId } = request;
  const messageId = newId();
  expect(await world.requestContract(request, messageId)).toBe('handled');
  expect(await world.requestContract(request, messageId)).toBe('duplicate');
  expect(await world.requestContract(request)).toBe('handled');
  for (const person of [sellerId, buyerId]) {
    expect((await world.get(person, '/api/documents/my')).json()).toMatchObject([
      {
        dealId: contractId,
        type: 'supply_agreement',
        title: 'Supply agreement: Carbonate for the Leipzig line, Salar del Sur Litio S.A.',
        status: 'sent',
        needsMySignature: true,
      },
    ]);
  }
  const packages = (await world.emitted(events.packageIssued)).filter(({ dealId }) => dealId === contractId);
  expect(packages).toMatchObject([
    { dealId: contractId, settlementId: contractId, agreements: [{ agreementId: contractId, sellerId, buyerId }] },
  ]);
  const notices = (await world.emitted(events.notification.documents)).filter(({ data }) => data.dealId === contractId);
  expect(new Set(notices.map(({ userId }) => userId))).toEqual(new Set([sellerId, buyerId]));
  expect(notices.map(({ template, data }) => [template, data.dealName, data.count])).toEqual([
    ['documents_ready', 'Carbonate for the Leipzig line', '1'],
    ['documents_ready', 'Carbonate for the Leipzig line', '1'],
  ]);
});

test('it is signed, certified and verified as every agreement is, and the contract hears of each signature', async () => {
  const { documentId, contractId, sellerId, buyerId } = await issue();
  const shown = await world.get(sellerId, `/api/documents/${documentId}`);
  expect(shown.headers['content-disposition']).toContain(`supply-agreement-${contractId.slice(0, 8)}.pdf`);
  await world.sign(sellerId, documentId, 'Ana Maria Seller');
  expect((await world.sign(buyerId, documentId, 'Bob Buyer')).json()).toMatchObject({
    status: 'signed',
    complete: true,
  });
  const signed = (await world.emitted(events.agreementSigned)).filter(({ dealId }) => dealId === contractId);
  expect(signed.map((each) => [each.agreementId, each.signerRole, each.complete])).toEqual([
    [contractId, 'seller', false],
    [contractId, 'buyer', true],
  ]);
  const drawn = await world.get(buyerId, `/api/documents/${documentId}`);
  await finishAgreements.run(world.context(systemActor('documents.finish-agreements')));
  const stored = await world.get(sellerId, `/api/documents/${documentId}`);
  expect(stored.rawPayload.equals(drawn.rawPayload)).toBe(true);
  expect((await world.get(buyerId, `/api/documents/${documentId}/verify`)).json()).toMatchObject({
    matches: true,
    versions: [{ version: 'original' }, { version: 'final' }],
    signatures: [{ matches: true }, { matches: true }],
  });
  const answer = await documentsRpcs.rpcs.listDealAgreements?.action(
    world.context({ kind: 'service', id: 'marketplace', roles: [] }),
    { dealId: contractId },
  );
  expect(answer).toMatchObject({ agreements: [{ agreementId: contractId, status: 'signed' }] });
});

test('its details say what is supplied, exactly as requested, and nothing of shares', async () => {
  const { documentId, request, sellerId, buyerId } = await issue();
  const details = (await world.get(buyerId, `/api/documents/${documentId}/details`)).json();
  expect(details).toMatchObject({ type: 'supply_agreement', agreement: { amount: 506250, currency: 'USD' } });
  const { companyName, shareType, shares, pricePerShare, supply, ...agreement } = details.agreement;
  expect([companyName, shareType, shares, pricePerShare]).toEqual([null, null, null, null]);
  expect(agreement).toMatchObject({
    seller: { userId: sellerId, name: 'Ana Maria Seller' },
    buyer: { userId: buyerId, name: 'Bob Buyer' },
  });
  const { supplierName, incoterm, place, quantityTolerancePpm, inspectionDays } = request;
  expect(supply).toEqual({
    ...{ supplierName, incoterm, place, quantityTolerancePpm, inspectionDays },
    lines: request.lines.map(({ lineId, title, quantityKg, basis, amountMinor, specification }) => ({
      ...{ lineId, title, basis, specification, productType: 'lithium_carbonate', grade: 'battery' },
      ...{ quantityKg: Number(quantityKg), pricePerTonne: 12500, amount: Number(amountMinor) / 100 },
      ...{ deliverFrom: '2027-03-01T00:00:00.000Z', deliverTo: '2027-03-31T00:00:00.000Z' },
    })),
  });
});

test('operators see both kinds of agreement and files in one list, each as what it is', async () => {
  const { documentId, contractId } = await issue();
  const shares = requestFor([{ sellerId: world.person('S'), buyerId: world.person('B') }]);
  await world.request(shares);
  const file = await world.store(newId(), Buffer.from('a specification'), 'text/plain', { purpose: 'rfq_attachment' });
  const { items } = (await world.get(`operator:${newId()}`, '/api/admin/documents?limit=200')).json();
  const typeOf = (id: string) => items.find((each: { documentId: string }) => each.documentId === id)?.type;
  expect([typeOf(documentId), typeOf(file.documentId)]).toEqual(['supply_agreement', 'rfq_attachment']);
  const of = async (dealId: string) =>
    (await world.get(`operator:${newId()}`, `/api/admin/documents?dealId=${dealId}`)).json().items;
  expect(await of(shares.dealId)).toMatchObject([{ type: 'purchase_agreement' }]);
  expect(await of(contractId)).toMatchObject([{ type: 'supply_agreement', documentId }]);
});

test('a contract with a party without a legal name stops before anything is stored', async () => {
  const request = contractFor(newId(), world.person('B'));
  await expect(world.requestContract(request)).rejects.toMatchObject({ code: 'DOCUMENTS_LEGAL_NAME_UNKNOWN' });
  expect(await world.admin`select 1 from settlement_package where deal_id = ${request.contractId}`).toHaveLength(0);
});

test('a contract whose lines do not add up, are missing or have no delivery window is not drawn', async () => {
  const request = contractFor(world.person('S'), world.person('B'));
  const [line] = request.lines;
  const wrong = [
    { ...request, amountMinor: request.amountMinor + 1n },
    { ...request, lines: request.lines.slice(1) },
    { ...request, lines: [], amountMinor: 0n },
    { ...request, lines: line ? [{ ...line, deliverTo: undefined }] : [], amountMinor: line?.amountMinor ?? 0n },
  ];
  for (const each of wrong) {
    await expect(world.requestContract(each)).rejects.toMatchObject({ code: 'DOCUMENTS_CONTRACT_INVALID' });
  }
  expect(await world.admin`select 1 from settlement_package where deal_id = ${request.contractId}`).toHaveLength(0);
});

test('a cancelled contract is void, signed or not, and nothing can be signed any more', async () => {
  const { documentId, contractId, sellerId, buyerId } = await issue();
  await world.sign(sellerId, documentId, 'Ana Maria Seller');
  expect(await world.cancelContract({ contractId, reason: 'the award was withdrawn' })).toBe('handled');
  const answer = await world.sign(buyerId, documentId, 'Bob Buyer');
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'DOCUMENTS_AGREEMENT_VOIDED']);
  const details = (await world.get(buyerId, `/api/documents/${documentId}/details`)).json();
  expect(details).toMatchObject({ status: 'voided', agreement: { voidReason: 'the award was withdrawn' } });
  expect((await world.emitted(events.packageVoided)).filter(({ dealId }) => dealId === contractId)).toHaveLength(1);
});

test('a cancellation that comes before its request leaves nothing to sign', async () => {
  const request = contractFor(world.person('S'), world.person('B'));
  const { contractId } = request;
  await world.cancelContract({ contractId, reason: 'early' });
  expect(await world.requestContract(request)).toBe('handled');
  expect(await world.admin`select 1 from agreement where deal_id = ${contractId}`).toHaveLength(0);
  expect((await world.emitted(events.packageIssued)).some(({ dealId }) => dealId === contractId)).toBe(false);
});

test('the database takes no agreement that is half of one kind and half of the other', async () => {
  const { documentId } = await issue();
  for (const change of ['shares = 1', 'terms = null', `kind = 'share_purchase'`, `company_name = 'X'`]) {
    const changed = world.admin.unsafe(`update agreement set ${change} where id = '${documentId}'`);
    await expect(changed).rejects.toMatchObject({ constraint_name: 'agreement_of_its_kind' });
  }
});
