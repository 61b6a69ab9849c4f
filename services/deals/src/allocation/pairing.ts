import { minBigint, sumBigint } from '@clearlot/kernel';
import { allocationErrors } from './errors.ts';

/** One side's participant with the shares allocated to it. */
export interface PairingSide {
  id: string;
  shares: bigint;
}

/** `shares` move from the seller to the buyer: one purchase agreement. */
export interface Pair {
  sellId: string;
  buyId: string;
  shares: bigint;
}

/**
 * Decides who buys from whom once both sides are allocated. Each side is taken largest first (then by id) and walked once.
 *
 * Guarantees: each seller's and each buyer's pairs add up to exactly their shares; every pair is at least one share and
 * no two share both ends; with S sellers and B buyers above zero there are at most S + B − 1 pairs; the answer does not
 * depend on input order. A participant with no shares gets no pair.
 * Errors: DEALS_ALLOCATION_UNBALANCED when the sides' totals differ, DEALS_ALLOCATION_ORDER_INVALID for negative shares,
 * DEALS_ALLOCATION_ORDER_DUPLICATE.
 * Source: north-west corner rule of the transportation problem.
 */
export function pairAllocations(sells: readonly PairingSide[], buys: readonly PairingSide[]): Pair[] {
  const sellers = ranked('/sells', sells);
  const buyers = ranked('/buys', buys);
  const sold = sumBigint(sellers.map((side) => side.shares));
  const bought = sumBigint(buyers.map((side) => side.shares));
  if (sold !== bought) {
    throw allocationErrors.error('DEALS_ALLOCATION_UNBALANCED', `${sold} shares are sold and ${bought} bought`);
  }
  const pairs: Pair[] = [];
  let [s, b] = [0, 0];
  for (;;) {
    const [sell, buy] = [sellers[s], buyers[b]];
    if (!sell || !buy) return pairs;
    const shares = minBigint(sell.shares, buy.shares);
    pairs.push({ sellId: sell.id, buyId: buy.id, shares });
    sell.shares -= shares;
    buy.shares -= shares;
    if (sell.shares === 0n) s += 1;
    if (buy.shares === 0n) b += 1;
  }
}

/** Fresh copies of those with shares, largest first, then by id. */
function ranked(pointer: string, sides: readonly PairingSide[]): PairingSide[] {
  const ids = new Set<string>();
  for (const [index, { id, shares }] of sides.entries()) {
    const code = shares < 0n ? 'DEALS_ALLOCATION_ORDER_INVALID' : 'DEALS_ALLOCATION_ORDER_DUPLICATE';
    if (shares < 0n || ids.has(id)) {
      throw allocationErrors.error(code, undefined, [{ pointer: `${pointer}/${index}`, message: `Order ${id}` }]);
    }
    ids.add(id);
  }
  return sides
    .filter(({ shares }) => shares > 0n)
    .map(({ id, shares }) => ({ id, shares }))
    .sort((x, y) => (x.shares === y.shares ? (x.id < y.id ? -1 : 1) : x.shares > y.shares ? -1 : 1));
}
