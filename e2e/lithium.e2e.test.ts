import {
  type GetOrderResponse,
  type ListRfqsResponse,
  MarketplaceServiceClient,
  type SubmitResponseResponse,
} from '@clearlot/proto/marketplace/v1/marketplace';
import { credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptAndRelease, auditOrder, deliver, fundOrder, type Order, readOrder } from './lithium/fulfilment.ts';
import { openMarket, type Supplier } from './lithium/market.ts';
import { offerPlans, supplierPlans } from './lithium/plans.ts';
import { type Award, awardTender, contentOf, openTender, rfqOf, signContracts, type Tender } from './lithium/tender.ts';
import { tablesWith } from './program/clear-text.ts';
import { type Client, createClient } from './program/client.ts';
import { type Person, registerPerson, until } from './program/people.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';

let raised: RaisedPlatform;
let buyer: Person;
let suppliers: Supplier[];
beforeAll(async () => {
  raised = await raisePlatform({});
  buyer = await registerPerson(raised.url, 'buyer', 'Bruno Becker');
  suppliers = await openMarket(raised.url, raised.operator, supplierPlans);
});
afterAll(() => raised.stop());

const subjectsTo = async (person: Person) =>
  ((await raised.platform.mailbox?.messages(person.email)) ?? []).map((message) => message.subject ?? '');

describe('from a request for quotation to reviewed orders', () => {
  let tender: Tender;
  let award: Award;
  let orders: Order[];

  it('suppliers are matched, responses stay sealed until the deadline, and the cheapest split is awarded', async () => {
    tender = await openTender(buyer, suppliers, offerPlans, 5_000);
    award = await awardTender(tender);
    const winners = new Set(award.items.map((each) => each.supplierId));
    expect(winners.size).toBe(2);
    expect(award.items.reduce((sum, each) => sum + each.quantityKg, 0)).toBe(160_000);
    for (const supplier of suppliers) {
      await until(`letters to ${supplier.fullName}`, async () => (await subjectsTo(supplier)).length >= 5);
    }
  });

  it('offers stand ranked beside the market for who may see them: the buyer all, a supplier its own, others none', async () => {
    const path = `/api/market/supplier-prices?rfqId=${tender.rfqId}`;
    type Compared = { lines: { offers: { supplierId: string; rank: number | null }[] }[] };
    const seenBy = async ({ client }: Person) => {
      const { lines } = await client.get<Compared>(path);
      return lines.flatMap((line) => line.offers);
    };
    const all = await seenBy(buyer);
    expect(new Set(all.map((each) => each.supplierId)).size).toBe(suppliers.length);
    expect(all.some((each) => each.rank === 1)).toBe(true);
    for (const supplier of suppliers) {
      const own = await seenBy(supplier);
      expect(new Set(own.map((each) => each.supplierId))).toEqual(new Set([supplier.supplierId]));
    }
    const stranger = await registerPerson(raised.url, 'buyer', 'Nadia Other');
    expect(await stranger.client.send('GET', path)).toMatchObject({
      status: 404,
      body: { code: 'MARKETPLACE_RFQ_NOT_FOUND' },
    });
  });

  it('contracts are signed, escrow is funded, goods are delivered and paid, to the cent', async () => {
    const orderIds = await signContracts(tender, award);
    orders = await Promise.all(
      orderIds.map(async (orderId) => {
        await fundOrder(raised.operator, buyer, orderId);
        const { supplierId } = await readOrder(buyer, orderId);
        const supplier = suppliers.find((each) => each.supplierId === supplierId) as Supplier;
        const deliveryId = await deliver(buyer, supplier, orderId, { share: 1, li2co3: 99.6 });
        return acceptAndRelease(raised.operator, buyer, orderId, deliveryId);
      }),
    );
    for (const order of orders) {
      await auditOrder(raised.operator, order);
      expect(order).toMatchObject({ released: order.amount, refunded: 0, held: 0 });
    }
    const rfq = await buyer.client.get<{ status: string }>(`/api/rfqs/${tender.rfqId}`);
    expect(rfq.status).toBe('contracted');
  });

  it('each delivered order is reviewed once, for everybody to read', async () => {
    const [order] = orders;
    const review = {
      orderId: order?.orderId,
      rating: 5,
      quality: 5,
      delivery: 4,
      communication: 5,
      text: 'As agreed.',
    };
    await buyer.client.post('/api/reviews', review);
    const again = await buyer.client.send('POST', '/api/reviews', review);
    expect([again.status, again.body.code]).toEqual([409, 'MARKETPLACE_REVIEW_EXISTS']);
    const answer = await fetch(`${raised.url}/api/reviews?supplierId=${order?.supplierId}`);
    expect(await answer.json()).toMatchObject({ items: [{ rating: 5, text: 'As agreed.' }] });
  });
});

