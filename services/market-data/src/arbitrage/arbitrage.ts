import { type Fraction, fraction } from '@clearlot/kernel';
import { type Given, type Operation, planConversion, takeSteps } from '../conversion/conversion.ts';
import { chargesIncluded } from '../conversion/incoterm.ts';
import { type Dated, vatRate } from '../conversion/rate.ts';
import type { Basis } from '../instruments/instrument.ts';
import { arbitrageErrors } from './errors.ts';

/** A price as it was quoted, assumed or forecast: of which day (yyyy-mm-dd, UTC) and who says so. */
export interface QuotedPrice {
  basis: Basis;
  lowMicros: bigint;
  midMicros: bigint;
  highMicros: bigint;
  date: string;
  source: string;
}

/** A cost somebody stated: `value` units of `currency` per `unit` of the origin's product. */
export interface StatedCost extends Dated {
  currency: string;
  unit: Basis['unit'];
}

/** What it takes to move goods; zero is stated too. */
export interface Assumptions {
  freight: StatedCost;
  insurance: StatedCost;
  /** An amount, or a share of the customs value: origin, freight and insurance (the CIF value). */
  duty: StatedCost | { rate: Dated };
  /** Simple interest a year on origin, freight and insurance, for the days between paying and being paid. */
  finance: { annualRate: Dated; days: number; dayCount: 360 | 365 };
  /** What making the destination's product of the origin's costs, per unit of the origin's. */
  conversion?: StatedCost | undefined;
  /** Share of the lithium that gets into the destination's product; needed when the products differ. */
  recovery?: Dated | undefined;
}

export interface ArbitrageInput {
  origin: QuotedPrice;
  destination: QuotedPrice;
  lagDays: number;
  /** Takes a destination price of before the arrival all the same, and flags it. */
  allowUncoveredLag: boolean;
  assumptions: Assumptions;
  /** `on` is the day of the calculation: exchange rates are of then at the latest. */
  given: Given;
}

export type ArbitrageFlag =
  | 'destination_price_before_arrival'
  | 'fx_rate_before_arrival'
  | 'fx_rate_stale'
  | 'lithium_content_only'
  | 'origin_includes_vat'
  | `${'freight' | 'insurance' | 'duty'}_already_in_origin_price`;

export type WaterfallName =
  | 'destination'
  | 'vat'
  | 'freight'
  | 'insurance'
  | 'duty'
  | 'finance'
  | 'conversion'
  | 'origin';

/** What a step was calculated from. */
export interface Input {
  name: string;
  value: Fraction;
  /** `CNY/t`, or null for a share or a factor. */
  per: string | null;
  date: string | null;
  source: string;
}

/** One bar of a waterfall, in micros of the origin's currency per its unit: what it adds and what is left after it. */
export interface WaterfallStep {
  name: WaterfallName;
  micros: Fraction;
  runningMicros: Fraction;
  inputs: Input[];
}

export interface Waterfall {
  marginMicros: Fraction;
  steps: WaterfallStep[];
}

export interface Arbitrage {
  currency: string;
  unit: Basis['unit'];
  /** The first day the goods can be sold. */
  arrival: string;
  /** Sold at the destination's low and bought at the origin's high; mid at mid; high at low. */
  low: Waterfall;
  mid: Waterfall;
  high: Waterfall;
  flags: ArbitrageFlag[];
}

const million = fraction.of(1_000_000n);
const one = fraction.of(1n);

/**
 * What is left of selling at the destination what was bought at the origin, exactly, in the origin's currency per its
 * unit: destination × exchange ÷ (1 + VAT) − freight − insurance − duty − finance − conversion − origin. Prices are of
 * their own days: one of before the arrival is refused, or flagged where that is allowed. Errors: MARKET_LAG_UNCOVERED,
 * MARKET_ASSUMPTION_REQUIRED, and those of planConversion.
 */
export function calculateArbitrage(input: ArbitrageInput): Arbitrage {
  const { origin, destination, given } = input;
  const flags = new Set<ArbitrageFlag>(doubleCounted(input));
  const arrival = addDays(origin.date, input.lagDays);
  if (destination.date < arrival) {
    if (!input.allowUncoveredLag) {
      const detail = `Goods of ${origin.date} arrive on ${arrival}; the destination price is of ${destination.date}.`;
      throw arbitrageErrors.error('MARKET_LAG_UNCOVERED', detail, [], { arrival, date: destination.date });
    }
    flags.add('destination_price_before_arrival');
  }
  if (origin.basis.taxBasis === 'including_vat') flags.add('origin_includes_vat');
  const exchanged = destination.basis.currency !== origin.basis.currency;
  if (exchanged && given.on < arrival) flags.add('fx_rate_before_arrival');
  requireStatedConversion(input);

  // At the destination's own tax and rule, but for as much lithium as a unit of the origin holds, in the origin's money.
  const { product, unit, currency } = origin.basis;
  const [fxOn = given.on] = [given.on, destination.date].sort();
  const sale = planConversion(
    destination.basis,
    { ...destination.basis, product, unit, currency },
    { ...given, on: fxOn },
  );
  for (const flag of sale.flags) flags.add(flag);
  const waterfall = (sell: bigint, buy: bigint) => fall(input, sale.operations, sell, buy);
  return {
    ...{ currency, unit, arrival },
    low: waterfall(destination.lowMicros, origin.highMicros),
    mid: waterfall(destination.midMicros, origin.midMicros),
    high: waterfall(destination.highMicros, origin.lowMicros),
    flags: [...flags],
  };
}

