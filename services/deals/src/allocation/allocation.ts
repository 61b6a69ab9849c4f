import { largestRemainder, minBigint, moneyMinorLimit, sumBigint } from '@clearlot/kernel';
import { allocationErrors } from './errors.ts';

/** A seller's offer: whole shares, and the least price per share (minor units) they accept; null accepts any. */
export interface SellOrder {
  id: string;
  shares: bigint;
  minimumPriceMinor: bigint | null;
  submittedAt: Date;
}

/** A buyer's commitment in minor units of the deal's currency. */
export interface BuyOrder {
  id: string;
  amountMinor: bigint;
  submittedAt: Date;
}

/** One uniform price, in minor units per share, for everyone; at most `targetShares` change hands. */
export interface AllocationInput {
  rule: 'pro-rata';
  priceMinor: bigint;
  targetShares: bigint;
  sells: readonly SellOrder[];
  buys: readonly BuyOrder[];
}

/** What a seller sells and why. `prorated` is at least one share and fewer than offered. */
export interface SellAllocation {
  id: string;
  offeredShares: bigint;
  allocatedShares: bigint;
  proceedsMinor: bigint;
  reason: 'full' | 'prorated' | 'price_below_minimum' | 'rounded_to_zero';
}

/** What a buyer gets and why. `full` means every whole share the amount pays for; the rest is `unusedMinor`. */
export interface BuyAllocation {
  id: string;
  requestedMinor: bigint;
  demandShares: bigint;
  allocatedShares: bigint;
  allocatedMinor: bigint;
  unusedMinor: bigint;
  reason: 'full' | 'prorated' | 'below_one_share' | 'rounded_to_zero';
}

/** The outcome; `sells` and `buys` are in input order, one for each order. */
export interface Allocation {
  rule: 'pro-rata';
  priceMinor: bigint;
  supplyShares: bigint;
  demandShares: bigint;
  targetShares: bigint;
  clearedShares: bigint;
  clearedMinor: bigint;
  sells: SellAllocation[];
  buys: BuyAllocation[];
}

/**
 * Clears a deal at one price. Q = min(supply, demand, target), where supply counts sellers whose minimum is at or below the
 * price and demand is Σ⌊amount/price⌋; each side is prorated to Q by largest remainder, ties to the earliest submission
 * (to the millisecond), then to the lower id.
 *
 * Guarantees: both sides' shares add up to Q and both sides' money to Q × price; nobody sells more than offered, below
 * their minimum, or pays more than committed; everybody is within one share of their exact proportion; the answer
 * depends on the orders alone, not on their order in the input.
 * Errors: DEALS_ALLOCATION_RULE_UNKNOWN, _PRICE_INVALID, _TARGET_INVALID, _ORDER_INVALID, _ORDER_DUPLICATE, _EMPTY (Q = 0),
 * _TOO_LARGE (Q × price is 10^18 minor units or more).
 * Source: uniform clearing price with pro-rata acceptance, SEC Rule 13e-4(f)(3) and 14d-8; research/deals.md R1 and R3.
 */
export function allocate(input: AllocationInput): Allocation {
  const { rule, priceMinor, targetShares, sells, buys } = input;
  checkTerms(input);
  checkOrders('/sells', sells, (order) => order.shares > 0n && (order.minimumPriceMinor ?? 0n) >= 0n);
  checkOrders('/buys', buys, (order) => order.amountMinor > 0n);

  const supply = sells.map((order) => (accepts(order, priceMinor) ? order.shares : 0n));
  const demand = buys.map((order) => order.amountMinor / priceMinor);
  const supplyShares = sumBigint(supply);
  const demandShares = sumBigint(demand);
  const clearedShares = minBigint(supplyShares, demandShares, targetShares);
  if (clearedShares === 0n) throw allocationErrors.error('DEALS_ALLOCATION_EMPTY', emptyReason(input, supplyShares));
  const clearedMinor = clearedShares * priceMinor;
  if (clearedMinor >= moneyMinorLimit) throw allocationErrors.error('DEALS_ALLOCATION_TOO_LARGE');

  const sold = prorate(clearedShares, sells, supply);
  const bought = prorate(clearedShares, buys, demand);
  return {
    rule,
    priceMinor,
    supplyShares,
    demandShares,
    targetShares,
    clearedShares,
    clearedMinor,
    sells: sells.map((order, i) => sellAllocation(order, sold[i] ?? 0n, priceMinor)),
    buys: buys.map((order, i) => buyAllocation(order, demand[i] ?? 0n, bought[i] ?? 0n, priceMinor)),
  };
}

