import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { expireQuotes } from './expire-quotes.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS).toISOString();

/** A supplier with a listed product of at least 20 t a lot. */
async function listedProduct(fields: Record<string, unknown> = {}) {
  const supplier = await world.verifiedSupplier();
  const id = newId();
  const now = world.clock.now();
  await world.admin`insert into product ${world.admin({
    ...{ id, supplier_id: supplier.supplierId, owner_id: supplier.id, product_type: 'lithium_carbonate' },
    ...{ grade: 'battery', title: 'Carbonate BG', basis: 'dry', origin_country: 'CL', min_lot_kg: 20_000 },
    ...{ capacity_kg_per_month: 500_000, status: 'listed', created_at: now, updated_at: now, ...fields },
  })}`;
  return { supplier, productId: id };
}

const requestOf = (productId: string, fields: Record<string, unknown> = {}) => ({
  ...{ productId, quantityKg: 50_000, currency: 'USD', incoterm: 'CIF', place: 'Hamburg' },
  ...{ deliverFrom: '2027-01-01', deliverTo: '2027-02-01', ...fields },
});

async function requested(fields: Record<string, unknown> = {}) {
  const { supplier, productId } = await listedProduct();
  const buyer = world.buyer();
  const answer = await buyer.post('/api/quotes', requestOf(productId, fields));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const id = answer.body.quoteId as string;
  const offer = (by: 'buyer' | 'supplier', price: number | string, terms: Record<string, unknown> = {}) =>
    (by === 'buyer' ? buyer : supplier).post(`/api/quotes/${id}/offers`, { price, validUntil: inDays(2), ...terms });
  return { id, buyer, supplier, productId, offer, path: `/api/quotes/${id}` };
}

const told = async (quoteId: string, template: string) =>
  (await world.emitted(events.notification.marketplace))
    .filter((each) => each.template === template && each.data.quoteId === quoteId)
    .map((each) => each.userId);