function fall(input: ArbitrageInput, sale: readonly Operation[], sellMicros: bigint, buyMicros: bigint): Waterfall {
  const { origin, destination, assumptions, given } = input;
  const { finance, recovery, conversion } = assumptions;
  const steps: WaterfallStep[] = [];
  let running = fraction.of(0n);
  const step = (name: WaterfallName, micros: Fraction, inputs: Input[]) => {
    running = fraction.add(running, micros);
    steps.push({ name, micros, runningMicros: running, inputs });
  };
  const minus = (micros: Fraction) => fraction.sub(fraction.of(0n), micros);

  const sold = fraction.of(sellMicros);
  const gross = fraction.mul(takeSteps(sold, sale).at(-1)?.micros ?? sold, recovery?.value ?? one);
  step('destination', gross, [
    priceInput('destination price', destination, sold),
    ...sale.map((each) => ({ name: each.name, value: each.by, per: null, date: each.date, source: each.source })),
    ...(recovery ? [datedInput('recovery', recovery)] : []),
  ]);
  if (destination.basis.taxBasis === 'including_vat') {
    const vat = vatRate(given.vatRates, destination.basis.region, destination.date);
    const net = fraction.div(gross, fraction.add(one, vat.value));
    step('vat', fraction.sub(net, gross), [datedInput('value-added tax', vat)]);
  }
  const freight = costOf('freight', assumptions.freight, input);
  step('freight', minus(freight.micros), freight.inputs);
  const insurance = costOf('insurance', assumptions.insurance, input);
  step('insurance', minus(insurance.micros), insurance.inputs);
  const bought = fraction.of(buyMicros);
  const landed = [freight.micros, insurance.micros].reduce(fraction.add, bought);
  if ('rate' in assumptions.duty) {
    const { rate } = assumptions.duty;
    step('duty', minus(fraction.mul(landed, rate.value)), [datedInput('rate on the customs value', rate)]);
  } else {
    const duty = costOf('duty', assumptions.duty, input);
    step('duty', minus(duty.micros), duty.inputs);
  }
  const years = fraction.of(BigInt(finance.days), BigInt(finance.dayCount));
  const { annualRate } = finance;
  step('finance', minus(fraction.mul(landed, fraction.mul(annualRate.value, years))), [
    datedInput('annual rate', annualRate),
    { ...datedInput(`days of ${finance.dayCount}`, annualRate), value: fraction.of(BigInt(finance.days)) },
  ]);
  if (conversion) {
    const cost = costOf('conversion', conversion, input);
    step('conversion', minus(cost.micros), cost.inputs);
  }
  step('origin', minus(bought), [priceInput('origin price', origin, bought)]);
  return { marginMicros: running, steps };
}

/** A stated cost in micros of the origin's currency per its unit. */
function costOf(
  name: string,
  cost: StatedCost,
  { origin, given }: ArbitrageInput,
): { micros: Fraction; inputs: Input[] } {
  const stated = { ...origin.basis, currency: cost.currency, unit: cost.unit };
  const { operations } = planConversion(stated, origin.basis, given);
  const micros = fraction.mul(cost.value, million);
  return {
    micros: takeSteps(micros, operations).at(-1)?.micros ?? micros,
    inputs: [
      { ...datedInput(name, cost), per: `${cost.currency}/${cost.unit}` },
      ...operations.map((each) => ({
        name: each.name,
        value: each.by,
        per: null,
        date: each.date,
        source: each.source,
      })),
    ],
  };
}

function requireStatedConversion({ origin, destination, assumptions }: ArbitrageInput): void {
  if (origin.basis.product === destination.basis.product) return;
  const missing = (['conversion', 'recovery'] as const).filter((name) => !assumptions[name]);
  if (missing.length === 0) return;
  const detail = `${origin.basis.product} becomes ${destination.basis.product}: state ${missing.join(' and ')}.`;
  throw arbitrageErrors.error('MARKET_ASSUMPTION_REQUIRED', detail, [], { missing: missing.join(',') });
}

function doubleCounted({ origin, assumptions }: ArbitrageInput): ArbitrageFlag[] {
  const included = chargesIncluded[origin.basis.incoterm];
  const stated = {
    freight: assumptions.freight.value,
    insurance: assumptions.insurance.value,
    duty: 'rate' in assumptions.duty ? assumptions.duty.rate.value : assumptions.duty.value,
  };
  return (['freight', 'insurance', 'duty'] as const)
    .filter((charge) => included.includes(charge) && stated[charge].num !== 0n)
    .map((charge) => `${charge}_already_in_origin_price` as const);
}

function priceInput(name: string, { basis, date, source }: QuotedPrice, micros: Fraction): Input {
  return { name, value: fraction.div(micros, million), per: `${basis.currency}/${basis.unit}`, date, source };
}

function datedInput(name: string, { value, date, source }: Dated): Input {
  return { name, value, per: null, date, source };
}

const DAY_MS = 86_400_000;

/** The day so many days after another, both yyyy-mm-dd. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
