import { z } from 'zod';
import { type AssayLimit, type AssayValue, bases, grades, incoterms, type Ppb, productTypes } from './commodity.ts';

export const productType = z.enum(productTypes);
export const grade = z.enum(grades);
export const incoterm = z.enum(incoterms);
export const basis = z.enum(bases);

const perUnit = { '%': 10_000_000n, ppm: 1_000n, ppb: 1n } as const;
const unit = z.enum(['%', 'ppm', 'ppb']);
/** A share as decimal text or a number: at most whole parts per billion. */
const share = z.union([z.number().nonnegative(), z.string().regex(/^\d{1,10}(\.\d{1,9})?$/)]);

/** A limit as it travels: `{ analyte: 'Li2CO3', unit: '%', min: 99.5 }`. Read into parts per billion, exactly. */
export const assayLimit = z
  .object({ analyte: z.string().trim().min(1).max(20), unit, min: share.optional(), max: share.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'needs a min or a max')
  .transform(({ analyte, unit, min, max }, ctx): AssayLimit => {
    const read = (value: number | string | undefined, path: string) =>
      value === undefined ? null : toPpb(value, unit, () => ctx.addIssue({ code: 'custom', path: [path], message }));
    return { analyte, minPpb: read(min, 'min'), maxPpb: read(max, 'max') };
  });

/** An assayed or promised value as it travels: `{ analyte: 'Na', unit: 'ppm', value: 120 }`. */
export const assayValue = z
  .object({ analyte: z.string().trim().min(1).max(20), unit, value: share })
  .transform(({ analyte, unit, value }, ctx): AssayValue => {
    const fail = () => ctx.addIssue({ code: 'custom', path: ['value'], message });
    return { analyte, ppb: toPpb(value, unit, fail) };
  });

const message = 'must be a share between 0 and 100 % in whole parts per billion';

function toPpb(value: number | string, in_: keyof typeof perUnit, fail: () => void): Ppb {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(String(value));
  const [, whole = '0', decimals = ''] = match ?? [];
  const scaled = BigInt(whole + decimals) * perUnit[in_];
  const scale = 10n ** BigInt(decimals.length);
  const ppb = scaled / scale;
  if (!match || scaled % scale !== 0n || ppb > 1_000_000_000n) {
    fail();
    return 0n;
  }
  return ppb;
}

export const assayLimitOut = z.object({
  analyte: z.string(),
  unit: z.literal('ppb'),
  min: z.number().nullable(),
  max: z.number().nullable(),
});
export const assayValueOut = z.object({ analyte: z.string(), unit: z.literal('ppb'), value: z.number() });

/** Parts per billion stay below 2^53, so a JSON number holds them exactly. */
export function presentLimit({ analyte, minPpb, maxPpb }: AssayLimit): z.input<typeof assayLimitOut> {
  const number = (ppb: Ppb | null) => (ppb === null ? null : Number(ppb));
  return { analyte, unit: 'ppb', min: number(minPpb), max: number(maxPpb) };
}

export function presentValue({ analyte, ppb }: AssayValue): z.input<typeof assayValueOut> {
  return { analyte, unit: 'ppb', value: Number(ppb) };
}
