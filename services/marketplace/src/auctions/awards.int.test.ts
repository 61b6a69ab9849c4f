import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { anonymous, systemActor } from '@clearlot/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followAwards } from './follow-awards.ts';
import { createHouses, type Houses, type Seller, untilStatus } from './house.fixture.ts';
import { finishJoins } from './join-auction.ts';
import { settleAuctions } from './settle-auction.ts';
import { showAuction } from './show-auction.ts';

let houses: Houses;
let seller: Seller;
beforeAll(async () => {
  houses = await createHouses(1);
  seller = await houses.world.verifiedSupplier();
});
afterAll(() => houses.close());

type Buyer = ReturnType<Houses['world']['buyer']>;

function richBuyer(minor = 1_000_000n): Buyer {
  const buyer = houses.world.buyer();
  houses.world.balances.set(buyer.id, minor);
  return buyer;
}

/** An auction with a deposit of 5,000.00 that the first of three ended by buying at 12,100.00; the second bid up to 12,000.00. */
async function won() {
  const auctionId = await houses.announce(seller, { deposit: 5_000 }, { buyNowPrice: 12_100 });
  const [winner, second, third] = [richBuyer(), richBuyer(), richBuyer()];
  const deposits = new Map<string, string>();
  for (const buyer of [winner, second, third]) {
    const answer = await buyer.post(`/api/auctions/${auctionId}/participations`, {});
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    deposits.set(buyer.id, answer.body.depositId);
  }
  await untilStatus(houses.world, auctionId, 'open');
  for (const [buyer, amount] of [
    [third, 11_000],
    [second, 12_000],
  ] as const) {
    const bid = await buyer.post(`/api/auctions/${auctionId}/bids`, { type: 'bid', key: newId(), amount });
    expect(bid.status, JSON.stringify(bid.body)).toBe(201);
  }
  await winner.post(`/api/auctions/${auctionId}/bids`, { type: 'buy_now', key: newId() });
  await untilStatus(houses.world, auctionId, 'closed');
  return { auctionId, winner, second, third, deposits };
}

async function settlementsOf(auctionId: string) {
  const all = await houses.world.emitted(events.auctionDepositsSettled);
  return all.filter((each) => each.auctionId === auctionId).flatMap((each) => each.settlements);
}

async function follow(): Promise<void> {
  await followAwards.run(houses.world.as(systemActor('marketplace.follow-awards')));
}

async function letters(userId: string): Promise<string[]> {
  const all = await houses.world.emitted(events.notification.marketplace);
  return all
    .filter((each) => each.userId === userId && each.template.startsWith('auction'))
    .map((each) => each.template);
}

