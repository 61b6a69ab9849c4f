// Lots that simulated bidders bid for: one that is over, one that is to come, and one that runs as long as the platform does.
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Announced,
  announce,
  balanceOf,
  bid,
  topUp,
  untilClosed,
  untilDeposit,
} from '../../e2e/auctions/sales.ts';
import type { Client } from '../../e2e/program/client.ts';
import type { Person } from '../../e2e/program/people.ts';
import { verifyLog } from '../../services/marketplace/src/auctions/log.ts';
import { type Climb, chooseBid, type Standing } from './bidding.ts';
import { enter, leads, simulatedBidders } from './cast.ts';
import type { Scene, Stage } from './stage.ts';

const deposit = 5_000;
const funds = 50_000;
const runsForSeconds = 20 * 60;
/** Between two bids. */
const pauseMs = { least: 2_000, most: 5_000 };

const simulatedTitle = 'SIMULATED: lithium carbonate, battery grade, 20 t, FOB Antofagasta';
const climb: Climb = { start: 10_500, ceiling: 13_500, step: 5 };
/** Over the ceiling: what nobody but a program bid for is not sold to one. */
const reservePrice = 13_600;
const simulatedLot = {
  title: simulatedTitle,
  description:
    'SIMULATED demonstration lot. Bidders named SIMULATED are played by a program, bid every few seconds and stop below the reserve price, so that only a person can win it. Join with a deposit and bid; another lot is announced when this one closes.',
  ...{ startingPrice: climb.start, reservePrice },
};
const softClose = { windowSeconds: 60, extensionSeconds: 60, extensionsMax: 3, hardStopSeconds: 300 };
const increments = [{ below: null, step: climb.step }];

interface Listed {
  auctionId: string;
  title: string;
}

/** Won by the demo buyer against simulated bidders and confirmed; its log is checked here as anybody can. */
export const endedAuction: Scene = {
  name: 'an auction that is over',
  async play(stage) {
    const [seller, bidders] = await Promise.all([enter(stage.baseUrl, leads.suppliers[0]), enterBidders(stage)]);
    const buyer = await enter(stage.baseUrl, leads.buyer);
    const short: Climb = { start: 10_800, ceiling: 11_600, step: 50 };
    const lot = {
      title: 'SIMULATED: lithium carbonate, battery grade, 20 t, bidding is over',
      description: 'SIMULATED demonstration lot: all bidders but one were played by a program.',
      startingPrice: short.start,
    };
    const rules = { format: 'english', increments: [{ below: null, step: short.step }] };
    const auctionId = only(await announce(seller, rules, { closesIn: 16 }, { deposit }, [lot]));
    const numbers = await joinAll([...bidders, buyer], auctionId);
    const simulated = new Map([...numbers].filter(([, person]) => person !== buyer));
    for (let turn = 0; await takeTurn(seller.client, auctionId, short, simulated); turn += 1) {
      if (turn === 8) await bid(buyer, auctionId, { type: 'bid', amount: short.ceiling + 900 });
      await pause(700);
    }
    const { awards } = await untilClosed(buyer, auctionId);
    if (awards.length === 0) throw new Error('the buyer did not win');
    await buyer.client.post(`/api/auctions/${auctionId}/award/confirm`);
    await untilDeposit(buyer, auctionId, 'applied');
    await topUp(stage.operator, buyer, deposit);
    const log = await buyer.client.get<{ terms: unknown; entries: unknown[] }>(`/api/auctions/${auctionId}/log`);
    const verdict = verifyLog(log.terms, log.entries);
    if (!verdict.whole) throw new Error(`row ${verdict.row} of the log is not what it was: ${verdict.why}`);
  },
};

