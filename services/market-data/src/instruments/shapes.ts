import { z } from 'zod';
import { forms, grades, type Instrument, incoterms, products, taxBases, units } from './instrument.ts';

export const product = z.enum(products);
export const grade = z.enum(grades);
/** A country, ISO 3166-1 alpha-2, or the name of a region. */
export const region = z.string().regex(/^[A-Z]{2,10}$/, 'must be a country code or the name of a region in capitals');
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');

/** What a price means, part by part. */
export const basisShape = z.object({
  product,
  grade,
  form: z.enum(forms),
  region,
  incoterm: z.enum(incoterms),
  currency,
  unit: z.enum(units),
  taxBasis: z.enum(taxBases),
});

export const instrumentShape = basisShape.extend({ instrumentId: z.string(), code: z.string(), name: z.string() });

export function presentInstrument(row: Instrument): z.input<typeof instrumentShape> {
  const { instrumentId, code, name, product, grade, form, region, incoterm, currency, unit, taxBasis } = row;
  return { instrumentId, code, name, product, grade, form, region, incoterm, currency, unit, taxBasis };
}

/** The query of lists of instruments. */
export const instrumentFilter = basisShape.partial().extend({ q: z.string().trim().min(1).max(100).optional() });
