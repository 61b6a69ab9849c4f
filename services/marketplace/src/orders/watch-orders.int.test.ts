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
import { watchOrders } from './watch-orders.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const reminders = async (order: TestOrder) =>
  (await world.emitted(events.notification.marketplace))
    .filter((each) => each.template === 'order_overdue' && each.data.orderId === order.id)
    .map((each) => [each.userId, each.data.status]);
const incidents = async (order: TestOrder) => {
  const { body } = await world.operator.get('/api/admin/orders?limit=200');
  return body.items.find((each: { orderId: string }) => each.orderId === order.id).incidents;
};

describe('deadlines', () => {
  it('an order nobody funds is reminded of once and never cancelled by itself', async () => {
    const order = await confirmedOrder(world);
    world.clock.advance(5 * DAY_MS - 1);
    await world.tick();
    expect(await reminders(order)).toEqual([]);
    world.clock.advance(2);
    await Promise.all([watchOrders.run(world.system), watchOrders.run(world.system)]);
    world.clock.advance(30 * DAY_MS);
    await world.tick();
    expect(await reminders(order)).toEqual([[order.buyer.id, 'confirmed']]);
    expect((await seen(order)).status).toBe('confirmed');
    expect(await incidents(order)).toMatchObject([{ kind: 'deadline_missed', deliveryId: null }]);
    await fund(world, order);
    await world.tick();
    expect(await incidents(order)).toEqual([]);
    expect((await seen(order)).status).toBe('funded');
  });

  it('a supplier who does not ship within a week after the goods are due is reminded', async () => {
    const order = await fundedOrder(world);
    expect((await seen(order)).deadlineAt).toBe('2027-02-08T00:00:00.000Z');
    world.clock.advance(new Date('2027-02-08T00:00:01Z').getTime() - world.clock.now().getTime());
    await world.tick();
    expect(await reminders(order)).toEqual([[order.supplier.id, 'funded']]);
  });

  it('a delivery nobody inspects in time is accepted at the shipped mass, and a step says so', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    world.clock.advance(14 * DAY_MS);
    await world.tick();
    expect((await seen(order)).status).toBe('delivered');
    world.clock.advance(1);
    await Promise.all([watchOrders.run(world.system), watchOrders.run(world.system)]);
    const view = await seen(order);
    expect(view).toMatchObject({
      status: 'accepted',
      deliveries: [
        { status: 'releasing', release: 480_000, settlement: { of: 'shipped', terms: [{ brokenLimits: [] }] } },
      ],
    });
    expect(view.steps.at(-1)).toMatchObject({ status: 'accepted', deliveryId, note: expect.any(String) });
    const asked = (await world.emitted(events.orderReleaseRequested)).filter((each) => each.orderId === order.id);
    expect(asked).toMatchObject([{ releaseMinor: 48_000_000n, final: false }]);
    await settle(world, order, deliveryId);
    expect(await seen(order)).toMatchObject({ status: 'funded', released: 480_000 });
  });

  it('a delivery nobody accepts or disputes in time is accepted as inspected', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    await inspect(order, deliveryId, { wetKg: 30_000 });
    world.clock.advance(5 * DAY_MS + 1);
    await world.tick();
    expect((await seen(order)).deliveries[0]).toMatchObject({ status: 'releasing', release: 360_000 });
  });

  it('a dispute stops the clock of the inspection; both sides are reminded of it', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/dispute`, { reason: 'Wet.' });
    world.clock.advance(14 * DAY_MS + 1);
    await world.tick();
    expect((await seen(order)).status).toBe('disputed');
    const both = [order.buyer.id, order.supplier.id].sort();
    expect((await reminders(order)).sort()).toEqual(both.map((userId) => [userId, 'disputed']));
    expect(await incidents(order)).toMatchObject([{ kind: 'deadline_missed', deliveryId }]);
  });

  it('two deliveries that lapse at once are both accepted, each within the escrow', async () => {
    const order = await fundedOrder(world);
    const ids = [await deliver(order, 50_000), await deliver(order, 50_000)];
    world.clock.advance(15 * DAY_MS);
    await world.tick();
    const asked = (await world.emitted(events.orderReleaseRequested)).filter((each) => each.orderId === order.id);
    expect(asked.map((each) => [each.deliveryId, each.releaseMinor, each.final])).toEqual([
      [ids[0], 60_000_000n, false],
      [ids[1], 60_000_000n, true],
    ]);
  });

  it('a release payments does not answer, and goods that never arrive, become incidents', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 40_000);
    await inspect(order, deliveryId, { wetKg: 40_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/accept`);
    const shipped = await ship(order, 10_000);
    world.clock.advance(3_600_001);
    await world.tick();
    expect(await incidents(order)).toMatchObject([{ deliveryId }]);
    expect(await reminders(order)).toEqual([]);
    await settle(world, order, deliveryId);
    world.clock.advance(60 * DAY_MS);
    await world.tick();
    expect(await incidents(order)).toMatchObject([{ deliveryId: shipped }]);
    expect(await reminders(order)).toEqual([[order.buyer.id, 'shipped']]);
  });
});
