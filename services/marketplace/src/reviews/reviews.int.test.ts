import { newId } from '@clearlot/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderOf } from '../suppliers/suppliers.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const notFound = refused(404, 'MARKETPLACE_REVIEW_NOT_FOUND');
const marks = { rating: 5, quality: 4, delivery: 3, communication: 2 };
/** Whose token says nothing: on public routes nobody. */
const nobody = () => world.person('buyer', '');

async function orderIn(status: string) {
  const supplier = await world.verifiedSupplier();
  const buyer = world.buyer();
  const orderId = await orderOf(world, supplier, { buyer_id: buyer.id, status });
  return { supplier, buyer, orderId };
}

it('is written by the buyer of a delivered order, and read by anybody without naming buyer or order', async () => {
  const { supplier, buyer, orderId } = await orderIn('released');
  const written = await buyer.post('/api/reviews', { orderId, ...marks, text: ' On time ' });
  expect(written).toMatchObject({ status: 201, body: { ...marks, text: 'On time', supplierId: supplier.supplierId } });
  const read = await nobody().get(`/api/reviews/${written.body.reviewId}`);
  expect(read).toEqual({ status: 200, body: written.body });
  expect(Object.values(read.body)).not.toContain(buyer.id);
  expect(Object.values(read.body)).not.toContain(orderId);
  const list = await nobody().get(`/api/reviews?supplierId=${supplier.supplierId}`);
  expect(list).toEqual({ status: 200, body: { items: [written.body], nextCursor: null } });
});

it('is one for each order, also when it is written ten times at once', async () => {
  const { supplier, buyer, orderId } = await orderIn('released');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => buyer.post('/api/reviews', { orderId, ...marks })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expect(answer).toMatchObject(refused(409, 'MARKETPLACE_REVIEW_EXISTS'));
  }
  const { body } = await buyer.get(`/api/suppliers/${supplier.supplierId}`);
  expect(body.reviews).toMatchObject({ count: 1, rating: '5.00', communication: '2.00' });
});

it('waits until the order was delivered and paid', async () => {
  for (const status of ['confirmed', 'shipped', 'delivered', 'accepted', 'disputed', 'cancelled']) {
    const { buyer, orderId } = await orderIn(status);
    const early = await buyer.post('/api/reviews', { orderId, ...marks });
    expect(early, status).toMatchObject(refused(409, 'MARKETPLACE_REVIEW_NOT_DELIVERED'));
  }
});

it("of somebody else's order, or of none, reads as not found: its supplier cannot praise itself", async () => {
  const { supplier, orderId } = await orderIn('released');
  const missing = refused(404, 'MARKETPLACE_REVIEW_ORDER_NOT_FOUND');
  const asBuyer = world.person('buyer', supplier.id);
  expect(await world.buyer().post('/api/reviews', { orderId, ...marks })).toMatchObject(missing);
  expect(await asBuyer.post('/api/reviews', { orderId, ...marks })).toMatchObject(missing);
  expect(await world.buyer().post('/api/reviews', { orderId: newId(), ...marks })).toMatchObject(missing);
  expect(await supplier.post('/api/reviews', { orderId, ...marks })).toMatchObject(refused(403, 'NOT_ALLOWED'));
  expect(await nobody().post('/api/reviews', { orderId, ...marks })).toMatchObject(refused(401, 'NOT_AUTHENTICATED'));
});

it('is changed by its author only, and counts as it is now', async () => {
  const { supplier, buyer, orderId } = await orderIn('released');
  const { reviewId } = (await buyer.post('/api/reviews', { orderId, ...marks })).body;
  world.clock.advance(60_000);
  const url = `/api/reviews/${reviewId}`;
  const after = { rating: 2, quality: 2, delivery: 2, communication: 2, text: 'Late after all' };
  expect(await world.buyer().put(url, after)).toMatchObject(notFound);
  expect(await buyer.put(`/api/reviews/${newId()}`, after)).toMatchObject(notFound);
  expect(await supplier.put(url, after)).toMatchObject(refused(403, 'NOT_ALLOWED'));
  expect((await nobody().get(url)).body).toMatchObject(marks);
  expect(await buyer.put(url, after)).toMatchObject({ status: 200, body: after });
  const read = (await nobody().get(url)).body;
  expect(read).toMatchObject(after);
  expect(Date.parse(read.updatedAt) - Date.parse(read.createdAt)).toBe(60_000);
  const { body } = await buyer.get(`/api/suppliers/${supplier.supplierId}`);
  expect(body.reviews).toMatchObject({ count: 1, rating: '2.00' });
});

it('is found again from its order by its author, and by nobody else', async () => {
  const { supplier, buyer, orderId } = await orderIn('released');
  const reviewOf = async (person: Pick<typeof buyer, 'get'>) =>
    (await person.get(`/api/orders/${orderId}`)).body.reviewId;
  expect(await reviewOf(buyer)).toBeNull();
  const { reviewId } = (await buyer.post('/api/reviews', { orderId, ...marks })).body;
  expect(await reviewOf(buyer)).toBe(reviewId);
  expect(await reviewOf(supplier)).toBeNull();
  expect(await reviewOf(world.operator)).toBeNull();
});

it('has marks from 1 to 5, whole, and a text that is not endless', async () => {
  const { buyer, orderId } = await orderIn('released');
  for (const wrong of [
    { rating: 0 },
    { quality: 6 },
    { delivery: 4.5 },
    { communication: '5' },
    { text: 'x'.repeat(4001) },
  ]) {
    const answer = await buyer.post('/api/reviews', { orderId, ...marks, ...wrong });
    expect(answer, Object.keys(wrong)[0]).toMatchObject(refused(400, 'REQUEST_INVALID'));
  }
});

it('is listed page by page, newest first', async () => {
  const supplier = await world.verifiedSupplier();
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const buyer = world.buyer();
    const orderId = await orderOf(world, supplier, { buyer_id: buyer.id });
    ids.push((await buyer.post('/api/reviews', { orderId, ...marks })).body.reviewId);
  }
  const page = async (cursor: string) =>
    (await nobody().get(`/api/reviews?supplierId=${supplier.supplierId}&limit=3${cursor}`)).body;
  const first = await page('');
  const second = await page(`&cursor=${first.nextCursor}`);
  const shown = [...first.items, ...second.items].map(({ reviewId }: { reviewId: string }) => reviewId);
  expect(shown).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeNull();
  expect(await nobody().get('/api/reviews')).toMatchObject(refused(400, 'REQUEST_INVALID'));
  expect(await nobody().get(`/api/reviews/${newId()}`)).toMatchObject(notFound);
});