describe('a lot that was sold', () => {
  it('is offered to its winner; every other deposit goes back, everybody is told once', async () => {
    const { auctionId, winner, second, third, deposits } = await won();
    expect(await settlementsOf(auctionId)).toEqual(
      [second, third].map(({ id }) => ({ depositId: deposits.get(id), outcome: 'release', payeeId: '' })),
    );
    const { body } = await winner.get(`/api/auctions/${auctionId}`);
    expect(body.live.result).toMatchObject({ outcome: 'sold', winner: 1, price: 12_100 });
    expect(body.awards).toMatchObject([{ rank: 1, price: 12_100, amount: 242_000, status: 'offered' }]);
    expect((await third.get(`/api/auctions/${auctionId}`)).body.awards).toEqual([]);
    expect(await letters(winner.id)).toEqual(['auction_won']);
    expect(await letters(second.id)).toEqual(['auction_lost']);
    const [closed] = (await houses.world.emitted(events.auctionStatusChanged)).filter(
      (each) => each.auctionId === auctionId && each.status === 'closed',
    );
    expect(closed).toMatchObject({ winnerId: winner.id, priceMinorPerTonne: 1_210_000n, quantityKg: 20_000n });
    expect(closed).toMatchObject({ incoterm: 'FOB', basis: 'dry' });
    const seenByNobody = await showAuction(houses.world.as(anonymous), auctionId);
    expect(seenByNobody).toMatchObject({
      auction: { id: auctionId },
      participant: undefined,
      awards: [],
      reserveMinor: null,
    });
    const how = await houses.world.buyer().get(`/api/auctions/${auctionId}/analytics`);
    expect(how.body).toMatchObject({ bidsAccepted: 3, refused: 0, leadChanges: 1, finalPricePpm: 1_210_000 });
    expect(how.body.bidders.map((each: { bidder: number }) => each.bidder)).toEqual([3, 2, 1]);
    expect(how.body.pricePath.at(-1)).toMatchObject({ price: 12_100 });
    const log = await third.get(`/api/auctions/${auctionId}/log`);
    expect(log.body.entries.at(-1)).toMatchObject({ command: { type: 'buy_now' }, hash: log.body.headHash });
  });

  it('by a process that died right after it is settled by another, once', async () => {
    const { auctionId, winner, deposits } = await won();
    const { admin, as } = houses.world;
    const before = await settlementsOf(auctionId);
    await admin`delete from auction_award where auction_id = ${auctionId}`;
    await admin`update auction set settled_at = null, writer_until = now() - interval '1 second' where id = ${auctionId}`;
    const run = () => settleAuctions.run(as(systemActor('marketplace.settle-auctions')));
    await Promise.all([run(), run()]);
    await run();
    expect(await settlementsOf(auctionId)).toEqual([...before, ...before]);
    const { body } = await winner.get(`/api/auctions/${auctionId}`);
    expect(body.awards).toMatchObject([{ rank: 1, price: 12_100, status: 'offered' }]);
    expect(deposits.size).toBe(3);
  });

  it('becomes an order by its winner, once, with the deposit towards its escrow', async () => {
    const { auctionId, winner, second, deposits } = await won();
    expect(await second.post(`/api/auctions/${auctionId}/award/confirm`)).toMatchObject({
      status: 404,
      body: { code: 'MARKETPLACE_AWARD_NOT_YOURS' },
    });
    const confirmed = await winner.post(`/api/auctions/${auctionId}/award/confirm`);
    expect(confirmed).toMatchObject({ status: 200, body: { status: 'accepted' } });
    expect(await winner.post(`/api/auctions/${auctionId}/award/confirm`)).toMatchObject({
      status: 409,
      body: { code: 'MARKETPLACE_AWARD_ENDED' },
    });
    const order = await winner.get(`/api/orders/${confirmed.body.orderId}`);
    expect(order.body).toMatchObject({ amount: 242_000, source: 'auction', status: 'confirmed', buyerId: winner.id });
    const [asked] = (await houses.world.emitted(events.orderFundingRequested)).filter(
      (each) => each.orderId === confirmed.body.orderId,
    );
    expect(asked).toMatchObject({ amountMinor: 24_200_000n, depositId: deposits.get(winner.id) });
  });

  it('that its winner declines or lets lapse costs them the deposit and is offered to the next, who may decline freely', async () => {
    const { auctionId, winner, second, third, deposits } = await won();
    await winner.post(`/api/auctions/${auctionId}/award/decline`);
    await Promise.all([follow(), follow()]);
    const forfeited = { depositId: deposits.get(winner.id), outcome: 'forfeit', payeeId: seller.id };
    expect((await settlementsOf(auctionId)).filter((each) => each.outcome === 'forfeit')).toEqual([forfeited]);
    const next = (await second.get(`/api/auctions/${auctionId}`)).body.awards;
    expect(next).toMatchObject([{ rank: 2, price: 12_000, status: 'offered' }]);
    expect(await letters(second.id)).toEqual(['auction_lost', 'auction_offered']);
    await houses.world
      .admin`update auction_award set confirm_by = now() - interval '1 second' where auction_id = ${auctionId} and rank = 2`;
    await follow();
    expect(await second.post(`/api/auctions/${auctionId}/award/confirm`)).toMatchObject({ status: 409 });
    expect((await third.get(`/api/auctions/${auctionId}`)).body.awards).toMatchObject([{ rank: 3, price: 11_000 }]);
    await third.post(`/api/auctions/${auctionId}/award/decline`);
    await follow();
    await follow();
    expect((await settlementsOf(auctionId)).filter((each) => each.outcome === 'forfeit')).toEqual([forfeited]);
    expect((await letters(seller.id)).filter((each) => each === 'auction_defaulted')).toHaveLength(3);
    const { body } = await seller.get(`/api/auctions/${auctionId}`);
    expect(body.awards.map((each: { status: string }) => each.status)).toEqual(['declined', 'lapsed', 'declined']);
  });
});