describe('a quote', () => {
  it('is asked for, quoted, countered and accepted, and becomes an order in the same moment', async () => {
    const { id, buyer, supplier, productId, offer, path } = await requested({ notes: 'Big bags.' });
    expect(await told(id, 'quote_requested')).toEqual([supplier.id]);
    expect((await offer('supplier', 13_000)).body).toMatchObject({ status: 'quoted', turn: 'buyer', round: 1 });
    const counter = await offer('buyer', '11000.50', { quantityKg: 60_000, place: 'Rotterdam', notes: 'More.' });
    expect(counter).toMatchObject({ status: 201, body: { status: 'countered', turn: 'supplier', round: 2 } });
    const view = (await supplier.get(path)).body;
    expect(view).toMatchObject({ productId, productTitle: 'Carbonate BG', quantityKg: 50_000, notes: 'Big bags.' });
    expect(view.offers).toMatchObject([
      { round: 1, madeBy: 'supplier', price: 13_000, quantityKg: 50_000, amount: 650_000, place: 'Hamburg' },
      {
        round: 2,
        madeBy: 'buyer',
        price: 11_000.5,
        quantityKg: 60_000,
        amount: 660_030,
        place: 'Rotterdam',
        notes: 'More.',
      },
    ]);
    const accepted = await supplier.post(`${path}/accept`, { round: 2 });
    expect(accepted).toMatchObject({
      status: 200,
      body: { quoteId: id, status: 'accepted', orderId: expect.any(String) },
    });
    const order = (await buyer.get(`/api/orders/${accepted.body.orderId}`)).body;
    expect(order).toMatchObject({
      ...{ source: 'quote', sourceId: id, status: 'confirmed', buyerId: buyer.id, supplierId: supplier.supplierId },
      ...{ amount: 660_030, escrow: 660_030, currency: 'USD', incoterm: 'CIF', place: 'Rotterdam' },
      lines: [{ title: 'Carbonate BG', basis: 'dry', quantityKg: 60_000, pricePerTonne: 11_000.5 }],
    });
    const statuses = (await world.emitted(events.quoteStatusChanged)).filter((each) => each.quoteId === id);
    expect(statuses.map((each) => [each.status, each.round])).toEqual([
      ['requested', 0],
      ['quoted', 1],
      ['countered', 2],
      ['accepted', 2],
    ]);
    expect((await told(id, 'quote_offer')).sort()).toEqual([buyer.id, supplier.id].sort());
    expect(await told(id, 'quote_accepted')).toEqual([buyer.id]);
  });

  it('is accepted by the buyer too, and the answer for a repeated Idempotency-Key is the same order', async () => {
    const { buyer, offer, path, id } = await requested();
    await offer('supplier', 13_000);
    const accept = () => buyer.post(`${path}/accept`, { round: 1 }, { 'idempotency-key': id });
    const [first, second] = [await accept(), await accept()];
    expect(first.status).toBe(200);
    expect(second).toEqual(first);
    expect((await buyer.get(`/api/orders`)).body.items).toHaveLength(1);
  });

  it('of a supplier that was suspended since is not accepted', async () => {
    const { buyer, supplier, offer, path } = await requested();
    await offer('supplier', 13_000);
    const operator = world.person('operator');
    const suspend = { suspended: true, notes: 'Licence lapsed.' };
    await operator.put(`/api/admin/suppliers/${supplier.supplierId}/suspend`, suspend);
    const answer = await buyer.post(`${path}/accept`, { round: 1 });
    expect([answer.status, answer.body.code]).toEqual([409, 'MARKETPLACE_SUPPLIER_NOT_VERIFIED']);
    expect((await buyer.get(path)).body.status).toBe('quoted');
  });

  it('is seen and answered by its two sides only', async () => {
    const { id, path, offer } = await requested();
    await offer('supplier', 13_000);
    const stranger = world.buyer();
    expect((await stranger.get(path)).body.code).toBe('MARKETPLACE_QUOTE_NOT_FOUND');
    for (const [action, body] of [
      ['offers', { price: 1, validUntil: inDays(1) }],
      ['accept', { round: 1 }],
      ['decline', undefined],
      ['cancel', undefined],
    ] as const) {
      const answer = await stranger.post(`${path}/${action}`, body);
      expect([answer.status, answer.body.code]).toEqual([404, 'MARKETPLACE_QUOTE_NOT_FOUND']);
    }
    expect((await world.operator.get(path)).body.quoteId).toBe(id);
    expect((await stranger.get('/api/quotes')).body.items).toEqual([]);
  });

  it('is listed for both sides, newest first, by status and page by page', async () => {
    const first = await requested();
    const { body } = await first.buyer.post('/api/quotes', requestOf(first.productId));
    await first.buyer.post(`${first.path}/cancel`);
    const ids = (answer: { body: { items: { quoteId: string }[] } }) => answer.body.items.map((each) => each.quoteId);
    const page = await first.supplier.get('/api/quotes?limit=1');
    expect(ids(page)).toEqual([body.quoteId]);
    expect(ids(await first.supplier.get(`/api/quotes?limit=1&cursor=${page.body.nextCursor}`))).toEqual([first.id]);
    expect(ids(await first.buyer.get('/api/quotes?status=cancelled'))).toEqual([first.id]);
  });
});

