import { type Fraction, fraction } from '@clearlot/kernel';
import { conversionErrors } from './errors.ts';

/** A value somebody stated: of which day it is (yyyy-mm-dd, UTC) and who says so. */
export interface Dated {
  value: Fraction;
  date: string;
  source: string;
}

/** One unit of `base` costs `value` units of `quote`. */
export interface FxRate extends Dated {
  base: string;
  quote: string;
}

/** What a country adds to prices from a day on: 13 % is 13/100. */
export interface VatRate extends Dated {
  country: string;
}

const DAY_MS = 86_400_000;

/** Whole days from one day to another, both yyyy-mm-dd. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** How old an exchange rate may be when it is used. */
export interface FxAge {
  fxAgeDaysMax: number;
  /** Older ones are used all the same, and flagged. */
  allowStale: boolean;
}

/**
 * The rate that turns `from` into `to` on a day: the newest of a day not after it, stated either way round; of two of one
 * day the direct one. Errors: MARKET_FX_RATE_MISSING, MARKET_FX_RATE_STALE.
 */
export function exchangeRate(
  rates: readonly FxRate[],
  pair: { from: string; to: string },
  on: string,
  { fxAgeDaysMax, allowStale }: FxAge,
): Dated & { stale: boolean } {
  const named = `${pair.from}/${pair.to} on ${on}`;
  let best: FxRate | undefined;
  const isDirect = ({ base, quote }: FxRate) => base === pair.from && quote === pair.to;
  for (const rate of rates) {
    const { base, quote, date } = rate;
    if (date > on || !(isDirect(rate) || (base === pair.to && quote === pair.from))) continue;
    if (best && (date < best.date || (date === best.date && isDirect(best)))) continue;
    best = rate;
  }
  if (!best) throw conversionErrors.error('MARKET_FX_RATE_MISSING', `There is none for ${named}.`);
  const age = daysBetween(best.date, on);
  const stale = age > fxAgeDaysMax;
  if (stale && !allowStale) {
    throw conversionErrors.error('MARKET_FX_RATE_STALE', `The newest for ${named} is of ${best.date}.`, [], {
      date: best.date,
      ageDays: String(age),
    });
  }
  const value = isDirect(best) ? best.value : fraction.div(fraction.of(1n), best.value);
  return { value, date: best.date, source: best.source, stale };
}

/** The tax rate of a country in force on a day. Errors: MARKET_VAT_RATE_MISSING. */
export function vatRate(rates: readonly VatRate[], country: string, on: string): Dated {
  let best: VatRate | undefined;
  for (const rate of rates) {
    if (rate.country === country && rate.date <= on && (!best || rate.date > best.date)) best = rate;
  }
  if (!best) throw conversionErrors.error('MARKET_VAT_RATE_MISSING', `There is none for ${country} on ${on}.`);
  return best;
}
