import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { createOrder } from './create-order.ts';
import { confirmedOrder, deliver, fund, fundedOrder, inspect, seen, settle, ship } from './order.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const about = async (orderId: string) =>
  (await world.emitted(events.notification.marketplace)).filter((each) => each.data.orderId === orderId);
const statusesOf = async (orderId: string) =>
  (await world.emitted(events.orderStatusChanged))
    .filter((each) => each.orderId === orderId)
    .map((each) => each.status);
const stepsOf = (view: { steps: { status: string }[] }) => view.steps.map((each) => each.status);

describe('a new order', () => {
  it('is confirmed, asks for the amount with the tolerance on top, and tells both sides', async () => {
    const order = await confirmedOrder(world);
    const view = await seen(order);
    expect(view).toMatchObject({
      ...{ status: 'confirmed', amount: 1_200_000, escrow: 1_260_000, released: 0, refunded: 0, held: 0 },
      ...{ currency: 'USD', place: 'Hamburg', deliveries: [], disputes: [], documents: [] },
      lines: [{ lineId: 'carbonate', quantityKg: 100_000, shippableKg: 105_000, pricePerTonne: 12_000 }],
    });
    expect(stepsOf(view)).toEqual(['confirmed']);
    const asked = (await world.emitted(events.orderFundingRequested)).filter((each) => each.orderId === order.id);
    expect(asked).toMatchObject([{ buyerId: order.buyer.id, amountMinor: 126_000_000n, currency: 'USD' }]);
    const told = await about(order.id);
    expect(new Set(told.map((each) => each.template))).toEqual(new Set(['order_confirmed']));
    expect(told.map((each) => each.userId).sort()).toEqual([order.buyer.id, order.supplier.id].sort());
  });

  it('is made once for its source, also by whoever accepts a quote', async () => {
    const order = await confirmedOrder(world);
    const again = await world.system.transaction('test', (tx) => createOrder(tx, order.input));
    const asBuyer = await order.buyer.ctx.transaction('test', (tx) => createOrder(tx, order.input));
    expect([again.id, asBuyer.id]).toEqual([order.id, order.id]);
    expect(await statusesOf(order.id)).toEqual(['confirmed']);
    for (const side of ['buyer', 'supplier'] as const) {
      const input = { ...order.input, source: 'quote' as const, sourceId: newId(), rfqId: null };
      const made = await order[side].ctx.transaction('test', (tx) => createOrder(tx, input));
      expect((await order.buyer.get(`/api/orders/${made.id}`)).body.status).toBe('confirmed');
    }
  });

  it('is not made by a person who is on neither side', async () => {
    const order = await confirmedOrder(world);
    const input = { ...order.input, sourceId: newId() };
    await expect(world.buyer().ctx.transaction('test', (tx) => createOrder(tx, input))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('is seen by its two sides and operators, and is missing to everybody else', async () => {
    const order = await confirmedOrder(world);
    for (const person of [order.buyer, order.supplier, world.operator]) {
      expect((await person.get(`/api/orders/${order.id}`)).status).toBe(200);
    }
    const stranger = await world.buyer().get(`/api/orders/${order.id}`);
    expect([stranger.status, stranger.body.code]).toEqual([404, 'MARKETPLACE_ORDER_NOT_FOUND']);
    expect((await order.buyer.get(`/api/orders/${newId()}`)).body.code).toBe('MARKETPLACE_ORDER_NOT_FOUND');
  });

  it('is listed for both sides, newest first, by status and page by page', async () => {
    const first = await confirmedOrder(world);
    const { buyer } = first;
    const { input } = await confirmedOrder(world);
    const second = { ...input, sourceId: newId(), buyerId: buyer.id };
    const { id } = await world.system.transaction('test', (tx) => createOrder(tx, second));
    await fund(world, first);
    const ids = (answer: { body: { items: { orderId: string }[] } }) => answer.body.items.map((each) => each.orderId);
    const page = await buyer.get('/api/orders?limit=1');
    expect(ids(page)).toEqual([id]);
    expect(ids(await buyer.get(`/api/orders?limit=1&cursor=${page.body.nextCursor}`))).toEqual([first.id]);
    expect(ids(await buyer.get('/api/orders?status=funded'))).toEqual([first.id]);
    expect(ids(await first.supplier.get('/api/orders'))).toEqual([first.id]);
    expect(ids(await world.operator.get('/api/orders'))).toEqual([]);
    expect(ids(await world.operator.get('/api/admin/orders?status=funded&limit=200'))).toContain(first.id);
    expect((await buyer.get('/api/admin/orders')).status).toBe(403);
  });
});

describe('the way of an order', () => {
  it('goes from funded to released, telling each step, and gives back what is left', async () => {
    const order = await fundedOrder(world);
    expect(await seen(order)).toMatchObject({ status: 'funded', held: 1_260_000 });
    const deliveryId = await ship(order);
    expect(await seen(order)).toMatchObject({
      status: 'shipped',
      deadlineAt: null,
      deliveries: [{ reserved: 1_260_000, final: true }],
    });
    const path = `/api/orders/${order.id}/deliveries/${deliveryId}`;
    expect((await order.buyer.post(`${path}/delivered`)).body).toMatchObject({
      status: 'delivered',
      orderStatus: 'delivered',
    });
    // 101 t with 2 % of water is 98.98 t dry; two whole steps of assay above (+100), three of sodium above (−30).
    const assay = [
      { analyte: 'Li2CO3', unit: '%', value: '99.79' },
      { analyte: 'Na', unit: 'ppm', value: 285 },
    ];
    const inspected = await inspect(order, deliveryId, { wetKg: 101_000, moisturePpb: 20_000_000, assay });
    expect(inspected).toMatchObject({ status: 200, body: { status: 'inspected', orderStatus: 'inspected' } });
    expect(inspected.body.settlement).toEqual({
      of: 'inspected',
      terms: [
        {
          lineId: 'carbonate',
          wetKg: 101_000,
          moisturePpb: 20_000_000,
          dryKg: '98980',
          payableKg: '98980',
          pricePerTonne: 12_070,
          adjustments: [
            { analyte: 'Li2CO3', foundPpb: 997_900_000, steps: 2, perTonne: 100 },
            { analyte: 'Na', foundPpb: 285_000, steps: 3, perTonne: -30 },
          ],
          brokenLimits: [{ analyte: 'Na', unit: 'ppb', min: null, max: 250_000 }],
          amount: 1_194_688.6,
        },
      ],
      total: 1_194_688.6,
      payable: 1_194_688.6,
    });
    const accepted = await order.buyer.post(`${path}/accept`);
    expect(accepted.body).toMatchObject({
      status: 'releasing',
      orderStatus: 'accepted',
      release: 1_194_688.6,
      refund: 0,
    });
    const asked = (await world.emitted(events.orderReleaseRequested)).filter((each) => each.orderId === order.id);
    expect(asked).toEqual([
      {
        ...{ orderId: order.id, deliveryId, payeeId: order.supplier.id, currency: 'USD' },
        ...{ releaseMinor: 119_468_860n, refundMinor: 0n, final: true },
      },
    ]);
    const { event } = await settle(world, order, deliveryId);
    expect(await world.receive(events.partReleased, order.id, event)).toBe('handled');
    const payout = {
      ...{ dealId: order.id, paymentId: newId(), participationId: deliveryId, sellerId: order.supplier.id },
      ...{ amountMinor: 119_468_860n, currency: 'USD', confirmedAt: world.clock.now() },
    };
    await world.receive(events.payoutConfirmed, order.id, payout);
    world.clock.advance(1_000);
    await world.receive(events.payoutConfirmed, order.id, { ...payout, confirmedAt: world.clock.now() });
    const view = await seen(order);
    expect(view).toMatchObject({
      status: 'released',
      released: 1_194_688.6,
      refunded: 65_311.4,
      held: 0,
      deadlineAt: null,
    });
    expect(view.deliveries[0]).toMatchObject({ status: 'released', paidAt: payout.confirmedAt.toISOString() });
    expect(stepsOf(view)).toEqual([
      ...['confirmed', 'funded', 'shipped', 'delivered', 'inspected', 'accepted', 'released', 'released'],
    ]);
    expect(await statusesOf(order.id)).toEqual([
      ...['confirmed', 'funded', 'shipped', 'delivered', 'inspected', 'accepted', 'released'],
    ]);
    const told = (await about(order.id)).filter((each) => each.template === 'order_released');
    expect(told.map((each) => each.userId).sort()).toEqual([order.buyer.id, order.supplier.id].sort());
  });

  it('is funded once, whatever is delivered twice; money of deals is not its own', async () => {
    const order = await confirmedOrder(world);
    await fund(world, order);
    await fund(world, order);
    expect(await statusesOf(order.id)).toEqual(['confirmed', 'funded']);
    const unknown = newId();
    const event = { dealId: unknown, commitmentId: newId(), paymentId: newId(), buyerId: newId(), amountMinor: 1n };
    const deal = { ...event, currency: 'USD', fundedAt: undefined };
    expect(await world.receive(events.commitmentFunded, unknown, deal)).toBe('handled');
    const part = {
      dealId: unknown,
      partId: newId(),
      currency: 'USD',
      releasedMinor: 1n,
      refundedMinor: 0n,
      heldMinor: 0n,
    };
    const released = { ...part, final: true, releasedAt: undefined };
    expect(await world.receive(events.partReleased, unknown, released)).toBe('handled');
  });

  it('books nothing for a delivery that nobody accepted', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order);
    const event = {
      dealId: order.id,
      partId: deliveryId,
      currency: 'USD',
      releasedMinor: 5n,
      refundedMinor: 0n,
      heldMinor: 0n,
    };
    await world.receive(events.partReleased, order.id, { ...event, final: false, releasedAt: undefined });
    expect(await seen(order)).toMatchObject({ status: 'delivered', released: 0 });
  });
});
