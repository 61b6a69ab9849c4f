import { parseMoney, parsePositiveMoney } from '@clearlot/kernel';
import { z } from 'zod';
import { assayLimit, basis, grade, incoterm, productType } from '../commodity/shapes.ts';
import { country, instant, massKg, money } from '../shapes.ts';

const key = z.string().regex(/^[\w.-]{1,40}$/, 'letters, digits, dots, hyphens and underscores, up to 40');
const ppm = z.number().int().min(0).max(1_000_000);
/** A route's or origin's figure; `*` is every other origin. */
const origin = z.union([country, z.literal('*')]);

/** Money per tonne for each whole step an assay is above (positive) or below (negative) the reference. */
const adjustment = z.strictObject({
  analyte: z.string().trim().min(1).max(20),
  /** Parts per billion. */
  referencePpb: z.number().int().min(0).max(1_000_000_000),
  stepPpb: z.number().int().min(1).max(1_000_000_000),
  /** Added to the price per tonne for each step above the reference; below it, taken off. May be negative (impurities). */
  perStep: money,
});

const line = z
  .strictObject({
    lineId: key,
    /** Lines of one lot are awarded together when an award is whole by lot. */
    lot: key.optional(),
    title: z.string().trim().min(1).max(200),
    productType,
    grade,
    limits: z.array(assayLimit).max(40).default([]),
    quantityKg: massKg,
    basis: basis.default('dry'),
    packaging: z.string().max(200).optional(),
    deliverFrom: instant,
    deliverTo: instant,
    adjustments: z.array(adjustment).max(20).default([]),
  })
  .refine(({ deliverFrom, deliverTo }) => deliverFrom <= deliverTo, {
    path: ['deliverTo'],
    message: 'must not be before deliverFrom',
  });

/** A quality criterion (MEAT): a response names one option of it, worth that share of the price. Σ of the best ones < 100 %. */
const criterion = z.strictObject({
  criterionId: key,
  title: z.string().trim().min(1).max(200),
  options: z
    .array(z.strictObject({ value: key, title: z.string().max(200), sharePpm: ppm }))
    .min(1)
    .max(20),
});

/** What the buyer adds to a price to compare offers: all per tonne or as a rate; absent means nothing. */
const costModel = z.strictObject({
  /** From the place an offer's Incoterm leaves the goods to the RFQ's place. */
  freight: z
    .array(z.strictObject({ origin, perTonne: money }))
    .max(60)
    .default([]),
  /** Of price + freight. */
  insurancePpm: ppm.default(0),
  /** Of price + freight + insurance (CIF value), by origin. */
  duty: z
    .array(z.strictObject({ origin, ratePpm: ppm }))
    .max(60)
    .default([]),
  /** A year's interest on the price for the days the money is in escrow before delivery; 360 days a year. */
  financePpmPerYear: ppm.default(0),
  /**
   * Compares offers at the lines' reference grade: a price is for what its offer promises, and the contract adjusts it by
   * what is found against that. Without it every price is for the reference grade.
   */
  normalise: z.boolean().default(true),
});

/** The terms of an RFQ as a buyer writes them; one document, versioned as a whole. */
export const rfqTerms = z
  .strictObject({
    lines: z.array(line).min(1).max(100),
    incoterm,
    place: z.string().trim().min(1).max(200),
    destinationCountry: country,
    /** Rules an offer may be made on; the RFQ's own always. */
    acceptedIncoterms: z.array(incoterm).max(11).default([]),
    deadlineAt: instant,
    questionsUntil: instant,
    decideBy: instant,
    standstillHours: z.number().int().min(0).max(720).default(48),
    quantityTolerancePpm: z.number().int().min(0).max(200_000).default(0),
    inspectionDays: z.number().int().min(0).max(90).default(14),
    requiredCertificates: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
    criteria: z.array(criterion).max(20).default([]),
    /** Life-cycle costs (LCC) every response states per tonne, added to its price. */
    otherCosts: z
      .array(z.strictObject({ costId: key, title: z.string().max(200) }))
      .max(20)
      .default([]),
    costModel: costModel.default({ freight: [], insurancePpm: 0, duty: [], financePpmPerYear: 0, normalise: true }),
    notes: z.string().max(10_000).default(''),
  })
  .superRefine((terms, ctx) => {
    const refuse = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    const twice = (ids: readonly string[], path: string) => {
      if (new Set(ids).size < ids.length) refuse([path], 'every id must be there once');
    };
    twice(
      terms.lines.map((each) => each.lineId),
      'lines',
    );
    twice(
      terms.criteria.map((each) => each.criterionId),
      'criteria',
    );
    twice(
      terms.otherCosts.map((each) => each.costId),
      'otherCosts',
    );
    const best = terms.criteria.map(({ options }) => Math.max(...options.map((option) => option.sharePpm)));
    if (best.reduce((sum, each) => sum + each, 0) >= 1_000_000)
      refuse(['criteria'], 'the best options must stay under 100 %');
    if (terms.questionsUntil > terms.deadlineAt) refuse(['questionsUntil'], 'must not be after deadlineAt');
    if (terms.decideBy <= terms.deadlineAt) refuse(['decideBy'], 'must be after deadlineAt');
  });

/** Terms as they are worked with. */
export type RfqTerms = z.output<typeof rfqTerms>;
/** Terms as they travel and are stored. */
export type RfqTermsJson = z.input<typeof rfqTerms>;
export type RfqLine = RfqTerms['lines'][number];

/** Money of the terms in minor units. Errors: MONEY_INVALID, MONEY_TOO_PRECISE. */
export function adjustmentsOf(each: RfqLine, currency: string) {
  return each.adjustments.map(({ analyte, referencePpb, stepPpb, perStep }) => ({
    analyte,
    referencePpb: BigInt(referencePpb),
    stepPpb: BigInt(stepPpb),
    minorPerTonnePerStep: parseMoney(perStep, currency),
  }));
}

/** Freight per tonne (minor units) from an origin; nothing where neither it nor `*` is listed. */
export function freightFrom(terms: RfqTerms, originCountry: string, currency: string): bigint {
  const { freight } = terms.costModel;
  const found = freight.find((each) => each.origin === originCountry) ?? freight.find((each) => each.origin === '*');
  return found ? parsePositiveMoney(found.perTonne, currency) : 0n;
}

/** Duty in parts per million on goods of an origin. */
export function dutyOn(terms: RfqTerms, originCountry: string): bigint {
  const { duty } = terms.costModel;
  const found = duty.find((each) => each.origin === originCountry) ?? duty.find((each) => each.origin === '*');
  return BigInt(found?.ratePpm ?? 0);
}
