import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { confirmedOrder, deliver, fund, fundedOrder, inspect, lineOf, seen, settle, ship } from './order.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;

describe('deliveries', () => {
  it('settle one by one: between them the order is funded, and only the last gives back the rest', async () => {
    const order = await fundedOrder(world);
    const first = await deliver(order, 40_000);
    await inspect(order, first, { wetKg: 40_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${first}/accept`);
    expect((await settle(world, order, first)).event).toMatchObject({ final: false, refundedMinor: 0n });
    expect(await seen(order)).toMatchObject({ status: 'funded', released: 480_000, refunded: 0, held: 780_000 });
    const second = await deliver(order, 60_000);
    expect((await seen(order)).deliveries).toMatchObject([{ final: false }, { final: true, sequence: 2 }]);
    await inspect(order, second, { wetKg: 50_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${second}/accept`);
    await settle(world, order, second);
    expect(await seen(order)).toMatchObject({ status: 'released', released: 1_080_000, refunded: 180_000, held: 0 });
  });

  it('book of what goes back with the last no more than the order had: a surplus was never its', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order);
    await inspect(order, deliveryId, { wetKg: 100_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/accept`);
    await world.receive(events.partReleased, order.id, {
      ...{ dealId: order.id, partId: deliveryId, currency: 'USD', releasedMinor: 120_000_000n },
      ...{ refundedMinor: 6_000_777n, heldMinor: 0n, final: true, releasedAt: world.clock.now() },
    });
    expect(await seen(order)).toMatchObject({ status: 'released', released: 1_200_000, refunded: 60_000, held: 0 });
  });

  it('under way at once: the order is as far as the least advanced, and no release is the last while one waits', async () => {
    const order = await fundedOrder(world);
    const first = await deliver(order, 40_000);
    const second = await ship(order, 40_000, { final: true });
    expect((await seen(order)).status).toBe('shipped');
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${second}/delivered`);
    await inspect(order, second, { wetKg: 40_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${second}/accept`);
    expect((await settle(world, order, second)).event.final).toBe(false);
    expect(await seen(order)).toMatchObject({ status: 'delivered', released: 480_000, held: 780_000 });
    await inspect(order, first, { wetKg: 40_000 });
    await order.buyer.post(`/api/orders/${order.id}/deliveries/${first}/accept`);
    expect((await settle(world, order, first)).event.final).toBe(true);
    expect(await seen(order)).toMatchObject({ status: 'released', released: 960_000, refunded: 300_000, held: 0 });
  });

  it('pay for no more than is outstanding with the tolerance, and no more than escrow has', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order, 105_000);
    const assay = [{ analyte: 'Li2CO3', unit: '%', value: 100 }];
    const { body } = await inspect(order, deliveryId, { wetKg: 107_000, assay });
    expect(body.settlement).toMatchObject({
      terms: [{ payableKg: '105000', pricePerTonne: 12_250, amount: 1_286_250 }],
      total: 1_286_250,
      payable: 1_260_000,
    });
  });

  it.each([
    [
      'more than is outstanding with the tolerance',
      { items: [{ lineId: 'carbonate', massKg: 105_001 }] },
      422,
      'MARKETPLACE_ORDER_QUANTITY_EXCEEDED',
    ],
    [
      'a line the order does not have',
      { items: [{ lineId: 'hydroxide', massKg: 1 }] },
      422,
      'MARKETPLACE_ORDER_LINE_UNKNOWN',
    ],
    [
      'a line twice',
      {
        items: [
          { lineId: 'carbonate', massKg: 1 },
          { lineId: 'carbonate', massKg: 1 },
        ],
      },
      400,
      'REQUEST_INVALID',
    ],
    ['nothing', { items: [] }, 400, 'REQUEST_INVALID'],
  ])('are refused with %s', async (_what, fields, status, code) => {
    const order = await fundedOrder(world);
    const answer = await order.supplier.post(`/api/orders/${order.id}/deliveries`, {
      carrier: 'c',
      tracking: 't',
      ...fields,
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await seen(order)).toMatchObject({ status: 'funded', deliveries: [] });
  });

  it('are refused before the escrow is full, after the final one, and to the other side', async () => {
    const order = await confirmedOrder(world);
    const body = { items: [{ lineId: 'carbonate', massKg: 1_000 }], carrier: 'c', tracking: 't', final: true };
    const path = `/api/orders/${order.id}/deliveries`;
    expect((await order.supplier.post(path, body)).body.code).toBe('MARKETPLACE_ORDER_WRONG_STATUS');
    await fund(world, order);
    expect((await order.buyer.post(path, body)).body.code).toBe('NOT_ALLOWED');
    const alsoSupplier = world.person('supplier', order.buyer.id);
    expect(await alsoSupplier.post(path, body)).toMatchObject({
      status: 403,
      body: { code: 'MARKETPLACE_ORDER_WRONG_SIDE' },
    });
    expect((await world.supplier().post(path, body)).status).toBe(404);
    expect((await order.supplier.post(path, body)).status).toBe(201);
    expect((await order.supplier.post(path, body)).body.code).toBe('MARKETPLACE_ORDER_DELIVERIES_COMPLETE');
  });

  it('of two shipments at once that together are too much, one is refused', async () => {
    const order = await fundedOrder(world);
    const body = { items: [{ lineId: 'carbonate', massKg: 60_000 }], carrier: 'c', tracking: 't' };
    const answers = await Promise.all(
      [1, 2].map(() => order.supplier.post(`/api/orders/${order.id}/deliveries`, body)),
    );
    expect(answers.map((each) => each.status).sort()).toEqual([201, 422]);
  });

  it('arrive when the buyer or an operator says so, not before they left nor in the future', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await ship(order, 10_000);
    const path = `/orders/${order.id}/deliveries/${deliveryId}/delivered`;
    const at = (ms: number) => ({ deliveredAt: new Date(world.clock.now().getTime() + ms).toISOString() });
    for (const ms of [-1_000, 1_000]) {
      const answer = await order.buyer.post(`/api${path}`, at(ms));
      expect(answer).toMatchObject({ status: 422, body: { code: 'MARKETPLACE_DELIVERY_TIME_INVALID' } });
    }
    expect((await order.supplier.post(`/api${path}`)).status).toBe(403);
    expect((await order.buyer.post(`/api/admin${path}`)).status).toBe(403);
    world.clock.advance(DAY_MS);
    const arrived = await world.operator.post(`/api/admin${path}`, at(-DAY_MS / 2));
    expect(arrived.body).toMatchObject({ status: 'delivered', ...at(-DAY_MS / 2) });
    expect((await order.buyer.post(`/api${path}`)).body.code).toBe('MARKETPLACE_DELIVERY_WRONG_STATUS');
    const other = `/api/orders/${order.id}/deliveries/${newId()}/delivered`;
    expect((await order.buyer.post(other)).body.code).toBe('MARKETPLACE_DELIVERY_NOT_FOUND');
  });

  it('are inspected whole and once, and accepted only then', async () => {
    const order = await fundedOrder(world, { lines: [lineOf(), lineOf({ lineId: 'b', basis: 'wet' })] });
    const items = [
      { lineId: 'carbonate', massKg: 10_000 },
      { lineId: 'b', massKg: 10_000 },
    ];
    const deliveryId = await ship(order, 0, { items });
    expect((await inspect(order, deliveryId, { wetKg: 1 })).body.code).toBe('MARKETPLACE_DELIVERY_WRONG_STATUS');
    const path = `/api/orders/${order.id}/deliveries/${deliveryId}`;
    await order.buyer.post(`${path}/delivered`);
    expect(await inspect(order, deliveryId, { wetKg: 1 })).toMatchObject({
      status: 422,
      body: { code: 'MARKETPLACE_INSPECTION_INCOMPLETE' },
    });
    expect((await order.buyer.post(`${path}/accept`)).body.code).toBe('MARKETPLACE_DELIVERY_WRONG_STATUS');
    const found = items.map(({ lineId }) => ({ lineId, wetKg: 10_000, moisturePpb: 100_000_000 }));
    const twice = [found[0], found[0]];
    expect((await order.buyer.post(`${path}/inspection`, { items: twice })).body.code).toBe(
      'MARKETPLACE_INSPECTION_INCOMPLETE',
    );
    const inspected = await order.buyer.post(`${path}/inspection`, { items: found });
    expect(inspected.body.settlement.terms).toMatchObject([
      { lineId: 'carbonate', dryKg: '9000', payableKg: '9000', amount: 108_000 },
      { lineId: 'b', dryKg: '9000', payableKg: '10000', amount: 120_000 },
    ]);
    expect((await order.buyer.post(`${path}/inspection`, { items: found })).body.code).toBe(
      'MARKETPLACE_DELIVERY_WRONG_STATUS',
    );
    expect((await order.buyer.post(`${path}/accept`)).status).toBe(200);
    expect((await order.buyer.post(`${path}/accept`)).body.code).toBe('MARKETPLACE_DELIVERY_WRONG_STATUS');
    const asked = (await world.emitted(events.orderReleaseRequested)).filter((each) => each.orderId === order.id);
    expect(asked).toHaveLength(1);
  });

  it('are accepted once for one Idempotency-Key', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await deliver(order);
    await inspect(order, deliveryId, { wetKg: 100_000 });
    const accept = () =>
      order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/accept`, undefined, {
        'idempotency-key': order.id,
      });
    const [first, second] = [await accept(), await accept()];
    expect(first).toMatchObject({ status: 200, body: { status: 'releasing' } });
    expect(second).toEqual(first);
  });
});
