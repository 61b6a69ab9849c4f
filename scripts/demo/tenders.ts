// LithiumBuy: requests for quotation at each stage, orders under way and done, quotes that wait for either side, and an
// application that waits for the operator.
import { acceptAndRelease, deliver, fundOrder, readOrder } from '../../e2e/lithium/fulfilment.ts';
import { applyAsSupplier, type Supplier, type SupplierPlan } from '../../e2e/lithium/market.ts';
import { offerPlans, supplierPlans } from '../../e2e/lithium/plans.ts';
import {
  awardTender,
  evaluateAtDeadline,
  type OfferPlan,
  publishTender,
  rfqOf,
  signContracts,
} from '../../e2e/lithium/tender.ts';
import type { Person } from '../../e2e/program/people.ts';
import { type DemoPerson, enter, extras, leads } from './cast.ts';
import type { Scene, Stage } from './stage.ts';

const day = 24 * 3_600_000;
/** Enough for the suppliers to be matched and to hand in. */
const soonMs = 8_000;

export const application: Scene = {
  name: 'a supplier to be verified',
  async play({ baseUrl }) {
    const { client } = await enter(baseUrl, extras.applicant);
    if ((await client.send('GET', '/api/suppliers/my')).status === 200) return;
    const company = { company: 'Puna Brine Resources S.A.', country: 'AR', incoterms: ['FOB', 'CIF'] };
    await applyAsSupplier(client, { fullName: extras.applicant.fullName, ...company });
  },
};

export const publishedRfq: Scene = {
  name: 'a published RFQ',
  async play(stage) {
    const [buyer, suppliers] = await parties(stage);
    const rfq = titled('Carbonate for the Hamburg cathode line, first half', 21 * day, 'Hamburg');
    const { rfqId } = await publishTender(buyer, suppliers, changed(offerPlans, 250), rfq);
    const [asker, other] = suppliers;
    const questions = `/api/rfqs/${rfqId}/questions`;
    const { questionId } = await asker.client.post<{ questionId: string }>(questions, {
      question: 'Is material in 25 kg bags on pallets acceptable beside big bags?',
    });
    await buyer.client.put(`${questions}/${questionId}/answer`, {
      answer: 'Yes, if each pallet carries one lot number and the bags are double-lined.',
    });
    await other.client.post(questions, { question: 'May the second delivery be split into two vessels?' });
  },
};

/** Its deadline has passed; three responses are open, ranked and wait for the buyer's decision. */
export const evaluatedRfq: Scene = {
  name: 'an RFQ to be decided',
  async play(stage) {
    const [buyer, suppliers] = await parties(stage);
    const rfq = titled('Carbonate for the Gdansk pilot plant, spot', soonMs, 'Gdansk');
    await evaluateAtDeadline(await publishTender(buyer, suppliers, changed(offerPlans, -180), rfq));
  },
};

/** Awarded to two suppliers: one order is on its way, the other was delivered, paid and reviewed. */
export const awardedRfq: Scene = {
  name: 'an awarded RFQ with its orders',
  async play(stage) {
    const [buyer, suppliers] = await parties(stage);
    const rfq = titled('Carbonate framework for Antwerp, third quarter', soonMs, 'Antwerp');
    const tender = await publishTender(buyer, suppliers, offerPlans, rfq);
    await evaluateAtDeadline(tender);
    const [underWay, done] = await signContracts(tender, await awardTender(tender));
    if (!underWay || !done) throw new Error('there are not two orders');
    await shipFirstPart(stage, buyer, suppliers, underWay);
    await fundOrder(stage.operator, buyer, done);
    const found = { share: 0.99, li2co3: 99.6 };
    const deliveryId = await deliver(buyer, await supplierOf(buyer, suppliers, done), done, found);
    await acceptAndRelease(stage.operator, buyer, done, deliveryId);
    const text = 'One bag short of a full lot, found at the port and settled the same week. Papers complete.';
    const marks = { rating: 5, quality: 5, delivery: 4, communication: 5 };
    await buyer.client.post('/api/reviews', { orderId: done, ...marks, text });
  },
};

