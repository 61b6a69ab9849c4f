import { isDomainError } from '@clearlot/kernel';
import type { Work } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { type ComparedMarkets, compareMarkets, type MarketPair } from './compare-markets.ts';
import { listTradeRoutes } from './store.ts';
import type { TradeRoute } from './tables.ts';

/** A route with what is left on it now, or the code of why that cannot be said. */
export interface Opportunity {
  route: TradeRoute;
  compared: ComparedMarkets | null;
  refused: { code: string; detail: string } | null;
}

/** What a week-old exchange rate may still be used for. */
const fxAgeDaysMax = 7;

/** A route as a pair of markets, by its own assumptions. */
export function pairOf(route: TradeRoute): MarketPair {
  const { originInstrumentId, destinationInstrumentId, forward, lagDays, allowUncoveredLag, assumptions } = route;
  return {
    ...{ originInstrumentId, destinationInstrumentId, forward, lagDays, allowUncoveredLag, assumptions },
    ...{ fxAgeDaysMax, allowStale: false },
  };
}

/** Every route in use, the widest margin at mid first where currency and unit allow a comparison; refusals are shown. */
export function listOpportunities(ctx: Ctx): Promise<Opportunity[]> {
  return ctx.read(async (work) => {
    const routes = await listTradeRoutes(work, { enabled: true });
    return Promise.all(routes.map((route) => look(work, route, ctx.clock.now())));
  });
}

async function look(work: Pick<Work, 'db' | 'sql'>, route: TradeRoute, now: Date): Promise<Opportunity> {
  try {
    return { route, compared: await compareMarkets(work, pairOf(route), now), refused: null };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { route, compared: null, refused: { code: error.code, detail: error.detail } };
  }
}
