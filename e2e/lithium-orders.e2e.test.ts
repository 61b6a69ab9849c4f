import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptAndRelease,
  auditOrder,
  deliver,
  fundOrder,
  readOrder,
  shipPart,
  untilPaid,
} from './lithium/fulfilment.ts';
import { openMarket, type Supplier } from './lithium/market.ts';
import { supplierPlans } from './lithium/plans.ts';
import { contentOf, rfqOf } from './lithium/tender.ts';
import { type Person, registerPerson, until } from './program/people.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import { confirmOutgoing } from './program/program.ts';

// Two of every process: nothing here may depend on which of them answers.
let raised: RaisedPlatform;
let buyer: Person;
let suppliers: Supplier[];
beforeAll(async () => {
  raised = await raisePlatform({ replicas: 2 });
  buyer = await registerPerson(raised.url, 'buyer', 'Bruno Becker');
  suppliers = await openMarket(raised.url, raised.operator, supplierPlans.slice(0, 2));
});
afterAll(() => raised?.stop());

const at = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();

/** An order from a quote accepted in its first round, at USD 12,750 a tonne. */
async function orderOf(supplier: Supplier, quantityKg: number): Promise<string> {
  const { quoteId } = await buyer.client.post<{ quoteId: string }>('/api/quotes', {
    ...{ productId: supplier.productId, quantityKg, currency: 'USD', incoterm: 'CIF', place: 'Antwerp' },
    ...{ deliverFrom: at(20), deliverTo: at(60) },
  });
  await supplier.client.post(`/api/quotes/${quoteId}/offers`, { price: 12_750, validUntil: at(5) });
  const accepted = await buyer.client.post<{ orderId: string }>(`/api/quotes/${quoteId}/accept`, { round: 1 });
  return accepted.orderId;
}

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

describe('an order', () => {
  it('in two deliveries is paid delivery by delivery, and what is not yet delivered stays held', async () => {
    const [supplier] = suppliers as [Supplier];
    const orderId = await orderOf(supplier, 40_000);
    await fundOrder(raised.operator, buyer, orderId);
    const first = await shipPart(buyer, supplier, orderId, 20_000, false);
    await buyer.client.post(`/api/orders/${orderId}/deliveries/${first}/accept`, {});
    await until('the first release', async () => (await readOrder(buyer, orderId)).released === 255_000);
    expect(await readOrder(buyer, orderId)).toMatchObject({ status: 'funded', amount: 510_000, held: 255_000 });
    const tooMuch = await supplier.client.send('POST', `/api/orders/${orderId}/deliveries`, {
      items: [{ lineId: '1', massKg: 20_001 }],
      ...{ carrier: 'Ocean Line', tracking: 'X', final: true },
    });
    expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'MARKETPLACE_ORDER_QUANTITY_EXCEEDED']);
    const second = await shipPart(buyer, supplier, orderId, 20_000, true);
    const order = await acceptAndRelease(raised.operator, buyer, orderId, second);
    expect(order).toMatchObject({ released: 510_000, refunded: 0, held: 0 });
    await auditOrder(raised.operator, order);
  });

  it('that is funded is called off by its supplier, not by its buyer, and every cent goes back', async () => {
    const [supplier] = suppliers as [Supplier];
    const orderId = await orderOf(supplier, 20_000);
    await fundOrder(raised.operator, buyer, orderId);
    const cancel = { reason: 'The plant is down.' };
    const refused = await buyer.client.send('POST', `/api/orders/${orderId}/cancel`, cancel);
    expect([refused.status, refused.body.code]).toEqual([403, 'MARKETPLACE_ORDER_CANCEL_NEEDS_OPERATOR']);
    await supplier.client.post(`/api/orders/${orderId}/cancel`, cancel);
    await until('the refund', async () => (await readOrder(buyer, orderId)).refunded === 255_000);
    expect(await confirmOutgoing(raised.operator, orderId)).toBe(1);
    const order = await readOrder(buyer, orderId);
    expect(order).toMatchObject({ status: 'cancelled', released: 0, held: 0 });
    await auditOrder(raised.operator, order);
    const late = await supplier.client.send('POST', `/api/orders/${orderId}/deliveries`, {
      items: [{ lineId: '1', massKg: 20_000 }],
      ...{ carrier: 'Ocean Line', tracking: 'X', final: true },
    });
    expect(late.status).toBe(409);
  });
});

describe('an RFQ', () => {
  it('opens only the newest response of each and none withdrawn, and its award can be taken back in the standstill', async () => {
    const [one, two] = suppliers as [Supplier, Supplier];
    const draft = rfqOf(6_000);
    const { rfqId } = await buyer.client.post<{ rfqId: string }>('/api/rfqs', {
      ...draft,
      terms: { ...draft.terms, standstillHours: 24 },
    });
    const path = `/api/rfqs/${rfqId}`;
    await buyer.client.post(`${path}/publish`);
    const handIn = (supplier: Supplier, price: number) => {
      const offer = { price, incoterm: 'CIF', quantityKg: 160_000, leadDays: 30 };
      const content = contentOf(offer, supplier.plan.country);
      return supplier.client.post(`${path}/responses`, { rfqVersion: 1, content });
    };
    await handIn(one, 13_000);
    await handIn(one, 12_000);
    await handIn(two, 9_000);
    await two.client.post(`${path}/responses/withdraw`);
    await until('the opening', async () => (await buyer.client.get<{ status: string }>(path)).status === 'closed');
    const opened = await buyer.client.get<{ supplierId: string }[]>(`${path}/responses`);
    expect(opened.map((each) => each.supplierId)).toEqual([one.supplierId]);
    expect(JSON.stringify(opened)).toContain('12000');
    expect(JSON.stringify(opened)).not.toContain('13000');

    await buyer.client.post(`${path}/evaluate`);
    const choice = { mode: 'whole', justification: 'The only offer.' };
    const award = await buyer.client.post<{ amount: number }>(`${path}/award`, choice);
    expect(award.amount).toBe(160 * 12_000);
    const hidden = await two.client.send('GET', `${path}/award`);
    expect([hidden.status, hidden.body.code]).toEqual([404, 'MARKETPLACE_AWARD_NOT_FOUND']);
    await buyer.client.post(`${path}/award/cancel`, { reason: 'A mistake.' });
    expect((await buyer.client.get<{ status: string }>(path)).status).toBe('evaluated');
    await buyer.client.post(`${path}/award`, choice);
    const contracts = await buyer.client.get<{ contracts: unknown[] }>(`${path}/award`);
    expect(contracts.contracts).toEqual([]);
  });
});
