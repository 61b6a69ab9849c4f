import { z } from 'zod';
import { incoterms, taxBases, units } from '../instruments/instrument.ts';
import { kinds } from '../observations/observation.ts';

const column = z.string().min(1).max(200);
const code = z.string().min(1).max(200);

/** How the rows of a CSV or JSON file become figures. */
export const importMapping = z.strictObject({
  format: z.enum(['csv', 'json']),
  /** CSV: what separates columns. */
  delimiter: z.string().length(1).default(','),
  /** JSON: where the array of rows is, as property names; empty for the whole document. */
  rowsAt: z.array(column).max(10).default([]),
  decimalSign: z.enum(['.', ',']).default('.'),
  /** All rows are of one instrument, or a column names it and `codes` says which instrument its values are. */
  instrument: z.union([
    z.strictObject({ code }),
    z.strictObject({ column, codes: z.record(z.string().min(1).max(200), code) }),
  ]),
  validAt: z.strictObject({
    column,
    format: z.enum(['iso', 'dd/mm/yyyy', 'mm/dd/yyyy', 'yyyymmdd', 'yyyy']).default('iso'),
  }),
  /** A missing middle is that of the range; a missing low or high is the middle. */
  low: column.optional(),
  mid: column.optional(),
  high: column.optional(),
  /** Names the version of a figure; without it a figure that changes later is kept back. */
  edition: column.optional(),
  /** Read from a column, or stated once for the whole file. */
  currency: z.union([z.strictObject({ column }), z.strictObject({ is: z.string().regex(/^[A-Z]{3}$/) })]).optional(),
  unit: z.union([z.strictObject({ column }), z.strictObject({ is: z.enum(units) })]).optional(),
  incoterm: z.strictObject({ is: z.enum(incoterms) }).optional(),
  taxBasis: z.strictObject({ is: z.enum(taxBases) }).optional(),
  kind: z.enum(kinds).exclude(['simulated']).default('assessment'),
});

export type ImportMapping = z.output<typeof importMapping>;