/** Makes sure that a lot is announced whose bidding is still to come. */
export async function announceUpcoming({ baseUrl }: Stage): Promise<void> {
  const owner = await enter(baseUrl, leads.suppliers[1]);
  if ((await listOwn(owner, 'scheduled')).length > 0) return;
  const day = 24 * 3_600;
  const lot = {
    title: 'Lithium hydroxide monohydrate, battery grade, 40 t, CIF Antwerp',
    description: 'A Dutch auction: the price falls until somebody takes the lot.',
    ...{ productType: 'lithium_hydroxide_monohydrate', limits: [], quantityKg: 40_000, incoterm: 'CIF' },
    ...{ place: 'Antwerp', startingPrice: 14_500, floorPrice: 11_500 },
  };
  const rules = { format: 'dutch', step: 25, everySeconds: 60 };
  await announce(owner, rules, { opensIn: day, closesIn: day + 2 * 3_600 }, { deposit }, [lot]);
}

/** Has simulated bidders bid for one lot after the other until the signal; says once what keeps them from it. */
export async function keepBidding(stage: Stage, signal: AbortSignal, report: (line: string) => void): Promise<void> {
  let told = false;
  while (!signal.aborted) {
    try {
      await playLot(stage, signal);
      told = false;
    } catch (error) {
      if (!told && !signal.aborted) report(`Simulated bidding has stopped for now: ${(error as Error).message}`);
      told = true;
      await wait(30_000, signal);
    }
  }
}

async function playLot(stage: Stage, signal: AbortSignal): Promise<void> {
  const seller = await enter(stage.baseUrl, leads.suppliers[0]);
  const bidders = await enterBidders(stage);
  const open = await listOwn(seller, 'open');
  const rules = { format: 'english', softClose, increments };
  const auctionId =
    open.find((each) => each.title === simulatedTitle)?.auctionId ??
    only(await announce(seller, rules, { closesIn: runsForSeconds }, { deposit }, [simulatedLot]));
  const numbers = await joinAll(bidders, auctionId);
  while (!signal.aborted && (await takeTurn(seller.client, auctionId, climb, numbers))) {
    await wait(pauseMs.least + Math.random() * (pauseMs.most - pauseMs.least), signal);
  }
}

/** The simulated bidders, each with money for a deposit. */
async function enterBidders({ baseUrl, operator }: Stage): Promise<Person[]> {
  return Promise.all(
    simulatedBidders.map(async (who) => {
      const person = await enter(baseUrl, who);
      const { items } = await person.client.get<{ items: unknown[] }>('/api/payments/balances');
      const available = items.length === 0 ? 0 : (await balanceOf(person)).available;
      if (available < 2 * deposit) await topUp(operator, person, funds);
      return person;
    }),
  );
}

/** Joining again answers the same; the bidders by their numbers in the auction. */
async function joinAll(people: readonly Person[], auctionId: string): Promise<Map<number, Person>> {
  const joined = people.map(async (person) => {
    const path = `/api/auctions/${auctionId}/participations`;
    const { bidder } = await person.client.post<{ bidder: number }>(path, {});
    return [bidder, person] as const;
  });
  return new Map(await Promise.all(joined));
}

/** One bid, if it is anybody's turn; false when the lot is over. A bid that came too late is refused, which is no matter. */
async function takeTurn(viewer: Client, auctionId: string, to: Climb, bidders: ReadonlyMap<number, Person>) {
  const { state } = await viewer.get<{ state: Standing }>(`/api/auctions/${auctionId}/live`);
  if (state.status === 'closed' || state.status === 'cancelled') return false;
  const chosen = chooseBid(state, to, [...bidders.keys()], Date.now(), Math.random);
  const person = chosen && bidders.get(chosen.bidder);
  if (person) await bid(person, auctionId, { type: 'bid', amount: chosen.amount });
  return true;
}

async function listOwn({ client }: Person, status: string): Promise<Listed[]> {
  const path = `/api/auctions?ownerId=${await client.userId()}&status=${status}&limit=200`;
  return (await client.get<{ items: Listed[] }>(path)).items;
}

function only([announced]: readonly Announced[]): string {
  if (!announced) throw new Error('nothing was announced');
  return announced.auctionId;
}

/** Ends early, without a word, at the signal. */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
}
