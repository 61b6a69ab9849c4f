import { fraction } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import type { Basis } from '../instruments/instrument.ts';
import { findInstrument } from '../instruments/store.ts';
import type { Series } from '../series/read-series.ts';
import { type Bar, rollUp } from '../series/series.ts';
import { type ConversionPlan, convert, type Flag, planConversion } from './conversion.ts';
import { basisIn } from './figures.ts';
import { basisParts } from './price.ts';
import { loadRateHistory, type Rates } from './store.ts';

/** A series restated in another one's measure. */
export interface ConvertedSeries {
  series: Series;
  /** What its prices mean now. */
  basis: Basis;
  /** In what the markets still differ: that is what is compared. */
  differs: (keyof Basis)[];
  flags: Flag[];
}

const fxAgeDaysMax = 7;

/**
 * Restates series in the currency, unit, tax basis and (as lithium content) product of one instrument, each day by its own
 * day's rates as they were known when the series was. Region, grade, form and Incoterm stay and are named: they do not
 * convert without more being stated. Errors: MARKET_INSTRUMENT_NOT_FOUND, those of planConversion.
 */
export function convertSeries(
  ctx: Ctx,
  list: readonly Series[],
  target: { instrumentId: string; allowStale: boolean },
): Promise<ConvertedSeries[]> {
  return ctx.read(async (work) => {
    const to = await findInstrument(work, target.instrumentId);
    const rates = await loadRateHistory(work, {
      currencies: [...new Set([to.currency, ...list.map(({ instrument }) => instrument.currency)])],
      countries: [...new Set(list.map(({ instrument }) => instrument.region))],
      until:
        list
          .map((series) => series.to)
          .sort()
          .at(-1) ?? '',
      knownAt: list[0]?.knownAt ?? ctx.clock.now(),
    });
    return list.map((series) => restate(series, to, rates, target.allowStale));
  });
}

function restate(series: Series, to: Basis, rates: Rates, allowStale: boolean): ConvertedSeries {
  const { instrument } = series;
  const { product, currency, unit, taxBasis } = to;
  const basis = { ...basisIn(instrument), product, currency, unit, taxBasis };
  const flags = new Set<Flag>();
  const plans = new Map<string, ConversionPlan>();
  const planOf = (on: string) => {
    const plan = plans.get(on) ?? planConversion(instrument, basis, { on, ...rates, fxAgeDaysMax, allowStale });
    plans.set(on, plan);
    for (const flag of plan.flags) flags.add(flag);
    return plan;
  };
  const lines = series.lines.map(({ source, days }) => {
    const restated = days.map((day) => restateBar(day, planOf(day.day)));
    return { source, days: restated, bars: rollUp(series.period, restated) };
  });
  const differs = basisParts.filter((part) => basis[part] !== to[part]);
  return { series: { ...series, lines }, basis, differs, flags: [...flags] };
}

function restateBar(bar: Bar, plan: ConversionPlan): Bar {
  const take = (micros: bigint) => fraction.roundHalfEven(convert(fraction.of(micros), plan).micros);
  const { openMicros, highMicros, lowMicros, closeMicros } = bar;
  return {
    ...bar,
    ...{ openMicros: take(openMicros), highMicros: take(highMicros) },
    ...{ lowMicros: take(lowMicros), closeMicros: take(closeMicros) },
  };
}
