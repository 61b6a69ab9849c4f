import { fraction } from '@clearlot/kernel';
import type { Trade } from './platform-trade.ts';

export type WindowDecision =
  | { outcome: 'published'; priceMicros: bigint }
  | { outcome: 'withheld'; reason: 'few_buyers' | 'few_sellers' | 'dominant_buyer' | 'dominant_seller' };

type Counted = Pick<Trade, 'buyerId' | 'sellerId' | 'quantityKg' | 'priceMicros'>;

/**
 * What is said of one instrument's trades in one window: their average price, weighted by quantity, half-even to the micro, if
 * at least `anonymity` different buyers and as many different sellers made them and nobody bought or sold more than half
 * of the quantity; else nothing, ever. Only the average: a low and a high would be two single trades. Trades count in one
 * window only and a window is decided once, so no two figures differ by a trade.
 */
export function decideWindow(trades: readonly Counted[], anonymity: number): WindowDecision {
  const quantityKg = sum(trades.map((each) => each.quantityKg));
  const bought = [...quantities(trades, 'buyerId').values()];
  const sold = [...quantities(trades, 'sellerId').values()];
  const isDominant = (ofOneKg: bigint) => 2n * ofOneKg > quantityKg;
  if (bought.length < anonymity) return { outcome: 'withheld', reason: 'few_buyers' };
  if (sold.length < anonymity) return { outcome: 'withheld', reason: 'few_sellers' };
  if (bought.some(isDominant)) return { outcome: 'withheld', reason: 'dominant_buyer' };
  if (sold.some(isDominant)) return { outcome: 'withheld', reason: 'dominant_seller' };
  const weighted = sum(trades.map((each) => each.quantityKg * each.priceMicros));
  return { outcome: 'published', priceMicros: fraction.roundHalfEven(fraction.of(weighted, quantityKg)) };
}

function quantities(trades: readonly Counted[], side: 'buyerId' | 'sellerId'): Map<string, bigint> {
  const by = new Map<string, bigint>();
  for (const each of trades) by.set(each[side], (by.get(each[side]) ?? 0n) + each.quantityKg);
  return by;
}

function sum(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, each) => total + each, 0n);
}
