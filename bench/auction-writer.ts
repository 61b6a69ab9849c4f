// One hot lot at its writer: bids decided in one order, hashed and stored durably in groups, beside one transaction per bid
// that locks the auction's row, in the same run. The doors are not part of it; bench/auction-live.ts has them.
import { newId, systemClock } from '@clearlot/kernel';
import {
  type Connection,
  type ContextParts,
  connectBus,
  createLogger,
  openDatabase,
  type Sql,
} from '@clearlot/service';
import { prepareDatabase } from '@clearlot/stack';
import { type AuctionHouse, createAuctionHouse } from '../services/marketplace/src/auctions/house/house.ts';
import { openLog, verifyLog } from '../services/marketplace/src/auctions/log.ts';
import { toJson } from '../services/marketplace/src/auctions/log-json.ts';
import { publicState } from '../services/marketplace/src/auctions/public-view.ts';
import type { EnglishTerms } from '../services/marketplace/src/auctions/terms.ts';
import { ms, perSecond, type Result } from './results.ts';
import { quantile } from './statistics.ts';
import type { World } from './world.ts';

const seconds = 4;
const inFlight = 400;
const goal = 2_000;
const passwords = { migratorPassword: 'bench', appPassword: 'bench' };

/** Goal: 2,000 accepted bids per second on one auction, durable (fsync on), in a log that verifies. */
export async function measureAuctionWriter(world: World): Promise<Result[]> {
  const database = `auction_bench_${Date.now()}`;
  const { appUrl, migratorUrl } = await prepareDatabase(world.adminUrl, 'marketplace', { ...passwords, database });
  const sql = openDatabase(appUrl, { max: 40 });
  const owner = openDatabase(migratorUrl, { max: 1 });
  const nats = await connectBus(world.platform.natsUrl, 'bench');
  const parts: ContextParts<undefined> = {
    ...{ service: 'marketplace', sql, clients: undefined, clock: systemClock },
    ...{ log: createLogger('marketplace', 'warn'), kick() {} },
  };
  const house = createAuctionHouse();
  const opened = house.open(parts, nats);
  try {
    const bidders = Array.from({ length: 50 }, () => newId());
    const [warm, hot] = [await announce(owner, bidders), await announce(owner, bidders)];
    await storm(house, warm, bidders, 1);
    const { accepted, latencies, elapsedMs } = await storm(house, hot, bidders, seconds);
    const rows = await owner.begin(async (tx) => {
      await tx`select set_config('app.role', 'system', true)`;
      const [stored] = await tx`select terms from auction_terms where auction_id = ${hot}`;
      const entries = await tx`select entry from auction_entry where auction_id = ${hot} order by sequence`;
      return { terms: stored?.terms, entries: entries.map((each) => each.entry) };
    });
    const { whole } = verifyLog(rows.terms, rows.entries);
    if (!whole) throw new Error('the log of the storm does not verify');
    const rate = (accepted * 1_000) / elapsedMs;
    const naive = await lockingPerBid(owner, sql, bidders);
    const quantiles = `p50 ${ms(quantile(latencies, 0.5))}, p99 ${ms(quantile(latencies, 0.99))}`;
    return [
      {
        what: `bids accepted on one hot lot, ${inFlight} in flight, durable`,
        measured: `${perSecond(rate)}, ${(rate / naive).toFixed(1)}× a row lock per bid (${perSecond(naive)}), ${quantiles}`,
        goal: `≥ ${perSecond(goal)}`,
        met: rate >= goal,
      },
    ];
  } finally {
    await opened.stop();
    await Promise.all([sql.end(), owner.end(), nats.close()]);
  }
}

