import { type Fraction, fraction } from '@clearlot/kernel';
import {
  type AssayValue,
  type Basis,
  type Incoterm,
  type Ppb,
  sellerPays,
  wholePpb,
  wholeSteps,
} from '../commodity/commodity.ts';
import type { PriceAdjustment } from '../orders/new-order.ts';

/** What a landed cost is the sum of, in this order. */
export const costTermNames = [
  'price',
  'moisture',
  'grade',
  'freight',
  'insurance',
  'duty',
  'finance',
  'other',
] as const;
export type CostTermName = (typeof costTermNames)[number];

/** One offer on one line with the buyer's cost model: minor units per tonne, rates in parts per million. */
export interface CostInput {
  priceMinor: bigint;
  /** `dry`: the price is per dry tonne as it stands. `wet`: per tonne as delivered, compared per dry tonne. */
  basis: Basis;
  moisturePpb: Ppb;
  assay: readonly AssayValue[];
  /** Empty where the buyer does not normalise. */
  adjustments: readonly PriceAdjustment[];
  incoterm: Incoterm;
  /** From the offer's origin; counted only where the buyer pays for it under the Incoterm, like the next two. */
  freightMinor: bigint;
  insurancePpm: bigint;
  dutyPpm: bigint;
  financePpmPerYear: bigint;
  leadDays: bigint;
  /** Life-cycle costs the response states. */
  otherMinor: bigint;
}

export interface CostTerm {
  name: CostTermName;
  amount: Fraction;
}

const million = 1_000_000n;
const yearDays = 360n;

/**
 * The cost of one tonne of an offer at the buyer's place, term by term, exactly. All rates are of the value, which is the
 * price per tonne of comparison: the price on a dry line, price ÷ (1 − moisture) on a wet one.
 * price; moisture = value − price; grade = see {@link gradeMinor}; freight; insurance = ppm × (value + freight);
 * duty = ppm × (value + freight + insurance); finance = value × ppm × days ÷ 360; other. What the seller pays under the
 * Incoterm is in the price already and counts as nothing.
 */
export function costTerms(input: CostInput): CostTerm[] {
  const { freightMinor, insurancePpm, dutyPpm } = buyerPays(input);
  const price = fraction.of(input.priceMinor);
  const value = input.basis === 'wet' ? fraction.of(input.priceMinor * wholePpb, wholePpb - input.moisturePpb) : price;
  const freight = fraction.of(freightMinor);
  const insurance = fraction.mul(fraction.add(value, freight), fraction.of(insurancePpm, million));
  const cif = fraction.add(fraction.add(value, freight), insurance);
  const amounts: Record<CostTermName, Fraction> = {
    price,
    moisture: fraction.sub(value, price),
    grade: fraction.of(gradeMinor(input.adjustments, input.assay)),
    freight,
    insurance,
    duty: fraction.mul(cif, fraction.of(dutyPpm, million)),
    finance: fraction.mul(value, fraction.of(input.financePpmPerYear * input.leadDays, million * yearDays)),
    other: fraction.of(input.otherMinor),
  };
  return costTermNames.map((name) => ({ name, amount: amounts[name] }));
}

// Holds a rate of a rate in parts per million, and a rate for days of a year.
const rateScale = 9n * million * million;

/**
 * The sum of {@link costTerms}, not in lowest terms: one numerator over one denominator, because reducing each term costs
 * more than all the rest of an evaluation.
 */
export function landedCost(input: CostInput): { num: bigint; den: bigint } {
  const { freightMinor, insurancePpm, dutyPpm } = buyerPays(input);
  const dryShare = input.basis === 'wet' ? wholePpb - input.moisturePpb : 1n;
  const value = input.basis === 'wet' ? input.priceMinor * wholePpb : input.priceMinor;
  const landed = (value + freightMinor * dryShare) * (million + insurancePpm) * (million + dutyPpm) * 9n;
  const finance = value * input.financePpmPerYear * input.leadDays * (rateScale / million / yearDays);
  const apart = gradeMinor(input.adjustments, input.assay) + input.otherMinor;
  const den = dryShare * rateScale;
  return { num: landed + finance + apart * den, den };
}

function buyerPays({ incoterm, freightMinor, insurancePpm, dutyPpm }: CostInput) {
  const pays = sellerPays[incoterm];
  return {
    freightMinor: pays.freight ? 0n : freightMinor,
    insurancePpm: pays.insurance ? 0n : insurancePpm,
    dutyPpm: pays.duty ? 0n : dutyPpm,
  };
}

/**
 * What an assay off the reference is worth, in minor units per tonne, added to the cost that offers are compared by and
 * never to what is paid: for each analyte the whole steps below the reference × perStep. Lithium below the reference (perStep
 * above zero) makes an offer dearer and above it cheaper; for an impurity perStep is below zero and it is the other way
 * round. An analyte the assay does not name counts as nothing; see {@link unstatedAnalytes}.
 */
export function gradeMinor(adjustments: readonly PriceAdjustment[], assay: readonly AssayValue[]): bigint {
  let sum = 0n;
  for (const { analyte, referencePpb, stepPpb, minorPerTonnePerStep } of adjustments) {
    const found = assay.find((each) => each.analyte === analyte);
    if (found) sum -= wholeSteps(found.ppb, referencePpb, stepPpb) * minorPerTonnePerStep;
  }
  return sum;
}

/** Analytes that are adjusted for, but not named by the assay. */
export function unstatedAnalytes(adjustments: readonly PriceAdjustment[], assay: readonly AssayValue[]): string[] {
  const unstated = adjustments.filter(({ analyte }) => !assay.some((each) => each.analyte === analyte));
  return unstated.map(({ analyte }) => analyte);
}
