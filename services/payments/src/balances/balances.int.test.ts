import { formatMoney, newId, sumBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Actor } from '@clearlot/service';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, newOrder, type World } from '../../test/world.ts';
import { paymentsRpcs } from '../grpc.ts';
import { isBalanced, sumBalances } from '../ledger/ledger.ts';

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

const marketplace: Actor = { kind: 'service', id: 'marketplace', roles: [] };

async function post(userId: string, url: string, payload: object) {
  const headers = { authorization: `Bearer ${userId}` };
  const answer = await world.http.inject({ method: 'POST', url, headers, payload });
  return { status: answer.statusCode, body: answer.json() };
}

/** A person whose balance was topped up by a wire. */
async function bidder(minor: bigint) {
  const userId = newId();
  const balanceId = await topUp(userId, minor);
  return { userId, balanceId };
}

async function topUp(userId: string, minor: bigint): Promise<string> {
  const amount = formatMoney(minor, 'USD');
  const asked = await post(userId, '/api/payments/balances/top-ups', { currency: 'USD', amount });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  expect(asked.body.wireInstructions.reference).toBe(asked.body.reference);
  const booked = await world.confirm(asked.body.paymentId, { amount, wireReference: newId() });
  expect(booked.status, JSON.stringify(booked.body)).toBe(200);
  return asked.body.dealId;
}

function place(userId: string, amountMinor: bigint, depositId = newId(), auctionId = newId()) {
  const request = { idempotencyKey: depositId, depositId, userId, auctionId, amountMinor, currency: 'USD' };
  return paymentsRpcs.rpcs.placeDeposit?.action(world.as(marketplace), request);
}

function settle(depositId: string, outcome: 'release' | 'forfeit', payeeId = '') {
  const auctionId = newId();
  const settlements = [{ depositId, outcome, payeeId }];
  return world.deliver(events.auctionDepositsSettled, auctionId, { auctionId, settlements });
}

function order(buyerId: string, amountMinor: bigint, depositId: string) {
  const input = { ...newOrder(amountMinor), buyerId };
  const { orderId, currency } = input;
  const fact = { orderId, buyerId, currency, amountMinor, orderName: 'Lot 1', depositId };
  return { orderId, deliver: () => world.deliver(events.orderFundingRequested, orderId, fact) };
}

async function moneyOf(dealId: string) {
  const accounts = await world.accounts(dealId);
  const sums = sumBalances(accounts);
  expect(isBalanced(accounts)).toBe(true);
  const { receivedMinor, ...places } = sums;
  expect(sumBigint(Object.values(places))).toBe(receivedMinor);
  return sums;
}

describe('a balance', () => {
  test('adds up what was wired; a top-up that waits is answered again, and another wire for it goes back', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    expect(await topUp(userId, 250_000n)).toBe(balanceId);
    const ask = () => post(userId, '/api/payments/balances/top-ups', { currency: 'USD', amount: '10.00' });
    const [first, again] = [await ask(), await ask()];
    expect(again.body.paymentId).toBe(first.body.paymentId);
    await world.confirm(first.body.paymentId, { amount: '15.00', wireReference: newId() });
    expect(await moneyOf(balanceId)).toMatchObject({ availableMinor: 751_000n, heldMinor: 0n, refundableMinor: 500n });
    const { body } = await world.get('/api/payments/balances', userId);
    expect(body.items).toMatchObject([{ balanceId, currency: 'USD', available: 7_510, held: 0, deposits: [] }]);
    expect((await world.get('/api/payments/balances', newId())).body.items).toEqual([]);
    expect(await world.published(balanceId)).not.toContain(events.commitmentFunded.subject);
  });

  test('is sent back on demand, what is held never', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    await place(userId, 400_000n);
    const ask = (amount: number, by = userId) =>
      post(by, `/api/payments/balances/${balanceId}/withdrawals`, { amount });
    expect(await ask(1_000.01)).toMatchObject({ status: 409, body: { code: 'PAYMENTS_INSUFFICIENT_FUNDS' } });
    expect(await ask(1, newId())).toMatchObject({ status: 404, body: { code: 'PAYMENTS_BALANCE_NOT_FOUND' } });
    const first = await ask(600);
    expect(first).toMatchObject({ status: 201, body: { purpose: 'refund', amount: 600 } });
    expect((await ask(600)).body.paymentId).toBe(first.body.paymentId);
    expect(await ask(1)).toMatchObject({ status: 409, body: { code: 'PAYMENTS_WITHDRAWAL_PENDING' } });
    await world.confirm(first.body.paymentId, { amount: 600, wireReference: newId() });
    expect(await moneyOf(balanceId)).toMatchObject({
      availableMinor: 40_000n,
      heldMinor: 400_000n,
      refundedMinor: 60_000n,
    });
  });
});