describe('asking', () => {
  it.each([
    ['less than the minimum lot', { quantityKg: 19_999 }, 422, 'MARKETPLACE_QUOTE_BELOW_MINIMUM_LOT'],
    ['a window that ends before it begins', { deliverTo: '2026-12-31' }, 422, 'MARKETPLACE_QUOTE_DATES_INVALID'],
    ['a currency that is none', { currency: 'XXZ' }, 400, 'CURRENCY_UNKNOWN'],
    ['more rounds than ten', { roundsMax: 11 }, 400, 'REQUEST_INVALID'],
    ['a product that is not there', { productId: newId() }, 404, 'MARKETPLACE_QUOTE_PRODUCT_NOT_FOUND'],
  ])('is refused with %s', async (_what, fields, status, code) => {
    const { productId } = await listedProduct();
    const buyer = world.buyer();
    const answer = await buyer.post('/api/quotes', requestOf(productId, fields));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await buyer.get('/api/quotes')).body.items).toEqual([]);
  });

  it('is refused for a product that is not listed, and for one of one’s own', async () => {
    const { supplier, productId } = await listedProduct();
    const self = world.person('buyer', supplier.id);
    expect((await self.post('/api/quotes', requestOf(productId))).body.code).toBe('MARKETPLACE_QUOTE_OWN_PRODUCT');
    const unlisted = await listedProduct({ status: 'unlisted' });
    const answer = await world.buyer().post('/api/quotes', requestOf(unlisted.productId));
    expect(answer.body.code).toBe('MARKETPLACE_QUOTE_PRODUCT_NOT_FOUND');
    expect((await supplier.post('/api/quotes', requestOf(productId))).status).toBe(403);
  });
});

describe('offers', () => {
  it('are made by whose turn it is, the supplier first', async () => {
    const { offer, path, buyer, supplier } = await requested();
    expect((await offer('buyer', 1)).body.code).toBe('MARKETPLACE_QUOTE_NOT_YOUR_TURN');
    expect((await supplier.post(`${path}/accept`, { round: 1 })).body.code).toBe('MARKETPLACE_QUOTE_WRONG_STATUS');
    await offer('supplier', 13_000);
    expect((await offer('supplier', 12_000)).body.code).toBe('MARKETPLACE_QUOTE_NOT_YOUR_TURN');
    for (const action of ['decline', 'accept']) {
      const answer = await supplier.post(`${path}/${action}`, { round: 1 });
      expect(answer).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_QUOTE_NOT_YOUR_TURN' } });
    }
    expect((await buyer.get(path)).body).toMatchObject({ status: 'quoted', round: 1 });
  });

  it('are better for the other side than one’s last: a supplier goes down, a buyer up', async () => {
    const { offer } = await requested({ roundsMax: 10 });
    await offer('supplier', 13_000);
    await offer('buyer', 10_000);
    for (const price of [13_000, 13_000.01]) {
      expect(await offer('supplier', price)).toMatchObject({
        status: 422,
        body: { code: 'MARKETPLACE_QUOTE_NOT_IMPROVED' },
      });
    }
    expect((await offer('supplier', 12_999.99)).status).toBe(201);
    for (const price of [10_000, 9_999.99]) {
      expect((await offer('buyer', price)).body.code).toBe('MARKETPLACE_QUOTE_NOT_IMPROVED');
    }
    expect((await offer('buyer', 10_000.01)).status).toBe(201);
  });

  it('are bounded in number: then only accepting or declining is left', async () => {
    const { offer, buyer, path } = await requested({ roundsMax: 1 });
    await offer('supplier', 13_000);
    expect(await offer('buyer', 12_000)).toMatchObject({
      status: 409,
      body: { code: 'MARKETPLACE_QUOTE_ROUNDS_EXHAUSTED' },
    });
    expect((await buyer.post(`${path}/decline`)).body.status).toBe('declined');
  });

  it.each([
    ['firm until a time that has passed', { validUntil: '2026-11-24T08:00:00Z' }, 'MARKETPLACE_QUOTE_VALIDITY_INVALID'],
    ['a window that ends before it begins', { deliverTo: '2026-12-01' }, 'MARKETPLACE_QUOTE_DATES_INVALID'],
    ['an amount of nothing', { price: '0.01', quantityKg: 1 }, 'MARKETPLACE_QUOTE_AMOUNT_INVALID'],
    [
      'an amount beyond all money',
      { price: '9999999999999999', quantityKg: 1_000_000_000 },
      'MARKETPLACE_QUOTE_AMOUNT_INVALID',
    ],
    ['a price of zero', { price: 0 }, 'MONEY_INVALID'],
    ['a price finer than its currency', { price: 1.005 }, 'MONEY_TOO_PRECISE'],
  ])('are refused with %s', async (_what, terms, code) => {
    const { offer, buyer, path } = await requested();
    expect((await offer('supplier', 13_000, terms)).body.code).toBe(code);
    expect((await buyer.get(path)).body).toMatchObject({ status: 'requested', round: 0, offers: [] });
  });

  it('are accepted only as the newest', async () => {
    const { offer, buyer, path } = await requested();
    await offer('supplier', 13_000);
    await offer('buyer', 10_000);
    await offer('supplier', 12_000);
    const stale = await buyer.post(`${path}/accept`, { round: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_QUOTE_ROUND_STALE' } });
    expect((await buyer.post(`${path}/accept`, { round: 3 })).status).toBe(200);
    for (const action of ['accept', 'decline', 'cancel']) {
      const answer = await buyer.post(`${path}/${action}`, { round: 3 });
      expect(answer).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_QUOTE_WRONG_STATUS' } });
    }
  });

  it('accepted and cancelled at once, or by two clicks, exactly one wins', async () => {
    const { offer, buyer, supplier, path } = await requested();
    await offer('supplier', 13_000);
    await offer('buyer', 12_000);
    const answers = await Promise.all([
      supplier.post(`${path}/accept`, { round: 2 }),
      supplier.post(`${path}/accept`, { round: 2 }),
      buyer.post(`${path}/cancel`),
    ]);
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409, 409]);
    const orders = (await buyer.get('/api/orders')).body.items;
    expect(orders).toHaveLength(answers[2]?.status === 200 ? 0 : 1);
  });
});

