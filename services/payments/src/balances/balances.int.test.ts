import { formatMoney, newId, sumBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Actor } from '@clearlot/service';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bidding, createBidding, marketplace } from '../../test/bidding.ts';
import { createWorld, operator, type World } from '../../test/world.ts';
import { withdrawFree } from '../ledger/store.ts';
import { verifyLedger } from '../ledger/verify.ts';

let database: TestDatabase;
let world: World;
let bids: Bidding;
beforeAll(async () => {
  database = await createTestDatabase('payments');
  world = await createWorld(database.appUrl);
  bids = createBidding(world);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

describe('a balance', () => {
  test('adds up what was wired; a top-up that waits is answered again, and another wire for it goes back', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    expect(await bids.topUp(userId, 250_000n)).toBe(balanceId);
    const ask = () => bids.post(userId, '/api/payments/balances/top-ups', { currency: 'USD', amount: '10.00' });
    const [first, again] = [await ask(), await ask()];
    expect(again.body.paymentId).toBe(first.body.paymentId);
    await world.confirm(first.body.paymentId, { amount: '15.00', wireReference: newId() });
    expect(await bids.moneyOf(balanceId)).toMatchObject({
      availableMinor: 751_000n,
      heldMinor: 0n,
      refundableMinor: 500n,
    });
    const { body } = await world.get('/api/payments/balances', userId);
    expect(body.items).toMatchObject([{ balanceId, currency: 'USD', available: 7_510, held: 0, deposits: [] }]);
    expect((await world.get('/api/payments/balances', newId())).body.items).toEqual([]);
    expect(await world.published(balanceId)).not.toContain(events.commitmentFunded.subject);
  });

  test('is sent back on demand, what is held never', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    await bids.place(userId, 400_000n);
    const ask = (amount: number, by = userId, key?: string) =>
      bids.post(by, `/api/payments/balances/${balanceId}/withdrawals`, { amount }, key);
    expect(await ask(1_000.01)).toMatchObject({ status: 409, body: { code: 'PAYMENTS_INSUFFICIENT_FUNDS' } });
    expect(await ask(1, newId())).toMatchObject({ status: 404, body: { code: 'PAYMENTS_BALANCE_NOT_FOUND' } });
    const key = newId();
    const first = await ask(600, userId, key);
    expect(first).toMatchObject({ status: 201, body: { purpose: 'refund', amount: 600, status: 'pending' } });
    await world.confirm(first.body.paymentId, { amount: 600, wireReference: newId() });
    expect((await ask(600, userId, key)).body).toEqual(first.body);
    expect((await ask(300)).body).toMatchObject({ purpose: 'refund', amount: 300 });
    expect(await ask(100.01)).toMatchObject({ status: 409, body: { code: 'PAYMENTS_INSUFFICIENT_FUNDS' } });
    expect(await bids.moneyOf(balanceId)).toMatchObject({
      ...{ availableMinor: 10_000n, heldMinor: 400_000n, refundableMinor: 30_000n, refundedMinor: 60_000n },
    });
    const withdrawn = await world
      .as(operator)
      .read(({ sql }) => sql`select actor from audit_log where entity_id = ${first.body.paymentId} order by at`);
    expect(withdrawn.map(({ actor }) => actor)).toEqual([userId, operator.id]);
  });

  test('is sent back beside a refund of the same amount that nobody asked for', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const [topped] = await world.payments(balanceId);
    await world.confirm(topped?.id ?? '', { amount: 600, wireReference: newId() });
    const { body } = await bids.post(userId, `/api/payments/balances/${balanceId}/withdrawals`, { amount: 600 });
    const refunds = (await world.payments(balanceId)).filter((each) => each.purpose === 'refund');
    expect(refunds).toHaveLength(2);
    expect(refunds.map(({ id }) => id)).toContain(body.paymentId);
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 440_000n, refundableMinor: 120_000n });
  });

  test('is not taken from by anybody else, not even by SQL of their own', async () => {
    const { balanceId } = await bids.bidder(500_000n);
    const stranger: Actor = { kind: 'user', id: newId(), roles: ['buyer'] };
    for (const actor of [stranger, marketplace, operator]) {
      const withdrawal = { balanceId, paymentId: newId(), reference: newId(), amountMinor: 1n, at: new Date() };
      await expect(
        world.as(actor).transaction('Steal', (tx) => withdrawFree(tx.sql, withdrawal)),
      ).rejects.toMatchObject({ code: 'PAYMENTS_BALANCE_NOT_FOUND' });
    }
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 500_000n });
  });
});

test('money is conserved after every step, whatever is done in whatever order', async () => {
  const step = fc.record({
    kind: fc.constantFrom('wire', 'place', 'place', 'release', 'forfeit', 'apply', 'withdraw', 'send'),
    which: fc.nat(5),
    amount: fc.integer({ min: 1, max: 5_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { userId, balanceId } = await bids.bidder(300_000n);
      const deposits: string[] = [];
      const orders: string[] = [];
      let wired = 300_000n;
      for (const { kind, which, amount } of steps) {
        const minor = BigInt(amount) * 100n;
        const depositId = deposits[which % Math.max(deposits.length, 1)] ?? newId();
        if (kind === 'wire') {
          await bids.topUp(userId, minor);
          wired += minor;
        } else if (kind === 'place') {
          deposits.push(newId());
          await bids.place(userId, minor, deposits.at(-1))?.catch(() => {});
        } else if (kind === 'apply') {
          const lot = bids.order(userId, minor, depositId);
          const outcome = await lot.deliver().catch(() => 'refused');
          if (outcome === 'handled') orders.push(lot.orderId);
        } else if (kind === 'withdraw') {
          await bids.post(userId, `/api/payments/balances/${balanceId}/withdrawals`, { amount });
        } else if (kind === 'send') {
          const out = (await world.payments(balanceId)).find((each) => each.type === 'outgoing' && !each.confirmedAt);
          const paid = formatMoney(out?.amountMinor ?? 0n, 'USD');
          if (out) await world.confirm(out.id, { amount: paid, wireReference: newId() });
        } else await bids.settle(depositId, kind as 'release' | 'forfeit', newId()).catch(() => {});
        const { receivedMinor, heldMinor } = await bids.moneyOf(balanceId);
        expect(receivedMinor).toBe(wired);
        const [own] = (await world.get('/api/payments/balances', userId)).body.items;
        const standing = own.deposits.filter((each: { status: string }) => each.status === 'held');
        const backed = standing.map((each: { amount: number }) => BigInt(Math.round(each.amount * 100)));
        expect(heldMinor).toBe(sumBigint(backed));
      }
      const inOrders = await Promise.all(orders.map(async (id) => (await bids.moneyOf(id)).receivedMinor));
      const applied = await world.sql.begin(async (tx) => {
        await tx`select set_config('app.role', 'system', true)`;
        const [row] = await tx`select coalesce(sum(w.amount_minor), 0)::bigint as sum from wire w
          where w.wire_reference like 'deposit:%' and w.user_id = ${userId}`;
        return row?.sum as bigint;
      });
      expect(sumBigint(inOrders)).toBe(applied);
    }),
    { numRuns: 25 },
  );
  expect((await verifyLedger(world.sql)).problems).toEqual([]);
});
