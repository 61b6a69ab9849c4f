import { newId } from '@clearlot/kernel';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuctionHouse } from './house/house.ts';
import { liveSubject } from './house/house.ts';
import { bidAt, createHouses, type Houses, lotOf, type Seller, untilStatus } from './house.fixture.ts';
import { replay, verifyLog } from './log.ts';
import { readTerms } from './log-json.ts';

let houses: Houses;
let seller: Seller;
beforeAll(async () => {
  houses = await createHouses(3);
  seller = await houses.world.verifiedSupplier();
});
afterAll(() => houses.close());

/** Buyers who joined an auction without a deposit. */
async function joined(auctionId: string, count: number) {
  const buyers = Array.from({ length: count }, () => houses.world.buyer());
  for (const buyer of buyers) {
    const answer = await buyer.post(`/api/auctions/${auctionId}/participations`, {});
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  }
  return buyers;
}

async function opened(sale: Record<string, unknown> = {}, lot: Record<string, unknown> = {}) {
  const auctionId = await houses.announce(seller, sale, lot);
  const buyers = await joined(auctionId, 4);
  await untilStatus(houses.world, auctionId, 'open');
  return { auctionId, buyers };
}

async function storedLog(auctionId: string) {
  const [row] = await houses.world.admin`select terms from auction_terms where auction_id = ${auctionId}`;
  const rows = await houses.world
    .admin`select entry from auction_entry where auction_id = ${auctionId} order by sequence`;
  const [{ head_hash = '', sequence = 0n } = {}] = await houses.world
    .admin`select head_hash, sequence from auction where id = ${auctionId}`;
  return { terms: row?.terms, entries: rows.map((each) => each.entry), head: head_hash, sequence };
}

/** Takes an auction from whoever writes it, as if its lease had run out while it was stopped. */
async function lapseLease(auctionId: string): Promise<void> {
  await houses.world.admin`update auction set writer_until = now() - interval '1 second' where id = ${auctionId}`;
}

