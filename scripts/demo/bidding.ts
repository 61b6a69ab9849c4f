import { minBigint, moneyToJson, parseMoney } from '@clearlot/kernel';

/** How a lot stands, as everybody sees it. */
export interface Standing {
  status: string;
  nextBid: number | string | null;
  leader: number | null;
  opensAt: string;
  closesAt: string;
}

/** How far simulated bidding goes: evenly from the starting price to the ceiling over the time of the auction. */
export interface Climb {
  start: number;
  ceiling: number;
  step: number;
}

const currency = 'USD';
/** A bid is the least that counts, or fewer than this many steps more. */
const stepsOver = 3;

/**
 * What one of the simulated bidders (by their numbers in the auction) bids now; undefined when it is nobody's turn: the lot
 * is not open, everybody else has left, or bidding is as far as it is to be by now. `random` is from 0 to under 1.
 */
export function chooseBid(
  standing: Standing,
  climb: Climb,
  bidders: readonly number[],
  now: number,
  random: () => number,
): { bidder: number; amount: number | string } | undefined {
  const others = bidders.filter((each) => each !== standing.leader);
  const bidder = others[Math.floor(random() * others.length)];
  if (standing.status !== 'open' || standing.nextBid === null || bidder === undefined) return undefined;
  const least = parseMoney(standing.nextBid, currency);
  const step = parseMoney(climb.step, currency);
  const room = limitAt(standing, climb, now) - least;
  if (room < 0n) return undefined;
  const over = minBigint(BigInt(Math.floor(random() * stepsOver)), room / step);
  return { bidder, amount: moneyToJson(least + over * step, currency) };
}

/** The most that is bid at an instant, in minor units. */
function limitAt({ opensAt, closesAt }: Standing, climb: Climb, now: number): bigint {
  const [start, ceiling] = [parseMoney(climb.start, currency), parseMoney(climb.ceiling, currency)];
  const opens = Date.parse(opensAt);
  const length = Math.max(1, Date.parse(closesAt) - opens);
  const passed = Math.min(length, Math.max(0, Math.round(now - opens)));
  return start + ((ceiling - start) * BigInt(passed)) / BigInt(length);
}
