import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { deliver, fundedOrder, inspect, seen, settle, ship, type TestOrder } from './order.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const askedOf = async (order: TestOrder) =>
  (await world.emitted(events.orderReleaseRequested)).filter((each) => each.orderId === order.id);
const dispute = (order: TestOrder, deliveryId: string, by: 'buyer' | 'supplier' = 'buyer') =>
  order[by].post(`/api/orders/${order.id}/deliveries/${deliveryId}/dispute`, { reason: 'Too much sodium.' });

/** 40 of 100 t arrived and were inspected as worth 480,000, and the buyer contests it. */
async function disputed(fields: { final?: boolean } = {}) {
  const order = await fundedOrder(world);
  const deliveryId = await deliver(order, 40_000, fields);
  await inspect(order, deliveryId, { wetKg: 40_000 });
  const { body } = await dispute(order, deliveryId);
  const path = `/api/orders/${order.id}/disputes/${body.disputeId}`;
  return { order, deliveryId, disputeId: body.disputeId as string, path };
}

describe('a dispute', () => {
  it('stops the delivery and tells the other side', async () => {
    const { order, deliveryId, disputeId } = await disputed();
    const view = await seen(order);
    expect(view).toMatchObject({
      status: 'disputed',
      deliveries: [{ deliveryId, status: 'disputed', settlement: { payable: 480_000 } }],
      disputes: [{ disputeId, openedBy: 'buyer', status: 'open', reason: 'Too much sodium.', release: null }],
    });
    const accept = await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/accept`);
    expect(accept).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_DELIVERY_WRONG_STATUS' } });
    const again = await dispute(order, deliveryId, 'supplier');
    expect(again).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_DELIVERY_WRONG_STATUS' } });
    const told = (await world.emitted(events.notification.marketplace)).filter(
      (each) => each.data.orderId === order.id,
    );
    expect(told.at(-1)).toMatchObject({ userId: order.supplier.id, data: { event: 'disputed' } });
  });

  it('by agreement releases what was agreed and refunds the rest of this delivery at once', async () => {
    const { order, deliveryId, path } = await disputed();
    expect((await order.supplier.post(`${path}/accept`)).body.code).toBe('MARKETPLACE_DISPUTE_NOTHING_PROPOSED');
    const proposed = await order.buyer.post(`${path}/propose`, { release: 300_000 });
    expect(proposed.body).toMatchObject({ proposedRelease: 300_000, proposedBy: 'buyer', status: 'open' });
    expect((await order.buyer.post(`${path}/accept`)).body.code).toBe('MARKETPLACE_DISPUTE_NOTHING_PROPOSED');
    await order.supplier.post(`${path}/propose`, { release: '450000.00' });
    expect((await order.supplier.post(`${path}/accept`)).body.code).toBe('MARKETPLACE_DISPUTE_NOTHING_PROPOSED');
    const unseen = await order.buyer.post(`${path}/accept`, { release: 300_000 });
    expect(unseen).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_DISPUTE_PROPOSAL_CHANGED' } });
    const agreed = await order.buyer.post(`${path}/accept`, { release: 450_000 });
    expect(agreed.body).toMatchObject({
      ...{ status: 'resolved', resolvedBy: 'agreement', release: 450_000, refund: 30_000, orderStatus: 'accepted' },
    });
    expect(await askedOf(order)).toMatchObject([
      { deliveryId, releaseMinor: 45_000_000n, refundMinor: 3_000_000n, final: false },
    ]);
    await settle(world, order, deliveryId);
    expect(await seen(order)).toMatchObject({ status: 'funded', released: 450_000, refunded: 30_000, held: 780_000 });
    for (const action of ['accept', 'withdraw']) {
      expect((await order.buyer.post(`${path}/${action}`)).body.code).toBe('MARKETPLACE_DISPUTE_NOT_OPEN');
    }
    expect((await order.buyer.post(`${path}/propose`, { release: 1 })).body.code).toBe('MARKETPLACE_DISPUTE_NOT_OPEN');
  });

  it('decided by an operator ends the same way, and of the final delivery all that is left goes back', async () => {
    const { order, deliveryId, disputeId } = await disputed({ final: true });
    const mine = (answer: { body: { items: { disputeId: string }[] } }) =>
      answer.body.items.filter((each) => each.disputeId === disputeId);
    expect(mine(await world.operator.get('/api/admin/disputes?status=open&limit=200'))).toMatchObject([
      { orderId: order.id, deliveryId, currency: 'USD' },
    ]);
    const url = `/api/admin/disputes/${disputeId}`;
    const decision = { release: '0', resolution: 'The goods were not usable.' };
    expect((await order.buyer.put(url, decision)).status).toBe(403);
    const decided = await world.operator.put(url, decision);
    expect(decided.body).toMatchObject({ status: 'resolved', resolvedBy: 'operator', release: 0, refund: 480_000 });
    expect((await world.operator.put(url, decision)).body.code).toBe('MARKETPLACE_DISPUTE_NOT_OPEN');
    expect(await askedOf(order)).toMatchObject([{ releaseMinor: 0n, refundMinor: 48_000_000n, final: true }]);
    await settle(world, order, deliveryId);
    expect(await seen(order)).toMatchObject({ status: 'released', released: 0, refunded: 1_260_000, held: 0 });
    expect(mine(await world.operator.get('/api/admin/disputes?status=open&limit=200'))).toEqual([]);
  });

  it('releases no more than escrow has beside what other deliveries reserved, and nothing below zero', async () => {
    const { order, path, disputeId } = await disputed();
    await ship(order, 60_000);
    const resolution = { resolution: 'Split.' };
    // 1,260,000 are held; the second delivery reserved 60 t with 5 % on top.
    for (const release of [504_000.01, '504000.01']) {
      const answer = await order.buyer.post(`${path}/propose`, { release });
      expect(answer).toMatchObject({ status: 422, body: { code: 'MARKETPLACE_DISPUTE_RELEASE_EXCEEDED' } });
      const decided = await world.operator.put(`/api/admin/disputes/${disputeId}`, { release, ...resolution });
      expect(decided.body.code).toBe('MARKETPLACE_DISPUTE_RELEASE_EXCEEDED');
    }
    const below = await order.buyer.post(`${path}/propose`, { release: -1 });
    expect(below).toMatchObject({ status: 400, body: { code: 'MONEY_INVALID' } });
    const decided = await world.operator.put(`/api/admin/disputes/${disputeId}`, { release: 504_000, ...resolution });
    expect(decided.body).toMatchObject({ release: 504_000, refund: 0 });
  });

  it('withdrawn by its opener goes on as inspected', async () => {
    const { order, deliveryId, path } = await disputed();
    const other = await order.supplier.post(`${path}/withdraw`);
    expect(other).toMatchObject({ status: 403, body: { code: 'MARKETPLACE_ORDER_WRONG_SIDE' } });
    const withdrawn = await order.buyer.post(`${path}/withdraw`);
    expect(withdrawn.body).toMatchObject({ status: 'withdrawn', orderStatus: 'inspected' });
    const accepted = await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/accept`);
    expect(accepted.body).toMatchObject({ release: 480_000, refund: 0 });
  });

  it('opened before the inspection is about the shipped mass; withdrawn, the inspection is still to come', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    const early = await dispute(order, deliveryId, 'supplier');
    expect(early).toMatchObject({ status: 409, body: { code: 'MARKETPLACE_DELIVERY_WRONG_STATUS' } });
    const { body } = await dispute(order, deliveryId);
    expect((await seen(order)).deliveries[0].settlement).toMatchObject({ of: 'shipped', payable: 480_000 });
    await order.buyer.post(`/api/orders/${order.id}/disputes/${body.disputeId}/withdraw`);
    expect((await seen(order)).deliveries[0]).toMatchObject({ status: 'delivered', settlement: null });
    const inspected = await inspect(order, deliveryId, { wetKg: 30_000 });
    expect(inspected.body.settlement).toMatchObject({ of: 'inspected', payable: 360_000 });
  });

  it('may be opened by the supplier over what was found', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    await inspect(order, deliveryId, { wetKg: 30_000 });
    const { body } = await dispute(order, deliveryId, 'supplier');
    expect(body).toMatchObject({ openedBy: 'supplier', orderStatus: 'disputed' });
    const path = `/api/orders/${order.id}/disputes/${body.disputeId}`;
    await order.buyer.post(`${path}/propose`, { release: 400_000 });
    expect((await order.supplier.post(`${path}/accept`)).body).toMatchObject({ release: 400_000, refund: 0 });
  });

  it('agreed and withdrawn at once, exactly one happens', async () => {
    const { order, path } = await disputed();
    await order.supplier.post(`${path}/propose`, { release: 400_000 });
    const answers = await Promise.all([order.buyer.post(`${path}/accept`), order.buyer.post(`${path}/withdraw`)]);
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409]);
  });

  it('cannot be reached by others, nor through another order', async () => {
    const { path, disputeId } = await disputed();
    const { order } = await disputed();
    expect((await world.buyer().post(`${path}/withdraw`)).body.code).toBe('MARKETPLACE_DISPUTE_NOT_FOUND');
    const crossed = await order.buyer.post(`/api/orders/${order.id}/disputes/${disputeId}/withdraw`);
    expect(crossed).toMatchObject({ status: 404, body: { code: 'MARKETPLACE_DISPUTE_NOT_FOUND' } });
    const unknown = await world.operator.put(`/api/admin/disputes/${newId()}`, { release: 1, resolution: 'x' });
    expect(unknown.body.code).toBe('MARKETPLACE_DISPUTE_NOT_FOUND');
  });
});
