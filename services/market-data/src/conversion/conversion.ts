import { type Fraction, fraction } from '@clearlot/kernel';
import type { Basis } from '../instruments/instrument.ts';
import { conversionErrors } from './errors.ts';
import { type Charge, chargesBetween } from './incoterm.ts';
import { carbonateEquivalent, kgPerUnit } from './mass.ts';
import { type Dated, exchangeRate, type FxAge, type FxRate, type VatRate, vatRate } from './rate.ts';

export type StepName =
  | 'vat_removed'
  | 'moisture_removed'
  | 'moisture_added'
  | 'mass_unit'
  | 'lithium_content'
  | 'exchange'
  | `${Charge}_added`
  | `${Charge}_removed`
  | 'vat_added';

/** One named change of a price: by what, on whose word, of which day (null for what does not change with time). */
export interface Operation {
  name: StepName;
  kind: 'multiply' | 'add';
  /** The factor, or micros of the target's currency per the target's unit. */
  by: Fraction;
  date: string | null;
  source: string;
}

/** What a reader must be told beside the price. */
export type Flag =
  /** The exchange rate is older than was asked for. */
  | 'fx_rate_stale'
  /** Only lithium contents were compared: what it costs to make one product of the other is not in it. */
  | 'lithium_content_only';

/** All that a conversion may use. Charges are in the target's currency, per its unit, without tax. */
export interface Given extends FxAge {
  /** The day the price is of, yyyy-mm-dd. */
  on: string;
  fxRates: readonly FxRate[];
  vatRates: readonly VatRate[];
  /** Share of water in a wet tonne, under 1. */
  moisture?: Dated | undefined;
  charges?: Partial<Record<Charge, Dated>> | undefined;
}

export interface ConversionPlan {
  operations: Operation[];
  flags: Flag[];
}

const one = fraction.of(1n);
const million = fraction.of(1_000_000n);

/**
 * The steps from one basis to another, in the order: tax off, dry or wet mass, mass unit, lithium content, currency, what
 * the Incoterms differ by, tax on. Exact: the way there and back ends at the same price. Region and, within a product,
 * grade and form are what is priced and never convert. Errors: MARKET_NOT_CONVERTIBLE, MARKET_FACTOR_UNKNOWN,
 * MARKET_MOISTURE_REQUIRED, MARKET_CHARGE_REQUIRED, MARKET_FX_RATE_MISSING, MARKET_FX_RATE_STALE, MARKET_VAT_RATE_MISSING.
 */
export function planConversion(from: Basis, to: Basis, given: Given): ConversionPlan {
  requireConvertible(from, to);
  const flags: Flag[] = [];
  const moved = chargesBetween(from.incoterm, to.incoterm).map((each) => chargeStep(each, given));
  const taxOff = from.taxBasis === 'including_vat' && (to.taxBasis === 'excluding_vat' || moved.length > 0);
  const taxOn = to.taxBasis === 'including_vat' && (from.taxBasis === 'excluding_vat' || moved.length > 0);
  const operations = [
    ...(taxOff ? [taxStep('vat_removed', from.region, given)] : []),
    ...massSteps(from, to, given),
    ...contentSteps(from, to, flags),
    ...exchangeSteps(from, to, given, flags),
    ...moved,
    ...(taxOn ? [taxStep('vat_added', to.region, given)] : []),
  ];
  return { operations, flags };
}

/** A step as it was taken: `micros` is the price after it. */
export interface Step extends Operation {
  micros: Fraction;
}

/** Takes a price through the steps of a plan. Errors: MARKET_PRICE_NOT_POSITIVE. */
export function convert(micros: Fraction, { operations }: ConversionPlan): { micros: Fraction; steps: Step[] } {
  const steps = takeSteps(micros, operations);
  const price = steps.at(-1)?.micros ?? micros;
  if (price.num <= 0n) throw conversionErrors.error('MARKET_PRICE_NOT_POSITIVE');
  return { micros: price, steps };
}

/** Takes any amount through steps, each with what is left after it. */
export function takeSteps(micros: Fraction, operations: readonly Operation[]): Step[] {
  let amount = micros;
  return operations.map((operation) => {
    amount = operation.kind === 'multiply' ? fraction.mul(amount, operation.by) : fraction.add(amount, operation.by);
    return { ...operation, micros: amount };
  });
}

