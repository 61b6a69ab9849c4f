import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, newOrder, newPart, type Order, operator, type World } from '../../test/world.ts';
import { sumBalances } from '../ledger/ledger.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase('payments');
  world = await createWorld(database.appUrl);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const balances = async (order: Order) => sumBalances(await world.accounts(order.orderId));
const ofPurpose = async (order: Order, purpose: string) =>
  (await world.payments(order.orderId)).filter((payment) => payment.purpose === purpose);
const state = async (order: Order) => [await world.accounts(order.orderId), await world.payments(order.orderId)];
const statusOf = async (order: Order) => (await world.get(`/api/admin/escrows/${order.orderId}`)).body.status;

async function wire(order: Order, amountMinor: bigint) {
  const [funding] = await ofPurpose(order, 'funding');
  const answer = await world.confirm(funding?.id ?? '', {
    amount: Number(amountMinor) / 100,
    wireReference: newId(),
  });
  expect(answer.status).toBe(200);
  return answer.body;
}

async function fundedOrder(amountMinor = 100_000n): Promise<Order> {
  const order = newOrder(amountMinor);
  await world.fundOrder(order);
  await wire(order, amountMinor);
  return order;
}

test('a buyer is told once where to wire an order, and its wire is held for the order as its own commitment', async () => {
  const order = newOrder(100_000n);
  expect(await world.fundOrder(order)).toBe('handled');
  expect(await world.fundOrder(order)).toBe('handled');
  const notices = await world.told(order.buyerId);
  expect(notices).toMatchObject([
    { template: 'payment_instructions', data: { dealName: 'Battery-grade carbonate', amount: 'USD 1,000.00' } },
  ]);
  expect(notices[0]?.data.heldUntil).toBe('you have accepted what is delivered');
  expect(await wire(order, 100_000n)).toMatchObject({ status: 'confirmed' });
  expect(await ofPurpose(order, 'funding')).toMatchObject([{ userId: order.buyerId, commitmentId: order.orderId }]);
  expect(await balances(order)).toMatchObject({ heldMinor: 100_000n, availableMinor: 0n });
  expect(await world.published(order.orderId)).toContain('payments.escrow.commitment_funded.v1');
});

test('each delivery pays its payee its part and keeps the rest held; the last gives back what is left', async () => {
  const order = await fundedOrder();
  const [first, second, last] = [newPart(30_000n), newPart(20_000n, 10_000n), newPart(35_000n, 1_000n, true)];
  for (const part of [first, second, last]) expect(await world.settlePart(order, part)).toBe('handled');

  const payouts = (await ofPurpose(order, 'payout')).toReversed();
  expect(payouts.map((each) => [each.userId, each.participationId, each.amountMinor])).toEqual(
    [first, second, last].map((part) => [part.payeeId, part.deliveryId, part.releaseMinor]),
  );
  const refunds = (await ofPurpose(order, 'refund')).toReversed();
  expect(refunds.map((each) => [each.userId, each.commitmentId, each.amountMinor])).toEqual([
    [order.buyerId, order.orderId, 10_000n],
    [order.buyerId, order.orderId, 5_000n],
  ]);
  const said = await world.settledParts(order.orderId);
  expect(said.map((each) => [each.partId, each.releasedMinor, each.refundedMinor, each.heldMinor, each.final])).toEqual(
    [
      [first.deliveryId, 30_000n, 0n, 70_000n, false],
      [second.deliveryId, 20_000n, 10_000n, 40_000n, false],
      [last.deliveryId, 35_000n, 5_000n, 0n, true],
    ],
  );
  expect(await balances(order)).toMatchObject({ heldMinor: 0n, payableMinor: 85_000n, refundableMinor: 15_000n });
  expect(await statusOf(order)).toBe('released');

  for (const payment of [...payouts, ...refunds]) {
    const amount = Number(payment.amountMinor) / 100;
    expect((await world.confirm(payment.id, { amount, wireReference: newId() })).body.status).toBe('confirmed');
  }
  expect(await balances(order)).toEqual({
    ...{ receivedMinor: 100_000n, paidOutMinor: 85_000n, refundedMinor: 15_000n },
    ...{ availableMinor: 0n, heldMinor: 0n, payableMinor: 0n, refundableMinor: 0n },
  });
});

