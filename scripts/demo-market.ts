// The lithium side of the demo world: verified suppliers with products, RFQs in several states, an order from a quote.
import { joinAsSupplier, type SupplierPlan } from '../e2e/lithium/market.ts';
import { supplierPlans } from '../e2e/lithium/plans.ts';
import { contentOf, rfqOf } from '../e2e/lithium/tender.ts';
import type { Client } from '../e2e/program/client.ts';

const MONTH_MS = 30 * 24 * 3_600_000;
const titles = {
  closed: 'Battery-grade carbonate: closed, to be evaluated',
  published: 'Battery-grade carbonate: open for responses',
  cancelled: 'Battery-grade carbonate: called off',
  draft: 'Battery-grade carbonate: a draft',
};

/**
 * Makes sure of the demo market; running it again changes nothing once it is there. `suppliers` are registered people, one
 * for each plan.
 */
export async function seedDemoMarket(operator: Client, buyer: Client, suppliers: readonly Client[]): Promise<void> {
  const own = await buyer.get<{ items: { title: string }[] }>('/api/rfqs?mine=true&limit=200');
  // Made last, so that a run that was cut short is made up for.
  if (own.items.some((each) => each.title === titles.draft)) return;
  const products = await Promise.all(
    supplierPlans.map(async (plan, index) => {
      const client = suppliers[index];
      return client && { client, plan, productId: await productOf(client, operator, plan) };
    }),
  );
  const [first] = products;
  if (!first) return;
  await orderFromQuote(buyer, first.client, first.productId);
  const closing = await publish(buyer, titles.closed, 10_000);
  await first.client.post(`/api/rfqs/${closing}/responses`, {
    rfqVersion: 1,
    content: contentOf({ price: 12_900, incoterm: 'CIF', quantityKg: 160_000, leadDays: 30 }, first.plan.country),
  });
  await publish(buyer, titles.published, MONTH_MS);
  const called = await publish(buyer, titles.cancelled, MONTH_MS);
  await buyer.post(`/api/rfqs/${called}/cancel`, { reason: 'The need has gone.' });
  await buyer.post('/api/rfqs', { ...rfqOf(MONTH_MS), title: titles.draft });
}

/** The supplier's product, after applying if it has not. */
async function productOf(client: Client, operator: Client, plan: SupplierPlan): Promise<string> {
  const applied = await client.send('GET', '/api/suppliers/my');
  const [found] = applied.status === 200 ? await client.get<{ productId: string }[]>('/api/products/my') : [];
  return found?.productId ?? (await joinAsSupplier(client, operator, plan)).productId;
}

async function publish(buyer: Client, title: string, deadlineMs: number): Promise<string> {
  const { rfqId } = await buyer.post<{ rfqId: string }>('/api/rfqs', { ...rfqOf(deadlineMs), title });
  await buyer.post(`/api/rfqs/${rfqId}/publish`);
  return rfqId;
}

async function orderFromQuote(buyer: Client, supplier: Client, productId: string): Promise<void> {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const { quoteId } = await buyer.post<{ quoteId: string }>('/api/quotes', {
    productId,
    quantityKg: 20_000,
    currency: 'USD',
    incoterm: 'CIF',
    place: 'Antwerp',
    deliverFrom: at(MONTH_MS),
    deliverTo: at(2 * MONTH_MS),
  });
  await supplier.post(`/api/quotes/${quoteId}/offers`, { price: 12_800, validUntil: at(MONTH_MS) });
  await buyer.post(`/api/quotes/${quoteId}/accept`, { round: 1 });
}