function requireConvertible(from: Basis, to: Basis): void {
  const sameProduct = from.product === to.product;
  const fixed: readonly (keyof Basis)[] = sameProduct ? ['region', 'grade', 'form'] : ['region'];
  const concentrate = from.grade === 'concentrate' || to.grade === 'concentrate';
  const parts = [
    ...fixed.filter((part) => from[part] !== to[part]),
    // A battery-grade price says nothing of technical grade; of a concentrate there is only one grade to say.
    ...(!sameProduct && from.grade !== to.grade && !concentrate ? (['grade'] as const) : []),
  ];
  if (parts.length === 0) return;
  const detail = parts.map((part) => `${part} ${from[part]} to ${to[part]}`).join(', ');
  throw conversionErrors.error('MARKET_NOT_CONVERTIBLE', `Nothing converts ${detail}.`, [], { parts: parts.join(',') });
}

function massSteps(from: Basis, to: Basis, given: Given): Operation[] {
  const steps: Operation[] = [];
  if ((from.unit === 'wmt') !== (to.unit === 'wmt')) {
    const { moisture } = given;
    if (!moisture) throw conversionErrors.error('MARKET_MOISTURE_REQUIRED');
    // A wet tonne holds less of what is priced, so dry matter costs more.
    const dryShare = fraction.sub(one, moisture.value);
    const { date, source } = moisture;
    steps.push(
      from.unit === 'wmt'
        ? { name: 'moisture_removed', kind: 'multiply', by: fraction.div(one, dryShare), date, source }
        : { name: 'moisture_added', kind: 'multiply', by: dryShare, date, source },
    );
  }
  if (from.unit !== to.unit) {
    const by = fraction.div(kgPerUnit[to.unit], kgPerUnit[from.unit]);
    if (fraction.cmp(by, one) !== 0 || steps.length === 0) {
      steps.push({ name: 'mass_unit', kind: 'multiply', by, date: null, source: massSource(from, to) });
    }
  }
  return steps;
}

function massSource(from: Basis, to: Basis): string {
  const units = [from.unit, to.unit];
  return [
    units.includes('lb') ? '1 lb = 0.45359237 kg (1959 agreement)' : 'SI',
    ...(units.includes('dmt') ? ['a mass that states no moisture is taken as dry'] : []),
  ].join('; ');
}

function contentSteps(from: Basis, to: Basis, flags: Flag[]): Operation[] {
  if (from.product === to.product) return [];
  const [of, as] = [carbonateEquivalent[from.product], carbonateEquivalent[to.product]];
  if (!of || !as) {
    throw conversionErrors.error('MARKET_FACTOR_UNKNOWN', `There is no factor of ${of ? to.product : from.product}.`);
  }
  flags.push('lithium_content_only');
  const spodumene = [from.product, to.product].includes('spodumene_concentrate');
  const source = `lithium carbonate equivalent, stoichiometric${spodumene ? '; spodumene at 6 % Li2O' : ''}`;
  return [{ name: 'lithium_content', kind: 'multiply', by: fraction.div(as, of), date: null, source }];
}

function exchangeSteps(from: Basis, to: Basis, given: Given, flags: Flag[]): Operation[] {
  if (from.currency === to.currency) return [];
  const pair = { from: from.currency, to: to.currency };
  const { value, date, source, stale } = exchangeRate(given.fxRates, pair, given.on, given);
  if (stale) flags.push('fx_rate_stale');
  return [{ name: 'exchange', kind: 'multiply', by: value, date, source }];
}

function chargeStep({ charge, added }: { charge: Charge; added: boolean }, given: Given): Operation {
  const stated = given.charges?.[charge];
  if (!stated) throw conversionErrors.error('MARKET_CHARGE_REQUIRED', `State ${charge}.`, [], { charge });
  const { value, date, source } = stated;
  const micros = fraction.mul(value, million);
  if (added) return { name: `${charge}_added`, kind: 'add', by: micros, date, source };
  return { name: `${charge}_removed`, kind: 'add', by: fraction.sub(fraction.of(0n), micros), date, source };
}

function taxStep(name: 'vat_removed' | 'vat_added', country: string, given: Given): Operation {
  const { value, date, source } = vatRate(given.vatRates, country, given.on);
  const gross = fraction.add(one, value);
  return { name, kind: 'multiply', by: name === 'vat_added' ? gross : fraction.div(one, gross), date, source };
}
