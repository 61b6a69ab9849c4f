import { at, filled, left, mayCarry, type Node, type Search, stateOf, taken } from './split-node.ts';

/**
 * A bound that knows who carries the rests, which the transportation problem only assumes: each line by itself takes its
 * exact optimum over every possible carrier, while suppliers charge `prices` per kilogram for their capacity and pay them
 * for what they must deliver. Any prices make a bound (Lagrange); those of the transportation problem make it at least as
 * good up to the units. Undefined if a line has no way to be covered; `kg` is a split to try.
 */
export function restBound(
  problem: Search,
  node: Node,
  prices: readonly bigint[],
): { key: bigint; kg: number[] } | undefined {
  const { network } = problem;
  const cost = network.offers.map((offer) => offer.cost + (prices[offer.supplier] ?? 0n));
  const kg = filled(network.offers.length, 0);
  let key = 0n;
  for (const line of network.demand.keys()) {
    const best = lineOptimum(problem, node, line, cost);
    if (!best) return undefined;
    key += best.key;
    for (const { offer, kg: each } of best.parts) kg[offer] = each;
  }
  for (const [supplier, price] of prices.entries()) {
    const state = node.suppliers[supplier];
    if (state === left) continue;
    const least = state === taken ? Math.max(problem.supplierMinKg, 1) : 0;
    key -= price * BigInt(price > 0n ? at(problem.supplierMaxKg, supplier) : least);
  }
  return { key, kg };
}

interface LineSplit {
  key: bigint;
  parts: { offer: number; kg: number }[];
}

function lineOptimum(problem: Search, node: Node, line: number, cost: readonly bigint[]): LineSplit | undefined {
  const offers = (problem.network.byLine[line] ?? [])
    .filter((offer) => stateOf(problem, node, offer) !== left)
    .sort((a, b) => compare(cost[a] ?? 0n, cost[b] ?? 0n));
  if (at(problem.rest, line) === 0) return cheapest(problem, node, line, offers, undefined, cost);
  let best: LineSplit | undefined;
  for (const carrier of offers) {
    if (!mayCarry(problem, node, line, carrier)) continue;
    const found = cheapest(problem, node, line, offers, carrier, cost);
    if (found && (!best || found.key < best.key)) best = found;
  }
  return best;
}

/** Whole units from the cheapest offers, once it is said who carries the rest. */
function cheapest(
  problem: Search,
  node: Node,
  line: number,
  offers: readonly number[],
  carrier: number | undefined,
  cost: readonly bigint[],
): LineSplit | undefined {
  const { unitKg, minKg, maxKg } = problem;
  const carried = (offer: number) => (offer === carrier ? at(problem.rest, line) : 0);
  const least = (offer: number) =>
    stateOf(problem, node, offer) === taken
      ? Math.max(0, Math.ceil((Math.max(at(minKg, offer), 1) - carried(offer)) / unitKg))
      : 0;
  let units = at(problem.network.demand, line);
  for (const offer of offers) units -= least(offer);
  if (units < 0) return undefined;
  let key = 0n;
  const parts: LineSplit['parts'] = [];
  for (const offer of offers) {
    const low = least(offer);
    const high = Math.floor((at(maxKg, offer) - carried(offer)) / unitKg);
    if (low > high) return undefined;
    const more = Math.min(units, high - low);
    units -= more;
    const kg = (low + more) * unitKg + carried(offer);
    if (kg === 0) continue;
    key += (cost[offer] ?? 0n) * BigInt(kg);
    parts.push({ offer, kg });
  }
  return units === 0 ? { key, parts } : undefined;
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