describe('a sealed response', () => {
  it('is in no database in clear before the deadline, whoever asks, and is refused after it', async () => {
    const secret = 'a price nobody may know 9173.31';
    const { rfqId } = await buyer.client.post<{ rfqId: string }>('/api/rfqs', rfqOf(6_000));
    await buyer.client.post(`/api/rfqs/${rfqId}/publish`);
    const [supplier, late] = suppliers as [Supplier, Supplier];
    const offer = { price: 9_173.31, incoterm: 'FOB', quantityKg: 100_000, leadDays: 30 };
    const content = { ...contentOf(offer, 'CL'), notes: secret };
    await supplier.client.post(`/api/rfqs/${rfqId}/responses`, { rfqVersion: 1, content });
    for (const [name, { adminUrl }] of Object.entries(raised.platform.databases)) {
      expect(await tablesWith(adminUrl, [secret, '9173.31', '917331']), `${name} holds it in clear`).toEqual([]);
    }
    for (const client of [buyer.client, raised.operator, late.client]) {
      const answer = await client.send('GET', `/api/rfqs/${rfqId}/responses`);
      expect(answer.status).toBeGreaterThanOrEqual(403);
    }
    const early = await buyer.client.send('GET', `/api/market/supplier-prices?rfqId=${rfqId}`);
    expect([early.status, early.body.code]).toEqual([409, 'MARKETPLACE_RESPONSES_SEALED']);
    await until('the opening', async () => {
      const rfq = await buyer.client.get<{ status: string }>(`/api/rfqs/${rfqId}`);
      return rfq.status === 'closed';
    });
    const opened = await buyer.client.get(`/api/rfqs/${rfqId}/responses`);
    expect(JSON.stringify(opened)).toContain(secret);
    const refused = await late.client.send('POST', `/api/rfqs/${rfqId}/responses`, { rfqVersion: 1, content });
    expect([refused.status, refused.body.code]).toEqual([409, 'MARKETPLACE_RESPONSE_LATE']);
  });
});

describe('an RFQ that is amended', () => {
  it('shows what changed, answers questions to everybody, and takes no response to the old terms', async () => {
    const rfq = rfqOf(60_000);
    const { rfqId } = await buyer.client.post<{ rfqId: string }>('/api/rfqs', rfq);
    const path = `/api/rfqs/${rfqId}`;
    await buyer.client.post(`${path}/publish`);
    const [asker, other] = suppliers as [Supplier, Supplier];
    const { questionId } = await asker.client.post<{ questionId: string }>(`${path}/questions`, {
      question: 'Is partial shipment allowed?',
    });
    await buyer.client.put(`${path}/questions/${questionId}/answer`, { answer: 'Yes, in two lots.' });
    const shown = JSON.stringify(await other.client.get(path));
    expect(shown).toContain('Yes, in two lots.');
    expect(shown).not.toContain(await asker.client.userId());

    const content = contentOf({ price: 12_000, incoterm: 'FOB', quantityKg: 100_000, leadDays: 30 }, 'CL');
    await asker.client.post(`${path}/responses`, { rfqVersion: 1, content });
    const terms = { ...rfq.terms, place: 'Rotterdam' };
    await buyer.client.post(`${path}/amend`, { terms, reason: 'The port has changed.' });
    const [, second] = await other.client.get<{ changes: unknown[] }[]>(`${path}/versions`);
    expect(second).toMatchObject({ changes: [{ path: '/place', before: 'Antwerp', after: 'Rotterdam' }] });
    const stale = await other.client.send('POST', `${path}/responses`, { rfqVersion: 1, content });
    expect([stale.status, stale.body.code]).toEqual([409, 'MARKETPLACE_RESPONSE_STALE']);
    await asker.client.post(`${path}/responses/acknowledge`, { rfqVersion: 2 });
    await buyer.client.post(`${path}/cancel`, { reason: 'The need has gone.' });
  });
});

