import { type Fraction, fraction } from '@clearlot/kernel';

/** What is traded. */
export const productTypes = [
  'lithium_carbonate',
  'lithium_hydroxide_monohydrate',
  'lithium_chloride',
  'lithium_metal',
  'spodumene_concentrate',
  'lithium_brine',
] as const;
export type ProductType = (typeof productTypes)[number];

export const grades = ['battery', 'technical', 'industrial', 'pharmaceutical', 'concentrate'] as const;
export type Grade = (typeof grades)[number];

/** Incoterms 2020 (ICC publication 723E), from the least to the most the seller does. */
export const incoterms = ['EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'] as const;
export type Incoterm = (typeof incoterms)[number];

/** What the seller pays for under a rule; the rest is the buyer's. ICC Incoterms 2020, articles A9/B9, A5 and A7. */
export const sellerPays: Record<Incoterm, { freight: boolean; insurance: boolean; duty: boolean }> = {
  EXW: { freight: false, insurance: false, duty: false },
  FCA: { freight: false, insurance: false, duty: false },
  FAS: { freight: false, insurance: false, duty: false },
  FOB: { freight: false, insurance: false, duty: false },
  CFR: { freight: true, insurance: false, duty: false },
  CIF: { freight: true, insurance: true, duty: false },
  CPT: { freight: true, insurance: false, duty: false },
  CIP: { freight: true, insurance: true, duty: false },
  DAP: { freight: true, insurance: true, duty: false },
  DPU: { freight: true, insurance: true, duty: false },
  DDP: { freight: true, insurance: true, duty: true },
};

/** Mass of dry matter (dmt) or as it is, moisture included (wmt). */
export const bases = ['dry', 'wet'] as const;
export type Basis = (typeof bases)[number];

/** A share of mass in parts per billion: 99.5 % is 995,000,000, 250 ppm is 250,000. */
export type Ppb = bigint;
export const wholePpb = 1_000_000_000n;

/** A limit on what a product may contain; at least one end is set. `analyte` is as the industry writes it: Li2CO3, Na, H2O. */
export interface AssayLimit {
  analyte: string;
  minPpb: Ppb | null;
  maxPpb: Ppb | null;
}

/** What a product was found or promised to contain. */
export interface AssayValue {
  analyte: string;
  ppb: Ppb;
}

/** The limits that `values` break or say nothing of, in the order of the limits. */
export function brokenLimits(limits: readonly AssayLimit[], values: readonly AssayValue[]): AssayLimit[] {
  const found = new Map(values.map(({ analyte, ppb }) => [analyte, ppb]));
  return limits.filter(({ analyte, minPpb, maxPpb }) => {
    const value = found.get(analyte);
    return value === undefined || (minPpb !== null && value < minPpb) || (maxPpb !== null && value > maxPpb);
  });
}

/** Whole steps that what was found is above (or, negative, below) a reference; a part of a step counts for nobody. */
export function wholeSteps(foundPpb: Ppb, referencePpb: Ppb, stepPpb: Ppb): bigint {
  return (foundPpb - referencePpb) / stepPpb;
}

/** The dry part of a wet mass, exactly. */
export function dryKg(wetKg: bigint, moisturePpb: Ppb): Fraction {
  return fraction.of(wetKg * (wholePpb - moisturePpb), wholePpb);
}

/** What a mass costs at a price per tonne: exact, then half-even to the minor unit. */
export function amountMinor(massKg: bigint, priceMinorPerTonne: bigint): bigint {
  return fraction.roundHalfEven(fraction.of(massKg * priceMinorPerTonne, 1_000n));
}