describe('joining an auction', () => {
  it('without the money for its deposit is refused, with it later admitted, and asked again the same', async () => {
    const auctionId = await houses.announce(seller, { deposit: 5_000 });
    const buyer = richBuyer(100n);
    const join = () => buyer.post(`/api/auctions/${auctionId}/participations`, {});
    expect(await join()).toMatchObject({ status: 409, body: { code: 'PAYMENTS_INSUFFICIENT_FUNDS' } });
    houses.world.balances.set(buyer.id, 600_000n);
    const admitted = await join();
    expect(admitted).toMatchObject({ status: 201, body: { status: 'admitted', bidder: 1, deposit: 5_000 } });
    expect(await join()).toEqual(admitted);
    expect(houses.world.balances.get(buyer.id)).toBe(100_000n);
    expect(await seller.post(`/api/auctions/${auctionId}/participations`, {})).toMatchObject({ status: 403 });
  });

  it('half done by a process that died is finished by another', async () => {
    const auctionId = await houses.announce(seller, { deposit: 5_000 });
    const buyer = richBuyer();
    await buyer.post(`/api/auctions/${auctionId}/participations`, {});
    await houses.world.admin`update auction_participant set status = 'pending', joined_at = now() - interval '1 minute'
      where auction_id = ${auctionId}`;
    await finishJoins.run(houses.world.as(systemActor('marketplace.finish-joins')));
    const [row] = await houses.world.admin`select status from auction_participant where auction_id = ${auctionId}`;
    expect(row?.status).toBe('admitted');
    expect(houses.world.balances.get(buyer.id)).toBe(500_000n);
  });
});

describe('an auction that is called off', () => {
  it('before a bid gives every deposit back; after one it takes its course', async () => {
    const auctionId = await houses.announce(seller, { deposit: 5_000 });
    const buyer = richBuyer();
    const { body } = await buyer.post(`/api/auctions/${auctionId}/participations`, {});
    expect(await buyer.post(`/api/auctions/${auctionId}/cancel`)).toMatchObject({ status: 403 });
    expect(await seller.post(`/api/auctions/${auctionId}/cancel`)).toMatchObject({ body: { status: 'cancelled' } });
    const [fact] = (await houses.world.emitted(events.auctionStatusChanged)).filter(
      (each) => each.auctionId === auctionId && each.status === 'cancelled',
    );
    await houses.world.receive(events.auctionStatusChanged, auctionId, fact as never);
    expect(await settlementsOf(auctionId)).toEqual([{ depositId: body.depositId, outcome: 'release', payeeId: '' }]);
    const bid = { type: 'bid', key: 'k', amount: 20_000 };
    expect(await buyer.post(`/api/auctions/${auctionId}/bids`, bid)).toMatchObject({
      status: 409,
      body: { code: 'MARKETPLACE_AUCTION_CLOSED' },
    });
    const begun = await houses.announce(seller);
    await buyer.post(`/api/auctions/${begun}/participations`, {});
    await untilStatus(houses.world, begun, 'open');
    await buyer.post(`/api/auctions/${begun}/bids`, bid);
    expect(await seller.post(`/api/auctions/${begun}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'MARKETPLACE_AUCTION_BEGUN' },
    });
  });
});
