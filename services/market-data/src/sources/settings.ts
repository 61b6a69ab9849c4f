import { z } from 'zod';
import type { Source } from '../observations/tables.ts';
import { defaultRules, type QualityRules } from '../quality/rules.ts';
import { sourceErrors } from './errors.ts';
import { importMapping } from './import-mapping.ts';

type SourceKind = Source['kind'];

const code = z.string().min(1).max(200);
const none = z.strictObject({});

/** What each kind of source needs to know beyond its key. */
const shapes = {
  /** Their symbols and our instruments. */
  fastmarkets: z.strictObject({ symbols: z.record(z.string().min(1).max(60), code) }),
  perplexity: z.strictObject({ instruments: z.array(code).min(1).max(20) }),
  http: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000), mapping: importMapping }),
  import: z.strictObject({ mapping: importMapping }),
  simulated: z.strictObject({
    instruments: z.record(
      code,
      z.strictObject({ start: z.string().max(40), seed: z.number().int().min(1).max(4_294_967_295) }),
    ),
  }),
  entry: none,
  platform: none,
  embedded: none,
} satisfies Record<SourceKind, z.ZodType>;

/** The settings of a source of a kind. Errors: MARKET_SOURCE_SETTINGS_INVALID with a pointer to what does not fit. */
export function settingsOf<K extends SourceKind>(kind: K, settings: unknown): z.output<(typeof shapes)[K]> {
  return checked(shapes[kind], settings, 'settings') as z.output<(typeof shapes)[K]>;
}

const share = z.number().int().min(0).max(1_000_000_000);
const ms = z.number().int().min(0).max(3_153_600_000_000);

const rulesShape = z.strictObject({
  futureToleranceMs: ms,
  backdatedMsMax: ms,
  changePpmMax: share,
  referenceCount: z.number().int().min(1).max(250),
  referenceCountMin: z.number().int().min(1).max(250),
  deviationsMilliMax: z.number().int().min(0).max(1_000_000),
  deviationFloorPpm: share,
  sourcesDifferPpmMax: share,
  comparedWithinMs: ms,
  statedRequired: z.array(z.enum(['currency', 'unit', 'incoterm'])),
  citationRequired: z.boolean(),
  reviewAlways: z.boolean(),
  everyBusinessDay: z.boolean(),
}) satisfies z.ZodType<QualityRules>;

const dayMs = 86_400_000;
/** Files and people bring histories. */
const anyTimeMs = 50 * 366 * dayMs;

const kindRules: Partial<Record<SourceKind, Partial<QualityRules>>> = {
  fastmarkets: { statedRequired: ['currency', 'unit'], everyBusinessDay: true },
  perplexity: { statedRequired: ['currency', 'unit', 'incoterm'], backdatedMsMax: 90 * dayMs },
  import: { backdatedMsMax: anyTimeMs },
  entry: { backdatedMsMax: anyTimeMs },
};

/** Part of the rules, as they are given for one source. Errors: MARKET_SOURCE_SETTINGS_INVALID. */
export function rulesGiven(rules: unknown): Partial<QualityRules> {
  return checked(rulesShape.partial(), rules, 'rules') as Partial<QualityRules>;
}

/** The rules of a source: its own, then its kind's. What a language model found is reviewed, whatever is set. */
export function rulesOf(kind: SourceKind, given: Partial<QualityRules>): QualityRules {
  const rules = { ...defaultRules, ...kindRules[kind], ...given };
  return kind === 'perplexity' ? { ...rules, reviewAlways: true, citationRequired: true } : rules;
}

function checked<S extends z.ZodType>(shape: S, value: unknown, name: string): z.output<S> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    pointer: `/${[name, ...issue.path.map(String)].join('/')}`,
    message: issue.message,
  }));
  const first = errors[0];
  throw sourceErrors.error('MARKET_SOURCE_SETTINGS_INVALID', first && `${first.pointer}: ${first.message}`, errors);
}