test('a delivery is settled at most once, whatever is delivered again or at the same time', async () => {
  const order = await fundedOrder();
  const part = newPart(40_000n, 5_000n);
  const message = { orderId: order.orderId, currency: order.currency, ...part };
  const messageId = newId();
  const outcomes = await Promise.all(
    [messageId, messageId, newId(), newId()].map((id) =>
      world.deliver(events.orderReleaseRequested, order.orderId, message, { messageId: id, version: 2n }),
    ),
  );
  expect(outcomes.toSorted()).toEqual(['duplicate', 'handled', 'handled', 'handled']);
  expect(await world.settledParts(order.orderId)).toHaveLength(1);
  const before = await state(order);
  for (const other of [
    { ...part, releaseMinor: 40_001n },
    { ...part, refundMinor: 0n },
    { ...part, payeeId: newId() },
    { ...part, final: true },
  ]) {
    await expect(world.settlePart(order, other)).rejects.toMatchObject({ code: 'PAYMENTS_PART_REPEATED' });
  }
  expect(await state(order)).toEqual(before);
  expect(await balances(order)).toMatchObject({ heldMinor: 55_000n, payableMinor: 40_000n, refundableMinor: 5_000n });
});

test('a part of more than is held fails whole and leaves no trace', async () => {
  const order = await fundedOrder();
  await world.settlePart(order, newPart(60_000n));
  const before = [await state(order), await world.published(order.orderId)];
  for (const tooMuch of [newPart(40_001n), newPart(0n, 40_001n), newPart(20_000n, 20_001n, true), newPart(-1n, 2n)]) {
    await expect(world.settlePart(order, tooMuch)).rejects.toMatchObject({ code: 'PAYMENTS_RELEASE_NOT_COVERED' });
  }
  const wrongCurrency = { ...order, currency: 'EUR' };
  await expect(world.settlePart(wrongCurrency, newPart(1n))).rejects.toMatchObject({
    code: 'PAYMENTS_CURRENCY_MISMATCH',
  });
  await expect(world.settlePart(newOrder(1n), newPart(1n))).rejects.toMatchObject({
    code: 'PAYMENTS_ESCROW_NOT_FOUND',
  });
  expect([await state(order), await world.published(order.orderId)]).toEqual(before);
});

test('money wired towards an order that is not funded is never released, and a final part gives it back', async () => {
  const order = newOrder(100_000n);
  await world.fundOrder(order);
  await wire(order, 25_000n);
  await expect(world.settlePart(order, newPart(1n))).rejects.toMatchObject({ code: 'PAYMENTS_RELEASE_NOT_COVERED' });
  await world.settlePart(order, newPart(0n, 0n, true));
  expect(await world.settledParts(order.orderId)).toMatchObject([
    { releasedMinor: 0n, refundedMinor: 25_000n, heldMinor: 0n, final: true },
  ]);
  expect(await statusOf(order)).toBe('cancelled');
  expect(await ofPurpose(order, 'funding')).toMatchObject([{ status: 'cancelled' }]);
  // What still arrives goes back by itself.
  await wire(order, 75_000n);
  expect(await balances(order)).toMatchObject({ availableMinor: 0n, heldMinor: 0n, refundableMinor: 100_000n });
});

test('an order that is refunded whole ends cancelled, and nothing is settled after an end', async () => {
  const order = await fundedOrder();
  await world.settlePart(order, newPart(0n, 100_000n, true));
  expect(await statusOf(order)).toBe('cancelled');
  expect(await ofPurpose(order, 'payout')).toEqual([]);
  await expect(world.settlePart(order, newPart(0n))).rejects.toMatchObject({ code: 'PAYMENTS_ESCROW_NOT_OPEN' });
  expect(await balances(order)).toMatchObject({ refundableMinor: 100_000n, heldMinor: 0n });
});

test('a cancelled order gives back what is not released yet and leaves payees what they are owed', async () => {
  const order = await fundedOrder();
  await world.settlePart(order, newPart(30_000n));
  expect(await world.cancelOrder(order)).toBe('handled');
  expect(await world.cancelOrder(order)).toBe('handled');
  expect(await balances(order)).toMatchObject({ heldMinor: 0n, payableMinor: 30_000n, refundableMinor: 70_000n });
  const facts = await world.published(order.orderId);
  expect(facts.filter((fact) => fact === 'payments.escrow.refund_started.v1')).toHaveLength(1);
  await expect(world.settlePart(order, newPart(1n))).rejects.toMatchObject({ code: 'PAYMENTS_ESCROW_NOT_OPEN' });
});

test('a cancellation after the last delivery is put on record and changes nothing', async () => {
  const order = await fundedOrder();
  await world.settlePart(order, newPart(100_000n, 0n, true));
  const before = await state(order);
  expect(await world.cancelOrder(order)).toBe('handled');
  expect(await state(order)).toEqual(before);
  const audit = await world
    .as(operator)
    .read(
      ({ sql }) => sql`select 1 from audit_log where entity_id = ${order.orderId} and action = 'escrow.cancel_refused'`,
    );
  expect(audit).toHaveLength(1);
});