describe('an RFQ by invitation', () => {
  it('and its attachments are there for those invited, and for nobody else', async () => {
    const [invited, other] = suppliers as [Supplier, Supplier];
    const draft = { ...rfqOf(60_000), visibility: 'invited', invitedSupplierIds: [invited.supplierId] };
    const { rfqId } = await buyer.client.post<{ rfqId: string }>('/api/rfqs', draft);
    const path = `/api/rfqs/${rfqId}`;
    await buyer.client.post(`${path}/publish`);
    const attachment = await buyer.client.upload<{ documentId: string }>(
      `${path}/attachments`,
      'annex.txt',
      'Packing instructions',
    );
    const file = `/api/documents/${attachment.documentId}`;
    const read = await until('the shared file', async () => {
      const answer = await invited.client.send('GET', file);
      return answer.status === 200 && answer.body;
    });
    expect(String(read)).toBe('Packing instructions');
    expect(JSON.stringify(await invited.client.get(path))).toContain('annex.txt');
    for (const hidden of [path, file]) expect((await other.client.send('GET', hidden)).status).toBe(404);
    const content = contentOf({ price: 12_000, incoterm: 'FOB', quantityKg: 100_000, leadDays: 30 }, 'CL');
    const uninvited = await other.client.send('POST', `${path}/responses`, { rfqVersion: 1, content });
    expect([uninvited.status, uninvited.body.code]).toEqual([404, 'MARKETPLACE_RFQ_NOT_FOUND']);
    await buyer.client.post(`${path}/cancel`, { reason: 'The need has gone.' });
  });

  it('a delivery’s papers are read by the other side of the order and by no third', async () => {
    const { items } = await buyer.client.get<{ items: { orderId: string }[] }>('/api/orders?limit=1');
    const order = await buyer.client.get<{ supplierId: string; documents: { documentId: string }[] }>(
      `/api/orders/${items[0]?.orderId}`,
    );
    const file = `/api/documents/${order.documents[0]?.documentId}`;
    expect((await buyer.client.bytes(file)).toString()).toContain('Bill of lading');
    const stranger = suppliers.find((each) => each.supplierId !== order.supplierId);
    expect((await stranger?.client.send('GET', file))?.status).toBe(404);
  });
});