describe('a deposit', () => {
  test('takes what is free and nothing else, once per key, and two at once never more than there is', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    const depositId = newId();
    const auctionId = newId();
    await place(userId, 200_000n, depositId, auctionId);
    await place(userId, 200_000n, depositId, auctionId);
    await expect(place(userId, 1n, newId(), auctionId)).rejects.toMatchObject({
      code: 'PAYMENTS_DEPOSIT_ALREADY_PLACED',
    });
    const both = await Promise.allSettled([place(userId, 200_000n), place(userId, 200_000n)]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { code: 'PAYMENTS_INSUFFICIENT_FUNDS', detail: 'USD 1,000.00 is free, USD 2,000.00 is needed.' },
    });
    await expect(place(newId(), 1n)).rejects.toMatchObject({ code: 'PAYMENTS_BALANCE_NOT_FOUND' });
    expect(await moneyOf(balanceId)).toMatchObject({ availableMinor: 100_000n, heldMinor: 400_000n });
    expect((await world.get('/api/payments/balances', userId)).body.items[0].deposits).toHaveLength(2);
  });

  test('is given back once, and one that was never placed is left alone', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    const depositId = newId();
    await place(userId, 200_000n, depositId);
    for (const id of [depositId, depositId, newId()]) expect(await settle(id, 'release')).toBe('handled');
    expect(await moneyOf(balanceId)).toMatchObject({ availableMinor: 500_000n, heldMinor: 0n });
    await expect(settle(depositId, 'forfeit', newId())).rejects.toMatchObject({ code: 'STATE_TRANSITION_ILLEGAL' });
  });

  test('that is forfeited is owed to whoever held the auction, once', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    const [depositId, owner] = [newId(), newId()];
    await place(userId, 200_000n, depositId);
    for (let time = 0; time < 2; time++) expect(await settle(depositId, 'forfeit', owner)).toBe('handled');
    expect(await moneyOf(balanceId)).toMatchObject({ availableMinor: 300_000n, heldMinor: 0n, payableMinor: 200_000n });
    const [payout] = (await world.payments(balanceId)).filter((each) => each.purpose === 'payout');
    expect(payout).toMatchObject({ userId: owner, amountMinor: 200_000n, status: 'pending' });
    await world.confirm(payout?.id ?? '', { amount: 2_000, wireReference: newId() });
    expect(await moneyOf(balanceId)).toMatchObject({ payableMinor: 0n, paidOutMinor: 200_000n });
  });

  test('that is applied arrives at the order as a wire, once; the rest of the price is wired as ever', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    const depositId = newId();
    await place(userId, 200_000n, depositId);
    const lot = order(userId, 900_000n, depositId);
    expect(await lot.deliver()).toBe('handled');
    expect(await lot.deliver()).toBe('handled');
    expect(await moneyOf(balanceId)).toMatchObject({
      availableMinor: 300_000n,
      heldMinor: 0n,
      refundedMinor: 200_000n,
    });
    const [funding] = await world.payments(lot.orderId);
    expect(funding).toMatchObject({ status: 'partial', confirmedMinor: 200_000n });
    expect(funding?.wires).toMatchObject([{ wireReference: `deposit:${depositId}`, match: 'short' }]);
    await world.confirm(funding?.id ?? '', { amount: 7_000, wireReference: newId() });
    expect(await moneyOf(lot.orderId)).toMatchObject({ receivedMinor: 900_000n, heldMinor: 900_000n });
    expect(await world.published(lot.orderId)).toContain(events.commitmentFunded.subject);
  });

  test('above what the order needs funds it at once, and the rest is free again', async () => {
    const { userId, balanceId } = await bidder(500_000n);
    const depositId = newId();
    await place(userId, 200_000n, depositId);
    const lot = order(userId, 150_000n, depositId);
    await lot.deliver();
    expect(await moneyOf(balanceId)).toMatchObject({ availableMinor: 350_000n, heldMinor: 0n });
    expect(await moneyOf(lot.orderId)).toMatchObject({ heldMinor: 150_000n });
    expect((await world.payments(lot.orderId))[0]?.status).toBe('confirmed');
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
      const { userId, balanceId } = await bidder(300_000n);
      const deposits: string[] = [];
      const orders: string[] = [];
      let wired = 300_000n;
      for (const { kind, which, amount } of steps) {
        const minor = BigInt(amount) * 100n;
        const depositId = deposits[which % Math.max(deposits.length, 1)] ?? newId();
        if (kind === 'wire') {
          await topUp(userId, minor);
          wired += minor;
        } else if (kind === 'place') {
          deposits.push(newId());
          await place(userId, minor, deposits.at(-1))?.catch(() => {});
        } else if (kind === 'apply') {
          const lot = order(userId, minor, depositId);
          const outcome = await lot.deliver().catch(() => 'refused');
          if (outcome === 'handled') orders.push(lot.orderId);
        } else if (kind === 'withdraw') {
          await post(userId, `/api/payments/balances/${balanceId}/withdrawals`, { amount });
        } else if (kind === 'send') {
          const out = (await world.payments(balanceId)).find((each) => each.type === 'outgoing' && !each.confirmedAt);
          const paid = formatMoney(out?.amountMinor ?? 0n, 'USD');
          if (out) await world.confirm(out.id, { amount: paid, wireReference: newId() });
        } else await settle(depositId, kind as 'release' | 'forfeit', newId()).catch(() => {});
        expect((await moneyOf(balanceId)).receivedMinor).toBe(wired);
      }
      const inOrders = await Promise.all(orders.map(async (id) => (await moneyOf(id)).receivedMinor));
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
});
