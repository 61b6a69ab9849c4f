import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import {
  confirmedOrder,
  deliver,
  fund,
  fundedOrder,
  inspect,
  seen,
  settle,
  ship,
  type TestOrder,
} from './order.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const reason = { reason: 'Plans changed.' };
const cancel = (order: TestOrder, by: 'buyer' | 'supplier') => order[by].post(`/api/orders/${order.id}/cancel`, reason);
const cancelAsOperator = (order: TestOrder) => world.operator.post(`/api/admin/orders/${order.id}/cancel`, reason);
const cancelled = async (order: TestOrder) =>
  (await world.emitted(events.orderCancelled)).filter((each) => each.orderId === order.id);
const refund = (order: TestOrder, amountMinor: bigint) =>
  world.receive(events.refundStarted, order.id, { dealId: order.id, currency: 'USD', amountMinor });

describe('cancelling', () => {
  it.each(['buyer', 'supplier'] as const)('the %s may before the order is funded', async (by) => {
    const order = await confirmedOrder(world);
    expect((await cancel(order, by)).body).toMatchObject({ status: 'cancelled', deadlineAt: null });
    expect(await cancelled(order)).toEqual([{ orderId: order.id, ...reason }]);
    expect((await seen(order)).steps.at(-1)).toMatchObject({ status: 'cancelled', note: reason.reason });
    const told = (await world.emitted(events.notification.marketplace)).filter(
      (each) => each.template === 'order_cancelled' && each.data.orderId === order.id,
    );
    expect(told.map((each) => each.userId).sort()).toEqual([order.buyer.id, order.supplier.id].sort());
    expect((await cancel(order, by)).body.code).toBe('MARKETPLACE_ORDER_WRONG_STATUS');
  });

  it('of a funded order is for its supplier or an operator, and the escrow goes back once', async () => {
    const [first, second] = [await fundedOrder(world), await fundedOrder(world)];
    const refused = await cancel(first, 'buyer');
    expect([refused.status, refused.body.code]).toEqual([403, 'MARKETPLACE_ORDER_CANCEL_NEEDS_OPERATOR']);
    expect((await seen(first)).status).toBe('funded');
    expect((await first.buyer.post(`/api/admin/orders/${first.id}/cancel`, reason)).status).toBe(403);
    expect((await cancel(first, 'supplier')).status).toBe(200);
    expect((await cancelAsOperator(second)).status).toBe(200);
    expect(await seen(first)).toMatchObject({ status: 'cancelled', held: 1_260_000, refunded: 0 });
    await refund(first, 126_000_000n);
    await refund(first, 126_000_000n);
    expect(await seen(first)).toMatchObject({ status: 'cancelled', held: 0, refunded: 1_260_000 });
  });

  it('is refused once something is shipped, to everybody', async () => {
    const order = await fundedOrder(world);
    await ship(order, 1_000);
    for (const answer of [
      await cancel(order, 'buyer'),
      await cancel(order, 'supplier'),
      await cancelAsOperator(order),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'MARKETPLACE_ORDER_ALREADY_SHIPPED']);
    }
    expect(await cancelled(order)).toEqual([]);
  });

  it('between deliveries is for an operator only, and gives back the rest', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    await inspect(order, deliveryId, { wetKg: 40_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/accept`);
    await settle(world, order, deliveryId);
    expect((await cancel(order, 'supplier')).body.code).toBe('MARKETPLACE_ORDER_ALREADY_SHIPPED');
    expect((await cancelAsOperator(order)).status).toBe(200);
    await refund(order, 78_000_000n);
    expect(await seen(order)).toMatchObject({ status: 'cancelled', released: 480_000, refunded: 780_000, held: 0 });
  });

  it('and funding that cross each other leave the order cancelled, with what is held shown until it went back', async () => {
    const order = await confirmedOrder(world);
    await cancel(order, 'buyer');
    await fund(world, order);
    expect(await seen(order)).toMatchObject({ status: 'cancelled', held: 1_260_000 });
    await refund(order, 126_000_000n);
    await fund(world, order);
    expect(await seen(order)).toMatchObject({ status: 'cancelled', held: 0, refunded: 1_260_000 });
  });

  it('an order that was never full returns what had come, and funding told late changes nothing', async () => {
    const order = await confirmedOrder(world);
    await cancel(order, 'supplier');
    await refund(order, 1_000n);
    await fund(world, order);
    expect(await seen(order)).toMatchObject({ status: 'cancelled', held: 0, refunded: 10 });
  });

  it('a refund of an order that stands is not booked', async () => {
    const order = await fundedOrder(world);
    await refund(order, 1_000n);
    expect(await seen(order)).toMatchObject({ status: 'funded', refunded: 0 });
  });

  it('by both sides at once happens once', async () => {
    const order = await confirmedOrder(world);
    const answers = await Promise.all([cancel(order, 'buyer'), cancel(order, 'supplier')]);
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409]);
    expect(await cancelled(order)).toHaveLength(1);
  });

  it('by a stranger finds nothing', async () => {
    const order = await confirmedOrder(world);
    const answer = await world.supplier().post(`/api/orders/${order.id}/cancel`, reason);
    expect([answer.status, answer.body.code]).toEqual([404, 'MARKETPLACE_ORDER_NOT_FOUND']);
  });
});
