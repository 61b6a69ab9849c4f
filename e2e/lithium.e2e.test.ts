import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptAndRelease,
  auditOrder,
  deliver,
  fundOrder,
  type Order,
  readOrder,
  untilPaid,
} from './lithium/fulfilment.ts';
import { openMarket, type Supplier } from './lithium/market.ts';
import { offerPlans, supplierPlans } from './lithium/plans.ts';
import { type Award, awardTender, contentOf, openTender, rfqOf, signContracts, type Tender } from './lithium/tender.ts';
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

describe('a direct quote', () => {
  it('is negotiated to an order, and a dispute over it is settled by a partial refund', async () => {
    const [supplier] = suppliers as [Supplier];
    const at = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();
    const { quoteId } = await buyer.client.post<{ quoteId: string }>('/api/quotes', {
      productId: supplier.productId,
      quantityKg: 20_000,
      currency: 'USD',
      incoterm: 'CIF',
      place: 'Antwerp',
      deliverFrom: at(20),
      deliverTo: at(60),
    });
    const path = `/api/quotes/${quoteId}`;
    await supplier.client.post(`${path}/offers`, { price: 13_000, validUntil: at(5) });
    await buyer.client.post(`${path}/offers`, { price: 12_500, validUntil: at(5) });
    await supplier.client.post(`${path}/offers`, { price: 12_750, validUntil: at(5) });
    const early = await supplier.client.send('POST', `${path}/accept`, { round: 3 });
    expect(early.status).toBe(409);
    const { orderId } = await buyer.client.post<{ orderId: string }>(`${path}/accept`, { round: 3 });

    await fundOrder(raised.operator, buyer, orderId);
    const deliveryId = await deliver(buyer, supplier, orderId, { share: 1, li2co3: 98.9 });
    await buyer.client.post(`/api/orders/${orderId}/deliveries/${deliveryId}/dispute`, {
      reason: 'Purity below 99 %.',
    });
    const [dispute] = (await readOrder(buyer, orderId)).disputes;
    const disputes = `/api/orders/${orderId}/disputes/${dispute?.disputeId}`;
    await supplier.client.post(`${disputes}/propose`, { release: 230_000 });
    await buyer.client.post(`${disputes}/accept`, {});
    const order = await untilPaid(raised.operator, buyer, orderId);
    expect(order).toMatchObject({ amount: 255_000, released: 230_000, refunded: 25_000, held: 0 });
    await auditOrder(raised.operator, order);
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
      expect(await find(adminUrl, [secret, '9173.31', '917331']), `${name} holds it in clear`).toEqual([]);
    }
    for (const client of [buyer.client, raised.operator, late.client]) {
      const answer = await client.send('GET', `/api/rfqs/${rfqId}/responses`);
      expect(answer.status).toBeGreaterThanOrEqual(403);
    }
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

/** The tables in which any of the texts stands, read with all rights and every row as text. */
async function find(adminUrl: string, texts: readonly string[]): Promise<string[]> {
  const sql = postgres(adminUrl, { max: 1, onnotice() {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const found: string[] = [];
    for (const { name } of tables) {
      for (const text of texts) {
        // Bytes are shown as hex: a text stored in them would be missed otherwise.
        const hex = Buffer.from(text).toString('hex');
        const [hit] = await sql.unsafe(`select 1 from ${name} t where t::text like $1 or t::text like $2 limit 1`, [
          `%${text}%`,
          `%${hex}%`,
        ]);
        if (hit) found.push(`${name}: ${text}`);
      }
    }
    return found;
  } finally {
    await sql.end();
  }
}