describe('a partner system', () => {
  it('lists RFQs, hands a response in and reads an order by gRPC, and is refused without a token', async () => {
    const client = new MarketplaceServiceClient(
      raised.process('marketplace').grpcAddress ?? '',
      credentials.createInsecure(),
    );
    const won = await buyer.client.get<{ items: { supplierId: string }[] }>('/api/orders?limit=1');
    const supplier = suppliers.find((each) => each.supplierId === won.items[0]?.supplierId) as Supplier;
    const nobody = createClient(raised.url, async () => undefined);
    const login = { email: supplier.email, password: 'correct horse battery staple' };
    const { accessToken } = await nobody.post<{ accessToken: string }>('/api/auth/login', login);
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${accessToken}`);
    const { rfqId } = await buyer.client.post<{ rfqId: string }>('/api/rfqs', rfqOf(60_000));
    await buyer.client.post(`/api/rfqs/${rfqId}/publish`);

    const list = (with_: Metadata) =>
      new Promise<ListRfqsResponse>((resolve, reject) => {
        const request = { status: 'published', limit: 5, cursor: '' };
        client.listRfqs(request, with_, (error, response) => (error ? reject(error) : resolve(response)));
      });
    const { rfqs } = await list(metadata);
    expect(rfqs.map((each) => each.rfqId)).toContain(rfqId);
    await expect(list(new Metadata())).rejects.toMatchObject({ code: 16 });

    const content = contentOf({ price: 12_000, incoterm: 'FOB', quantityKg: 100_000, leadDays: 30 }, 'CL');
    const submit = (contentJson: string) =>
      new Promise<SubmitResponseResponse>((resolve, reject) => {
        const request = { rfqId, rfqVersion: 1, contentJson };
        client.submitResponse(request, metadata, (error, response) => (error ? reject(error) : resolve(response)));
      });
    expect(await submit(JSON.stringify(content))).toMatchObject({ version: 1 });
    await expect(submit('{"kind":"firm"}')).rejects.toMatchObject({ code: 3 });

    const mine = await supplier.client.get<{ items: { orderId: string }[] }>('/api/orders');
    const orderId = mine.items[0]?.orderId ?? '';
    const { order } = await new Promise<GetOrderResponse>((resolve, reject) => {
      client.getOrder({ orderId }, metadata, (error, response) => (error ? reject(error) : resolve(response)));
    });
    expect(order).toMatchObject({ orderId, status: 'released', currency: 'USD' });
    client.close();
  });
});

describe('what LithiumBuy refuses', () => {
  const missing = '0197a3a0-0000-7000-8000-000000000001';
  const rfq = rfqOf(60_000);
  const person = (who: 'buyer' | 'supplier' | 'operator' | 'seller') => async (): Promise<Client> => {
    if (who === 'seller') return (await registerPerson(raised.url, 'seller', 'Sol Seller')).client;
    if (who === 'operator') return raised.operator;
    return who === 'buyer' ? buyer.client : (suppliers[0]?.client as Client);
  };
  const badLines = { ...rfq.terms, lines: [] };
  const late = { ...rfq.terms, questionsUntil: rfq.terms.decideBy };
  it.each([
    [
      'a second application',
      'supplier',
      'POST',
      '/api/suppliers',
      { legalName: 'B', country: 'CL', regions: ['US'], incoterms: ['FOB'], capabilities: [] },
      409,
      'MARKETPLACE_SUPPLIER_EXISTS',
    ],
    ['an application by a buyer', 'buyer', 'POST', '/api/suppliers', {}, 403, 'NOT_ALLOWED'],
    [
      'verifying by a supplier',
      'supplier',
      'PUT',
      `/api/admin/suppliers/${missing}/verify`,
      { verified: true },
      403,
      'NOT_ALLOWED',
    ],
    ['an RFQ without lines', 'buyer', 'POST', '/api/rfqs', { ...rfq, terms: badLines }, 400, 'REQUEST_INVALID'],
    ['an RFQ by a seller of shares', 'seller', 'POST', '/api/rfqs', rfq, 403, 'NOT_ALLOWED'],
    [
      'an RFQ in a currency that is none',
      'buyer',
      'POST',
      '/api/rfqs',
      { ...rfq, currency: 'XXQ' },
      400,
      'CURRENCY_UNKNOWN',
    ],
    [
      'publishing what is not there',
      'buyer',
      'POST',
      `/api/rfqs/${missing}/publish`,
      undefined,
      404,
      'MARKETPLACE_RFQ_NOT_FOUND',
    ],
    ['questions after the deadline', 'buyer', 'POST', '/api/rfqs', { ...rfq, terms: late }, 400, 'REQUEST_INVALID'],
    [
      'awarding what is not there',
      'buyer',
      'POST',
      `/api/rfqs/${missing}/award`,
      { mode: 'whole' },
      404,
      'MARKETPLACE_RFQ_NOT_FOUND',
    ],
    [
      'a quote on a product that is none',
      'buyer',
      'POST',
      '/api/quotes',
      {
        productId: missing,
        quantityKg: 1,
        currency: 'USD',
        incoterm: 'CIF',
        place: 'X',
        deliverFrom: '2030-01-01',
        deliverTo: '2030-02-01',
      },
      404,
      'MARKETPLACE_QUOTE_PRODUCT_NOT_FOUND',
    ],
    [
      'an order that is not there',
      'supplier',
      'GET',
      `/api/orders/${missing}`,
      undefined,
      404,
      'MARKETPLACE_ORDER_NOT_FOUND',
    ],
    [
      'deciding a dispute by a buyer',
      'buyer',
      'PUT',
      `/api/admin/disputes/${missing}`,
      { release: 1, resolution: 'x' },
      403,
      'NOT_ALLOWED',
    ],
    [
      'a review of an order that is none',
      'buyer',
      'POST',
      '/api/reviews',
      { orderId: missing, rating: 5, quality: 5, delivery: 5, communication: 5 },
      404,
      'MARKETPLACE_REVIEW_ORDER_NOT_FOUND',
    ],
    [
      'a rating of six stars',
      'buyer',
      'POST',
      '/api/reviews',
      { orderId: missing, rating: 6, quality: 5, delivery: 5, communication: 5 },
      400,
      'REQUEST_INVALID',
    ],
  ] as const)('%s', async (_what, who, method, path, body, status, code) => {
    const answer = await (await person(who)()).send(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
