import { z } from 'zod';
import { readDecimal, readMicros } from '../conversion/decimal.ts';
import type { Dated } from '../conversion/rate.ts';
import { amountText, day, priceText, shareText, sourceText } from '../conversion/shapes.ts';
import { basisShape, currency } from '../instruments/shapes.ts';
import type { Assumptions, QuotedPrice, StatedCost } from './arbitrage.ts';

const stated = { date: day, source: sourceText };
const cost = z.strictObject({ amount: amountText, currency, unit: basisShape.shape.unit, ...stated });
const share = z.strictObject({ value: shareText, ...stated });
/** A share of up to the whole. */
const portion = z.strictObject({ value: z.union([shareText, z.literal('1')]), ...stated });
const rate = z.strictObject({
  rate: z.string().regex(/^\d{1,2}(\.\d{1,9})?$/, 'must be a decimal, as text'),
  ...stated,
});

/** What a request or a route assumes, as it is stated and kept: every figure with its day and its source. */
export const assumptionsShape = z.strictObject({
  freight: cost,
  insurance: cost,
  /** An amount, or a share of the customs value (origin, freight and insurance). */
  duty: z.union([cost, rate]),
  finance: z.strictObject({
    annualRate: z.string().regex(/^\d{1,2}(\.\d{1,9})?$/, 'must be a decimal, as text'),
    days: z.number().int().min(0).max(730),
    dayCount: z.union([z.literal(360), z.literal(365)]),
    ...stated,
  }),
  /** What making the destination's product costs, per unit of the origin's. */
  conversion: cost.optional(),
  /** Share of the lithium that gets into the destination's product. */
  recovery: portion.optional(),
  /** Share of water where one side is a wet tonne. */
  moisture: share.optional(),
});
export type StatedAssumptions = z.output<typeof assumptionsShape>;

/** The destination's price on arrival as somebody states it. */
export const forwardShape = z
  .strictObject({ low: priceText, mid: priceText, high: priceText, ...stated })
  .refine(({ low, mid, high }) => readMicros(low) <= readMicros(mid) && readMicros(mid) <= readMicros(high), {
    message: 'low, mid and high must be in order',
  });
export type ForwardText = z.output<typeof forwardShape>;

/** What was stated, exactly. */
export function readAssumptions(text: StatedAssumptions): Assumptions & { moisture: Dated | undefined } {
  const { freight, insurance, duty, finance, conversion, recovery, moisture } = text;
  return {
    ...{ freight: readCost(freight), insurance: readCost(insurance) },
    duty: 'rate' in duty ? { rate: readDated(duty.rate, duty) } : readCost(duty),
    finance: { annualRate: readDated(finance.annualRate, finance), days: finance.days, dayCount: finance.dayCount },
    conversion: conversion && readCost(conversion),
    recovery: recovery && readDated(recovery.value, recovery),
    moisture: moisture && readDated(moisture.value, moisture),
  };
}

/** A stated price as a quoted one of the destination's basis. */
export function readForward({ low, mid, high, date, source }: ForwardText, basis: QuotedPrice['basis']): QuotedPrice {
  return { basis, date, source, lowMicros: readMicros(low), midMicros: readMicros(mid), highMicros: readMicros(high) };
}

function readCost({ amount, currency, unit, ...of }: z.output<typeof cost>): StatedCost {
  return { ...readDated(amount, of), currency, unit };
}

function readDated(text: string, { date, source }: { date: string; source: string }): Dated {
  return { value: readDecimal(text), date, source };
}
