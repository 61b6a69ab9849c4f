import type { Work } from '@clearlot/service';
import { basisIn, dayOf, type Figure, findFigure } from '../conversion/figures.ts';
import type { FxAge } from '../conversion/rate.ts';
import { loadRates } from '../conversion/store.ts';
import type { Basis } from '../instruments/instrument.ts';
import { findInstrument } from '../instruments/store.ts';
import { type Arbitrage, addDays, calculateArbitrage, type QuotedPrice } from './arbitrage.ts';
import { type ForwardText, readAssumptions, readForward, type StatedAssumptions } from './stated.ts';

export interface MarketPair extends FxAge {
  originInstrumentId: string;
  /** The day the goods are bought, yyyy-mm-dd; absent: at the newest price. */
  originOn?: string | undefined;
  destinationInstrumentId: string;
  forward: ForwardText | null;
  lagDays: number;
  allowUncoveredLag: boolean;
  assumptions: StatedAssumptions;
}

export interface ComparedMarkets {
  arbitrage: Arbitrage;
  origin: Figure;
  /** Null where the price on arrival was stated. */
  destination: Figure | null;
}

/**
 * Calculates what is left between two markets: bought at the origin's figure, sold at a stated price on arrival, or at the
 * first figure from the arrival on, or where there is none yet at the newest (which calculateArbitrage refuses unless it is
 * allowed). Errors: MARKET_INSTRUMENT_NOT_FOUND, MARKET_NO_PRICE, those of calculateArbitrage.
 */
export async function compareMarkets(
  work: Pick<Work, 'db' | 'sql'>,
  pair: MarketPair,
  now: Date,
): Promise<ComparedMarkets> {
  const bought = pair.originOn === undefined ? ({ newest: true } as const) : { until: pair.originOn };
  const origin = await findFigure(work, pair.originInstrumentId, bought);
  const { sold, destination } = pair.forward
    ? { sold: null, destination: readForward(pair.forward, await basisOf(work, pair.destinationInstrumentId)) }
    : await findSale(work, pair.destinationInstrumentId, addDays(dayOf(origin.validAt), pair.lagDays));
  const { moisture, ...assumptions } = readAssumptions(pair.assumptions);
  const costs = [assumptions.freight, assumptions.insurance, assumptions.duty, assumptions.conversion];
  const today = dayOf(now);
  // A calculation of the past is made with the rates of its time.
  const [on = today] = pair.originOn === undefined ? [today] : [today, destination.date].sort();
  const rates = await loadRates(work, {
    currencies: [
      ...[origin.basis.currency, destination.basis.currency],
      ...costs.flatMap((cost) => (cost && 'currency' in cost ? cost.currency : [])),
    ],
    countries: [destination.basis.region],
    days: [on, destination.date],
  });
  const { fxAgeDaysMax, allowStale, lagDays, allowUncoveredLag } = pair;
  const arbitrage = calculateArbitrage({
    ...{ origin: quote(origin), destination, lagDays, allowUncoveredLag, assumptions },
    given: { on, ...rates, moisture, fxAgeDaysMax, allowStale },
  });
  return { arbitrage, origin, destination: sold };
}

/** The first figure from the arrival on, or the newest when the goods have not arrived yet. */
async function findSale(work: Pick<Work, 'db' | 'sql'>, instrumentId: string, arrival: string) {
  const newest = await findFigure(work, instrumentId, { newest: true });
  const arrived = arrival <= dayOf(newest.validAt);
  const sold = arrived ? await findFigure(work, instrumentId, { from: arrival }) : newest;
  return { sold, destination: quote(sold) };
}

async function basisOf(work: Pick<Work, 'db'>, instrumentId: string): Promise<Basis> {
  return basisIn(await findInstrument(work, instrumentId));
}

function quote({ basis, lowMicros, midMicros, highMicros, validAt, sourceName, edition }: Figure): QuotedPrice {
  return { basis, lowMicros, midMicros, highMicros, date: dayOf(validAt), source: `${sourceName}, ${edition}` };
}
