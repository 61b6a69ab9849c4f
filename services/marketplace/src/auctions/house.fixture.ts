import { newId, systemClock } from '@clearlot/kernel';
import { connectBus } from '@clearlot/service';
import { createTestNats } from '@clearlot/testkit';
import { vi } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import type { BidAnswer, BidRequest } from './house/bid.ts';
import { type AuctionHouse, createAuctionHouse } from './house/house.ts';

/** So many replicas' auction houses on one database and one bus, by the real clock; the doors are the first one's. */
export async function createHouses(count: number) {
  const world = await createWorld({ clock: systemClock });
  const { url } = await createTestNats();
  const opened = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const nats = await connectBus(url, `house-${index}`);
      const house = index === 0 ? world.clients.auctions : createAuctionHouse();
      return { house, nats, ...house.open(world.parts, nats) };
    }),
  );
  const houses = opened.map(({ house }) => house);
  const first = houses[0] as AuctionHouse;
  return {
    world,
    houses,
    first,
    nats: opened.map(({ nats }) => nats),
    /** Announces a sale; `rules` and `lot` replace what is made up. */
    async announce(seller: Seller, sale: Record<string, unknown> = {}, lot: Record<string, unknown> = {}) {
      const answer = await seller.post('/api/auctions', saleOf(sale, lot));
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      const [row] = answer.body.auctions as { auctionId: string }[];
      return row?.auctionId ?? '';
    },
    async close() {
      await Promise.all(opened.map((each) => each.stop()));
      await Promise.all(opened.map(({ nats }) => nats.close()));
      await world.close();
    },
  };
}

export type Houses = Awaited<ReturnType<typeof createHouses>>;
export type Seller = Awaited<ReturnType<World['verifiedSupplier']>>;

/** One lot of lithium carbonate: English, from 10,000.00 a tonne, opening at once and closing in a minute. */
function saleOf(sale: Record<string, unknown>, lot: Record<string, unknown>) {
  return {
    currency: 'USD',
    closesAt: new Date(Date.now() + 60_000).toISOString(),
    rules: { format: 'english' },
    lots: [{ ...lotOf(), ...lot }],
    ...sale,
  };
}

export function lotOf() {
  return {
    title: `Carbonate ${newId().slice(-6)}`,
    productType: 'lithium_carbonate',
    grade: 'battery',
    limits: [{ analyte: 'Li2CO3', unit: '%', min: 99.5 }],
    quantityKg: 20_000,
    incoterm: 'FOB',
    place: 'Antofagasta',
    deliverFrom: '2027-01-01',
    deliverTo: '2027-02-01',
    startingPrice: 10_000,
  };
}

/** Waits until an auction has a status; one that is over also until it is settled. */
export async function untilStatus(world: World, auctionId: string, status: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await world.admin`select status, settled_at from auction where id = ${auctionId}`;
      if (row?.status !== status || (status === 'closed' && !row.settled_at)) throw new Error(`${row?.status}`);
    },
    { timeout: 8_000, interval: 20 },
  );
}

/** A bid straight at a house. */
export function bidAt(
  house: AuctionHouse,
  auctionId: string,
  bidderId: string,
  amountMinor: bigint,
  key = newId(),
): Promise<BidAnswer> {
  const request: BidRequest = {
    ...{ auctionId, bidderId, key, mayBid: true },
    ...{ type: 'bid', amountMinor: amountMinor.toString() },
  };
  return house.submit(request);
}