interface Order {
  id: string;
  submittedAt: Date;
}

/** `total` over the orders by weight, answered in input order; the earlier submission has the better claim on a tie. */
function prorate(total: bigint, orders: readonly Order[], weights: readonly bigint[]): bigint[] {
  const claims = orders.map((order, index) => ({ index, at: order.submittedAt.getTime(), id: order.id }));
  claims.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const shares = largestRemainder(
    total,
    claims.map(({ index }) => weights[index] ?? 0n),
  );
  const byInput = new Array<bigint>(orders.length).fill(0n);
  for (const [rank, { index }] of claims.entries()) byInput[index] = shares[rank] ?? 0n;
  return byInput;
}

function sellAllocation(order: SellOrder, allocatedShares: bigint, priceMinor: bigint): SellAllocation {
  const proceedsMinor = allocatedShares * priceMinor;
  const reason = accepts(order, priceMinor) ? fill(allocatedShares, order.shares) : 'price_below_minimum';
  return { id: order.id, offeredShares: order.shares, allocatedShares, proceedsMinor, reason };
}

function buyAllocation(order: BuyOrder, demandShares: bigint, allocatedShares: bigint, price: bigint): BuyAllocation {
  const allocatedMinor = allocatedShares * price;
  return {
    id: order.id,
    requestedMinor: order.amountMinor,
    demandShares,
    allocatedShares,
    allocatedMinor,
    unusedMinor: order.amountMinor - allocatedMinor,
    reason: demandShares === 0n ? 'below_one_share' : fill(allocatedShares, demandShares),
  };
}

function fill(allocated: bigint, asked: bigint): 'full' | 'prorated' | 'rounded_to_zero' {
  if (allocated === asked) return 'full';
  return allocated === 0n ? 'rounded_to_zero' : 'prorated';
}

function accepts(order: SellOrder, priceMinor: bigint): boolean {
  return order.minimumPriceMinor === null || order.minimumPriceMinor <= priceMinor;
}

function checkTerms({ rule, priceMinor, targetShares }: AllocationInput): void {
  if (rule !== 'pro-rata') throw allocationErrors.error('DEALS_ALLOCATION_RULE_UNKNOWN');
  if (priceMinor <= 0n) throw allocationErrors.error('DEALS_ALLOCATION_PRICE_INVALID');
  if (targetShares <= 0n) throw allocationErrors.error('DEALS_ALLOCATION_TARGET_INVALID');
}

function checkOrders<T extends Order>(pointer: string, orders: readonly T[], inRange: (order: T) => boolean): void {
  const ids = new Set<string>();
  for (const [index, order] of orders.entries()) {
    const refuse = (code: 'DEALS_ALLOCATION_ORDER_INVALID' | 'DEALS_ALLOCATION_ORDER_DUPLICATE') =>
      allocationErrors.error(code, undefined, [{ pointer: `${pointer}/${index}`, message: `Order ${order.id}` }]);
    if (!inRange(order) || Number.isNaN(order.submittedAt.getTime())) throw refuse('DEALS_ALLOCATION_ORDER_INVALID');
    if (ids.has(order.id)) throw refuse('DEALS_ALLOCATION_ORDER_DUPLICATE');
    ids.add(order.id);
  }
}

function emptyReason({ sells, buys }: AllocationInput, supplyShares: bigint): string {
  if (sells.length === 0) return 'There are no sellers';
  if (buys.length === 0) return 'There are no buyers';
  return supplyShares === 0n ? 'Every seller asks for a higher price' : 'No commitment pays for one share';
}
