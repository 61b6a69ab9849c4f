import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { systemActor } from '@clearlot/service';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bidder, type Bidding, createBidding } from '../../test/bidding.ts';
import { createWorld, type World } from '../../test/world.ts';
import { openEscrow } from '../escrows/open-escrow.ts';
import { lockEscrow } from '../escrows/store.ts';

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

describe('a deposit', () => {
  test('takes what is free and nothing else, once per key, and two at once never more than there is', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const depositId = newId();
    const auctionId = newId();
    await bids.place(userId, 200_000n, depositId, auctionId);
    await bids.place(userId, 200_000n, depositId, auctionId);
    await expect(bids.place(userId, 1n, newId(), auctionId)).rejects.toMatchObject({
      code: 'PAYMENTS_DEPOSIT_ALREADY_PLACED',
    });
    const both = await Promise.allSettled([bids.place(userId, 200_000n), bids.place(userId, 200_000n)]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { code: 'PAYMENTS_INSUFFICIENT_FUNDS', detail: 'USD 1,000.00 is free, USD 2,000.00 is needed.' },
    });
    await expect(bids.place(newId(), 1n)).rejects.toMatchObject({ code: 'PAYMENTS_BALANCE_NOT_FOUND' });
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 100_000n, heldMinor: 400_000n });
    expect((await world.get('/api/payments/balances', userId)).body.items[0].deposits).toHaveLength(2);
  });

  test('is given back once, and one that was never placed is left alone', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const depositId = newId();
    await bids.place(userId, 200_000n, depositId);
    for (const id of [depositId, depositId, newId()]) expect(await bids.settle(id, 'release')).toBe('handled');
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 500_000n, heldMinor: 0n });
    await expect(bids.settle(depositId, 'forfeit', newId())).rejects.toMatchObject({
      code: 'STATE_TRANSITION_ILLEGAL',
    });
  });

  test('is ended by its own auction only, in a way that is known, with all others of the message or with none', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const [depositId, auctionId, payeeId] = [newId(), newId(), newId()];
    await bids.place(userId, 200_000n, depositId, auctionId);
    await expect(bids.settle(depositId, 'release', '', newId())).rejects.toMatchObject({
      code: 'PAYMENTS_DEPOSIT_MISMATCH',
    });
    await expect(bids.settle(depositId, 'keep')).rejects.toMatchObject({ code: 'PAYMENTS_REQUEST_INVALID' });
    const other = await bids.bidder(500_000n);
    const forfeited = newId();
    await bids.place(other.userId, 100_000n, forfeited, auctionId);
    await bids.settle(forfeited, 'forfeit', payeeId);
    const settlements = [depositId, forfeited].map((id) => ({ depositId: id, outcome: 'release', payeeId: '' }));
    await expect(
      world.deliver(events.auctionDepositsSettled, auctionId, { auctionId, settlements }),
    ).rejects.toMatchObject({ code: 'STATE_TRANSITION_ILLEGAL' });
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 300_000n, heldMinor: 200_000n });
  });

  test('waits for its balance with no later one locked, so that auctions of the same bidders never deadlock', async () => {
    const [first, later] = (await Promise.all([bids.bidder(1_000n), bids.bidder(1_000n)])).toSorted((a, b) =>
      a.balanceId < b.balanceId ? -1 : 1,
    ) as [Bidder, Bidder];
    const [ofLater, ofFirst, auctionId] = [newId(), newId(), newId()];
    await bids.place(first.userId, 1_000n, ofFirst, auctionId);
    await bids.place(later.userId, 1_000n, ofLater, auctionId);
    const settlements = [ofLater, ofFirst].map((depositId) => ({ depositId, outcome: 'release', payeeId: '' }));
    const settling = await world.as(systemActor('payments.test')).transaction('Hold', async (tx) => {
      await lockEscrow(tx, first.balanceId);
      const delivery = world.deliver(events.auctionDepositsSettled, auctionId, { auctionId, settlements });
      await expect
        .poll(
          () => tx.sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        .toHaveLength(1);
      expect(await tx.sql`select 1 from escrow where deal_id = ${later.balanceId} for update skip locked`).toHaveLength(
        1,
      );
      return { delivery };
    });
    expect(await settling.delivery).toBe('handled');
    for (const { balanceId } of [first, later]) expect(await bids.moneyOf(balanceId)).toMatchObject({ heldMinor: 0n });
  });

  test('that is forfeited is owed to whoever held the auction, once', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const [depositId, owner] = [newId(), newId()];
    await bids.place(userId, 200_000n, depositId);
    for (let time = 0; time < 2; time++) expect(await bids.settle(depositId, 'forfeit', owner)).toBe('handled');
    expect(await bids.moneyOf(balanceId)).toMatchObject({
      availableMinor: 300_000n,
      heldMinor: 0n,
      payableMinor: 200_000n,
    });
    const [payout] = (await world.payments(balanceId)).filter((each) => each.purpose === 'payout');
    expect(payout).toMatchObject({ userId: owner, amountMinor: 200_000n, status: 'pending' });
    await world.confirm(payout?.id ?? '', { amount: 2_000, wireReference: newId() });
    expect(await bids.moneyOf(balanceId)).toMatchObject({ payableMinor: 0n, paidOutMinor: 200_000n });
  });

  test('that is applied arrives at the order as a wire, once; the rest of the price is wired as ever', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const depositId = newId();
    await bids.place(userId, 200_000n, depositId);
    const lot = bids.order(userId, 900_000n, depositId);
    expect(await lot.deliver()).toBe('handled');
    expect(await lot.deliver()).toBe('handled');
    expect(await bids.moneyOf(balanceId)).toMatchObject({
      availableMinor: 300_000n,
      heldMinor: 0n,
      refundedMinor: 200_000n,
    });
    const [funding] = await world.payments(lot.orderId);
    expect(funding).toMatchObject({ status: 'partial', confirmedMinor: 200_000n });
    expect(funding?.wires).toMatchObject([{ wireReference: `deposit:${depositId}`, match: 'short' }]);
    expect((await world.told(userId)).map(({ data }) => data.amount)).toEqual(['USD 7,000.00']);
    await world.confirm(funding?.id ?? '', { amount: 7_000, wireReference: newId() });
    expect(await bids.moneyOf(lot.orderId)).toMatchObject({ receivedMinor: 900_000n, heldMinor: 900_000n });
    expect(await world.published(lot.orderId)).toContain(events.commitmentFunded.subject);
  });

  test('above what the order needs funds it at once, and the rest is free again', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const depositId = newId();
    await bids.place(userId, 200_000n, depositId);
    const lot = bids.order(userId, 150_000n, depositId);
    await lot.deliver();
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 350_000n, heldMinor: 0n });
    expect(await bids.moneyOf(lot.orderId)).toMatchObject({ heldMinor: 150_000n });
    expect((await world.payments(lot.orderId))[0]?.status).toBe('confirmed');
    expect(await world.told(userId)).toEqual([]);
  });

  test('is applied to an order of its own bidder in its own currency only, and to one order', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const depositId = newId();
    await bids.place(userId, 200_000n, depositId);
    const before = await bids.moneyOf(balanceId);
    await expect(bids.order(newId(), 900_000n, depositId).deliver()).rejects.toMatchObject({
      code: 'PAYMENTS_DEPOSIT_MISMATCH',
    });
    await expect(bids.order(userId, 900_000n, depositId, 'EUR').deliver()).rejects.toMatchObject({
      code: 'PAYMENTS_DEPOSIT_MISMATCH',
    });
    await expect(bids.order(userId, 900_000n, newId()).deliver()).rejects.toMatchObject({
      code: 'PAYMENTS_DEPOSIT_NOT_FOUND',
    });
    expect(await bids.moneyOf(balanceId)).toEqual(before);
    await bids.order(userId, 900_000n, depositId).deliver();
    const second = bids.order(userId, 900_000n, depositId);
    await expect(second.deliver()).rejects.toMatchObject({ code: 'STATE_TRANSITION_ILLEGAL' });
    await expect(bids.settle(depositId, 'release')).rejects.toMatchObject({ code: 'STATE_TRANSITION_ILLEGAL' });
    expect(await world.payments(second.orderId)).toEqual([]);
  });

  test('is free again when its order was called off before it was applied', async () => {
    const { userId, balanceId } = await bids.bidder(500_000n);
    const depositId = newId();
    await bids.place(userId, 200_000n, depositId);
    const lot = bids.order(userId, 900_000n, depositId);
    await world.as(systemActor('payments.test')).transaction('Open', async (tx) => {
      await openEscrow(tx, { dealId: lot.orderId, currency: 'USD' });
    });
    await world.deliver(events.orderCancelled, lot.orderId, { orderId: lot.orderId, reason: 'called off' });
    for (let time = 0; time < 2; time++) expect(await lot.deliver()).toBe('handled');
    expect(await bids.moneyOf(balanceId)).toMatchObject({ availableMinor: 500_000n, heldMinor: 0n });
    expect(await bids.moneyOf(lot.orderId)).toMatchObject({ receivedMinor: 0n });
  });
});