describe('the end of a quote', () => {
  it('is a decline of whose turn it is, or a cancellation by the buyer at any time before', async () => {
    const declined = await requested();
    expect((await declined.supplier.post(`${declined.path}/decline`)).body.status).toBe('declined');
    expect(await told(declined.id, 'quote_declined')).toEqual([declined.buyer.id]);
    const cancelled = await requested();
    const asSupplier = world.person('buyer', cancelled.supplier.id);
    const refused = await asSupplier.post(`${cancelled.path}/cancel`);
    expect([refused.status, refused.body.code]).toEqual([403, 'MARKETPLACE_QUOTE_BUYER_ONLY']);
    expect((await cancelled.buyer.post(`${cancelled.path}/cancel`)).body.status).toBe('cancelled');
    expect(await told(cancelled.id, 'quote_declined')).toEqual([cancelled.supplier.id]);
    expect((await cancelled.offer('supplier', 1)).body.code).toBe('MARKETPLACE_QUOTE_WRONG_STATUS');
  });

  it('comes when nobody answered in time, and an offer is firm to the last moment but not beyond', async () => {
    const [late, intime] = [await requested({ validDays: 1 }), await requested()];
    await intime.offer('supplier', 13_000, { validUntil: inDays(1) });
    world.clock.advance(DAY_MS - 1);
    await world.tick();
    expect((await intime.buyer.get(intime.path)).body.status).toBe('quoted');
    world.clock.advance(1);
    const accept = await intime.buyer.post(`${intime.path}/accept`, { round: 1 });
    expect(accept).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_QUOTE_EXPIRED' } });
    expect((await late.offer('supplier', 13_000)).body.code).toBe('MARKETPLACE_QUOTE_EXPIRED');
    await Promise.all([expireQuotes.run(world.system), expireQuotes.run(world.system)]);
    for (const { id, path, buyer, supplier } of [late, intime]) {
      expect((await buyer.get(path)).body).toMatchObject({ status: 'expired', turn: 'nobody' });
      expect((await told(id, 'quote_expired')).sort()).toEqual([buyer.id, supplier.id].sort());
    }
  });
});
