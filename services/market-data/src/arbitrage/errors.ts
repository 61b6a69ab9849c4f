import { errorTable } from '@clearlot/kernel';

/** Every expected failure of arbitrage. */
export const arbitrageErrors = errorTable({
  MARKET_LAG_UNCOVERED: ['mismatch', 'The destination price is of a day before the goods arrive.'],
  MARKET_ASSUMPTION_REQUIRED: ['mismatch', 'An input of this calculation is not stated.'],
  MARKET_ROUTE_NOT_FOUND: ['missing', 'There is no such trade route.'],
  MARKET_ROUTE_CODE_TAKEN: ['conflict', 'Another trade route has this code.'],
  MARKET_ROUTE_SAME_INSTRUMENT: ['mismatch', 'A trade route leads from one instrument to another.'],
});