/** The buyer has countered one quote and has an offer to answer in the other. */
export const quotes: Scene = {
  name: 'quotes in negotiation',
  async play(stage) {
    const [buyer, [, second, third]] = await parties(stage);
    const validUntil = at(10 * day);
    const countered = await askQuote(buyer, second, { quantityKg: 40_000, place: 'Rotterdam' });
    await second.client.post(`/api/quotes/${countered}/offers`, { price: 13_050, validUntil });
    const counter = { price: 12_600, validUntil, notes: 'At this price we take the lot before the end of the month.' };
    await buyer.client.post(`/api/quotes/${countered}/offers`, counter);
    const quoted = await askQuote(buyer, third, { quantityKg: 25_000, place: 'Antwerp' });
    await third.client.post(`/api/quotes/${quoted}/offers`, { price: 13_400, validUntil });
  },
};

/** The demo buyer, and the demo suppliers as the market knows them. */
async function parties({ baseUrl }: Stage): Promise<[Person, [Supplier, Supplier, Supplier]]> {
  const asSupplier = async (who: DemoPerson, plan: SupplierPlan | undefined): Promise<Supplier> => {
    const person = await enter(baseUrl, who);
    const { supplierId } = await person.client.get<{ supplierId: string }>('/api/suppliers/my');
    const [product] = await person.client.get<{ productId: string }[]>('/api/products/my');
    if (!plan || !product) throw new Error(`${who.fullName} sells nothing`);
    return { ...person, supplierId, productId: product.productId, plan };
  };
  const [first, second, third] = leads.suppliers;
  const suppliers = await Promise.all([
    asSupplier(first, supplierPlans[0]),
    asSupplier(second, supplierPlans[1]),
    asSupplier(third, supplierPlans[2]),
  ]);
  return [await enter(baseUrl, leads.buyer), suppliers];
}

function titled(title: string, deadlineMs: number, place: string): ReturnType<typeof rfqOf> {
  const rfq = rfqOf(deadlineMs);
  return { ...rfq, title, terms: { ...rfq.terms, place } };
}

function changed(plans: readonly OfferPlan[], by: number): OfferPlan[] {
  return plans.map((each) => ({ ...each, price: each.price + by }));
}

/** The supplier's first vessel has left; the rest is still to be shipped. */
async function shipFirstPart(stage: Stage, buyer: Person, suppliers: readonly Supplier[], orderId: string) {
  await fundOrder(stage.operator, buyer, orderId);
  const supplier = await supplierOf(buyer, suppliers, orderId);
  const { lines } = await readOrder(buyer, orderId);
  const [line] = lines;
  if (!line) throw new Error(`order ${orderId} has no lines`);
  const { deliveryId } = await supplier.client.post<{ deliveryId: string }>(`/api/orders/${orderId}/deliveries`, {
    items: [{ lineId: line.lineId, massKg: Math.min(20_000, line.quantityKg) }],
    ...{ carrier: 'Ocean Line', tracking: 'MSKU4417203', final: false },
  });
  const papers = `/api/orders/${orderId}/documents?kind=bill_of_lading&deliveryId=${deliveryId}`;
  await supplier.client.upload(papers, 'bill-of-lading.txt', `Bill of lading of ${orderId}`);
}

async function supplierOf(buyer: Person, suppliers: readonly Supplier[], orderId: string): Promise<Supplier> {
  const { supplierId } = await readOrder(buyer, orderId);
  const supplier = suppliers.find((each) => each.supplierId === supplierId);
  if (!supplier) throw new Error(`order ${orderId} is nobody's`);
  return supplier;
}

async function askQuote(buyer: Person, supplier: Supplier, asked: { quantityKg: number; place: string }) {
  const { quoteId } = await buyer.client.post<{ quoteId: string }>('/api/quotes', {
    ...{ productId: supplier.productId, currency: 'USD', incoterm: 'CIF', ...asked },
    ...{ deliverFrom: at(40 * day), deliverTo: at(75 * day), roundsMax: 5 },
  });
  return quoteId;
}

function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
