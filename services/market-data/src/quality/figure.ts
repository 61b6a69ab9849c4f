import type { Basis } from '../instruments/instrument.ts';
import type { ObservationInput } from '../observations/observation.ts';

/** The parts of a basis a source may state with a figure. */
export type StatedBasis = Partial<
  Pick<Basis, 'product' | 'grade' | 'region' | 'incoterm' | 'currency' | 'unit' | 'taxBasis'>
>;

/** A figure as a source gave it and before anything of it is believed: it may be of nothing we know, inverted or negative. */
export interface Figure extends Omit<ObservationInput, 'instrumentId'> {
  /** Null where the source names an instrument nobody mapped. */
  instrumentId: string | null;
  /** What the source calls it. */
  symbol: string;
  /** Compared with the instrument's basis, in its units' and terms' own names. */
  stated: StatedBasis;
  citationUrl: string | null;
}

/** Why a figure is not published. */
export const reasons = [
  'instrument_unknown',
  'out_of_range',
  'range_inverted',
  'basis_changed',
  'basis_unstated',
  'citation_missing',
  'valid_in_future',
  'backdated',
  'changed_without_edition',
  'contradicted',
  'outlier',
  'sources_differ',
  'needs_review',
] as const;
export type Reason = (typeof reasons)[number];

/** What no review can make right: there is nothing that could be recorded under this instrument. */
const unrecordable: ReadonlySet<Reason> = new Set([
  'instrument_unknown',
  'out_of_range',
  'range_inverted',
  'basis_changed',
  'basis_unstated',
  'citation_missing',
]);

/** True where an operator may decide that the figure is right after all. */
export function isReviewable(given: readonly Reason[]): boolean {
  return !given.some((reason) => unrecordable.has(reason));
}

/** The highest price that is recorded, in micros. */
export const microsMax = 10n ** 15n;

/** The same range. */
export function sameValues(
  a: Pick<Figure, 'lowMicros' | 'midMicros' | 'highMicros'>,
  b: Pick<Figure, 'lowMicros' | 'midMicros' | 'highMicros'>,
): boolean {
  return a.lowMicros === b.lowMicros && a.midMicros === b.midMicros && a.highMicros === b.highMicros;
}