/** An English auction that is open, its bidders admitted, straight into the database. */
async function announce(owner: Sql, bidders: readonly string[]): Promise<string> {
  const auctionId = newId();
  const terms: EnglishTerms = {
    ...{ format: 'english', auctionId, ownerId: newId(), currency: 'USD' },
    ...{ opensAt: new Date(), closesAt: new Date(Date.now() + 3_600_000), startingMinor: 1_000n },
    increments: [{ belowMinor: null, stepMinor: 1n }],
  };
  const { state, headHash } = openLog(terms);
  const live = publicState(state, new Map(), { bids: 0, bidders: 0 });
  const empty = '{}';
  await owner.begin(async (tx) => {
    await tx`select set_config('app.role', 'system', true), set_config('app.user_id', ${terms.ownerId}, true)`;
    await tx`insert into auction (id, sale_id, lot, owner_id, title, description, format, currency, goods, quantity_kg,
        public_terms, criteria, deposit_minor, confirm_hours, opens_at, closes_at, status, head_hash, live, created_at)
      values (${auctionId}, ${newId()}, 1, ${terms.ownerId}, 'bench', '', 'english', 'USD', ${empty}, 1000, ${empty}, '[]', 0,
        48, ${terms.opensAt}, ${terms.closesAt}, 'scheduled', ${headHash}, ${JSON.stringify(live)}, now())`;
    await tx`insert into auction_terms values (${auctionId}, ${terms.ownerId}, ${JSON.stringify(toJson(terms))})`;
    for (const [index, bidderId] of bidders.entries()) {
      await tx`insert into auction_participant (auction_id, bidder_id, alias, share_ppm, answers, status, joined_at)
        values (${auctionId}, ${bidderId}, ${index + 1}, 0, '{}', 'pending', now())`;
    }
    await tx`update auction_participant set status = 'admitted' where auction_id = ${auctionId}`;
  });
  return auctionId;
}

/** Bids that each outbid the one before, so many waiting at any time. */
async function storm(house: AuctionHouse, auctionId: string, bidders: readonly string[], forSeconds: number) {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + forSeconds * 1_000;
  let amountMinor = 1_000_000n;
  let accepted = 0;
  const bid = async (worker: number) => {
    for (let count = 0; performance.now() < until; count++) {
      amountMinor += 10n;
      const before = performance.now();
      const bidderId = bidders[(worker + count) % bidders.length] ?? '';
      const request = { auctionId, bidderId, key: newId(), mayBid: true, type: 'bid' as const };
      const answer = await house.submit({ ...request, amountMinor: amountMinor.toString() });
      latencies.push(performance.now() - before);
      if (answer.decision.outcome === 'accepted') accepted += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, worker) => bid(worker)));
  return { accepted, latencies, elapsedMs: performance.now() - started };
}

/** What is written first without thinking of groups: each bid locks the row, is inserted and moves it. */
async function lockingPerBid(owner: Sql, sql: Sql, bidders: readonly string[]): Promise<number> {
  const auctionId = await announce(owner, bidders);
  const until = performance.now() + 2_000;
  const started = performance.now();
  let placed = 0;
  const work = async () => {
    const connection = await sql.reserve();
    while (performance.now() < until) {
      await placeOne(connection, auctionId, bidders[placed % bidders.length] ?? '');
      placed += 1;
    }
    connection.release();
  };
  await Promise.all(Array.from({ length: 32 }, work));
  return (placed * 1_000) / (performance.now() - started);
}

async function placeOne(connection: Connection, auctionId: string, bidderId: string): Promise<void> {
  await connection.unsafe(`begin; set local app.role = 'system'`);
  const [row] = await connection<
    { sequence: bigint }[]
  >`select sequence from auction where id = ${auctionId} for update`;
  const sequence = ((row?.sequence ?? 0n) + 1n).toString();
  await connection`insert into auction_entry (auction_id, sequence, bidder_id, key, entry)
    values (${auctionId}, ${sequence}, ${bidderId}, ${newId()}, '{}')`;
  await connection`update auction set sequence = ${sequence} where id = ${auctionId}`;
  await connection`commit`;
}
