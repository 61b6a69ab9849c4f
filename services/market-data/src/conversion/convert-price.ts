import { fraction } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import type { Basis } from '../instruments/instrument.ts';
import { findInstrument } from '../instruments/store.ts';
import { type ConversionPlan, convert, type Given, planConversion, type Step } from './conversion.ts';
import { basisIn, dayOf, type Figure, findFigure } from './figures.ts';
import type { Dated, FxAge } from './rate.ts';
import { loadRates } from './store.ts';

export interface ConvertPrice extends FxAge {
  /** A basis, or the instrument whose it is. */
  from: Basis | { instrumentId: string };
  /** What is to differ. */
  to: Partial<Basis>;
  /** Absent: the instrument's newest figure. */
  priceMicros?: bigint | undefined;
  /** The day of the price, yyyy-mm-dd; absent: of the figure, or today. */
  on?: string | undefined;
  moisture?: Dated | undefined;
  charges?: Given['charges'];
}

export interface ConvertedPrice {
  from: Basis;
  to: Basis;
  on: string;
  figure: Figure | null;
  low: fraction.Fraction;
  mid: fraction.Fraction;
  high: fraction.Fraction;
  /** The way of the mid. */
  steps: Step[];
  flags: ConversionPlan['flags'];
}

/**
 * Converts a price, or an instrument's newest figure, to another basis by rates of its own day. Errors:
 * MARKET_INSTRUMENT_NOT_FOUND, MARKET_NO_PRICE, those of planConversion and convert.
 */
export function convertPrice(ctx: Ctx, input: ConvertPrice): Promise<ConvertedPrice> {
  return ctx.read(async (work) => {
    const instrumentId = 'instrumentId' in input.from ? input.from.instrumentId : undefined;
    const from = 'instrumentId' in input.from ? await findInstrument(work, input.from.instrumentId) : input.from;
    const figure =
      instrumentId !== undefined && input.priceMicros === undefined
        ? await findFigure(work, instrumentId, input.on ? { until: input.on } : { newest: true })
        : null;
    const on = input.on ?? dayOf(figure?.validAt ?? ctx.clock.now());
    const to = withParts(from, input.to);
    const needs = { currencies: [from.currency, to.currency], countries: [from.region], days: [on] };
    const rates = await loadRates(work, needs);
    const { moisture, charges, fxAgeDaysMax, allowStale } = input;
    const plan = planConversion(from, to, { on, ...rates, moisture, charges, fxAgeDaysMax, allowStale });
    const given = fraction.of(input.priceMicros ?? 0n);
    const take = (micros: bigint | undefined) => convert(micros === undefined ? given : fraction.of(micros), plan);
    const mid = take(figure?.midMicros);
    return {
      ...{ from: basisIn(from), to, on, figure, steps: mid.steps, flags: plan.flags, mid: mid.micros },
      ...{ low: take(figure?.lowMicros).micros, high: take(figure?.highMicros).micros },
    };
  });
}

function withParts(from: Basis, parts: Partial<Basis>): Basis {
  return { ...basisIn(from), ...parts };
}