describe('the writer of an auction', () => {
  it('stores what every replica is asked in one order that verifies, each key once, and answers a retry as before', async () => {
    const { auctionId, buyers } = await opened();
    const heard: { from: number; to: number }[] = [];
    const subscription = houses.nats[0]?.subscribe(liveSubject(auctionId), {
      callback: (_, message) => void heard.push(message.json()),
    });
    await houses.nats[0]?.flush();
    const asked = Array.from({ length: 200 }, (_, index) => ({
      house: houses.houses[index % 3] as AuctionHouse,
      bidderId: buyers[index % 4]?.id ?? '',
      amountMinor: 1_000_000n + BigInt(index) * 10_000n,
      key: `bid-${index}`,
    }));
    const answers = await Promise.all(
      asked.map((each) => bidAt(each.house, auctionId, each.bidderId, each.amountMinor, each.key)),
    );
    const again = await Promise.all(
      asked.map((each, index) => {
        const house = houses.houses[(index + 1) % 3] as AuctionHouse;
        return bidAt(house, auctionId, each.bidderId, each.amountMinor, each.key);
      }),
    );
    expect(again).toEqual(answers);
    const { terms, entries, head, sequence } = await storedLog(auctionId);
    expect(entries).toHaveLength(201);
    expect(verifyLog(terms, entries)).toMatchObject({ whole: true });
    const replayed = replay(readTerms(terms) as never, entries);
    expect(replayed.log.headHash).toBe(head);
    expect(sequence).toBe(201n);
    const live = await seller.get(`/api/auctions/${auctionId}/live?after=0`);
    expect(live.body.state).toMatchObject({ sequence: 201, price: 29_900, bids: answers.filter(accepted).length });
    expect(live.body.updates).toHaveLength(201);
    await vi.waitFor(() => expect(heard.at(-1)?.to).toBe(201));
    subscription?.unsubscribe();
    expect(heard.slice(1).map((each) => each.from - 1)).toEqual(heard.slice(0, -1).map((each) => each.to));
  });

  it('that lost its lease writes nothing more: its bids are answered by the next one', async () => {
    const { auctionId, buyers } = await opened();
    const [old, next] = houses.houses as [AuctionHouse, AuctionHouse];
    await bidAt(old, auctionId, buyers[0]?.id ?? '', 1_000_000n);
    const [before] = await houses.world.admin`select writer, writer_epoch from auction where id = ${auctionId}`;
    // Whoever wrote it until now does not know: its next group must not get in.
    for (let turn = 0; turn < 5; turn++) {
      await lapseLease(auctionId);
      const both = await Promise.all(
        [old, next].map((house, index) =>
          bidAt(house, auctionId, buyers[index + 1]?.id ?? '', 1_100_000n + BigInt(turn * 2 + index) * 50_000n),
        ),
      );
      expect(new Set(both.map((each) => each.sequence)).size).toBe(2);
    }
    const [after] = await houses.world.admin`select writer, writer_epoch from auction where id = ${auctionId}`;
    expect(after?.writer_epoch).toBeGreaterThanOrEqual(before?.writer_epoch);
    const { terms, entries } = await storedLog(auctionId);
    expect(entries).toHaveLength(12);
    expect(verifyLog(terms, entries)).toMatchObject({ whole: true });
  });

  it('is fenced by the epoch alone', async () => {
    const { auctionId, buyers } = await opened();
    await bidAt(houses.first, auctionId, buyers[0]?.id ?? '', 1_000_000n);
    await houses.world.admin`update auction set writer = 'nobody', writer_epoch = writer_epoch + 1,
      writer_until = now() + interval '1 second' where id = ${auctionId}`;
    // Waits until the lease of nobody has run out, and is then stored once.
    const answer = await bidAt(houses.first, auctionId, buyers[1]?.id ?? '', 1_100_000n, 'late');
    expect(answer).toMatchObject({ sequence: 3, decision: { outcome: 'accepted' } });
    expect((await storedLog(auctionId)).entries).toHaveLength(3);
    const [row] = await houses.world.admin`select writer, writer_epoch from auction where id = ${auctionId}`;
    expect(row).toMatchObject({ writer: expect.not.stringMatching('nobody'), writer_epoch: 3n });
  });

  it('closes lots of a sale one after the other, each on time, though nobody asks', async () => {
    const opensAt = Date.now() + 1_500;
    const closesAt = opensAt + 600;
    const answer = await seller.post('/api/auctions', {
      ...{ currency: 'USD', rules: { format: 'english' }, staggerSeconds: 1, lots: [lotOf(), lotOf()] },
      ...{ opensAt: new Date(opensAt).toISOString(), closesAt: new Date(closesAt).toISOString() },
    });
    const lots = answer.body.auctions as { auctionId: string; closesAt: string }[];
    expect(lots.map((each) => Date.parse(each.closesAt))).toEqual([closesAt, closesAt + 1_000]);
    for (const { auctionId, closesAt: due } of lots) {
      await untilStatus(houses.world, auctionId, 'closed');
      const { entries } = await storedLog(auctionId);
      expect(Date.parse(entries.at(-1)?.at) - Date.parse(due)).toBeLessThan(2_000);
      const { body } = await seller.get(`/api/auctions/${auctionId}`);
      expect(body.live).toMatchObject({ status: 'closed', result: { outcome: 'unsold', reason: 'no_bids' } });
    }
  });

  it('refuses by code what the rules refuse, says where that is logged, and moves nothing', async () => {
    const { auctionId, buyers } = await opened();
    const [first, second] = buyers;
    const bid = (amount: number, more = {}) => ({ type: 'bid', key: newId(), amount, ...more });
    await first?.post(`/api/auctions/${auctionId}/bids`, bid(12_000));
    const before = (await seller.get(`/api/auctions/${auctionId}`)).body.live;
    const low = await second?.post(`/api/auctions/${auctionId}/bids`, bid(10_050));
    expect(low).toMatchObject({
      status: 422,
      body: { code: 'MARKETPLACE_BID_TOO_LOW', params: { neededMinor: '1010000', sequence: '3' } },
    });
    expect(low?.body.params.receipt.split('.')).toHaveLength(3);
    const refusals = [
      [seller, bid(20_000), 403, 'MARKETPLACE_BID_OWN_LOT'],
      [houses.world.buyer(), bid(20_000), 403, 'MARKETPLACE_BID_NO_DEPOSIT'],
      [houses.world.supplier(), bid(20_000), 403, 'MARKETPLACE_BID_NOT_ELIGIBLE'],
      [second, bid(20_000, { seenPrice: 9_000 }), 409, 'MARKETPLACE_BID_STALE'],
      [second, { type: 'buy_now', key: newId() }, 422, 'MARKETPLACE_BID_NOT_OF_FORMAT'],
      [second, bid(20_000.123), 400, 'MONEY_TOO_PRECISE'],
      [second, { type: 'bid', amount: 20_000 }, 400, 'REQUEST_INVALID'],
      [second, { type: 'stay', key: newId(), round: 1.5 }, 400, 'REQUEST_INVALID'],
    ] as const;
    for (const [person, body, status, code] of refusals) {
      expect(await person?.post(`/api/auctions/${auctionId}/bids`, body), code).toMatchObject({
        status,
        body: { code },
      });
    }
    const retraction = { key: newId(), bidSequence: 2 };
    expect(await first?.post(`/api/auctions/${auctionId}/retractions`, retraction)).toMatchObject({
      status: 409,
      body: { code: 'MARKETPLACE_BID_RETRACTION_OVER' },
    });
    const after = (await seller.get(`/api/auctions/${auctionId}`)).body.live;
    expect({ ...after, sequence: 0 }).toEqual({ ...before, sequence: 0 });
    expect(await second?.post(`/api/auctions/${newId()}/bids`, bid(1))).toMatchObject({ status: 404 });
  });

  it('shows nobody a limit, nor the reserve to others, before the auction is over', async () => {
    const { auctionId, buyers } = await opened({}, { reservePrice: 15_000 });
    const [first, second] = buyers;
    await first?.post(`/api/auctions/${auctionId}/bids`, { type: 'bid', key: 'k', amount: 13_131 });
    for (const person of [second, seller, houses.world.person('operator')]) {
      for (const path of ['', '/live?after=0', '/bids']) {
        const text = JSON.stringify((await person?.get(`/api/auctions/${auctionId}${path}`))?.body);
        expect(text).not.toContain('13131');
        expect(text).not.toContain(first?.id ?? '-');
        if (person !== seller) expect(text).not.toContain('15000');
      }
    }
    expect(await second?.get(`/api/auctions/${auctionId}/log`)).toMatchObject({
      status: 409,
      body: { code: 'MARKETPLACE_AUCTION_NOT_ENDED' },
    });
    expect((await first?.get(`/api/auctions/${auctionId}/bids/mine`))?.body.items).toMatchObject([{ amount: 13_131 }]);
    expect((await second?.get(`/api/auctions/${auctionId}/bids/mine`))?.body.items).toEqual([]);
    expect((await seller.get(`/api/auctions/${auctionId}`)).body.reserve).toBe(15_000);
  });
});

function accepted({ decision }: { decision: { outcome: string } }): boolean {
  return decision.outcome === 'accepted';
}
