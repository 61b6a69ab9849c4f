import { observationErrors } from './errors.ts';

/** What a figure is: an assessment is not a trade, and a simulation is neither. */
export const kinds = ['assessment', 'trade', 'annual_average', 'simulated'] as const;
export type Kind = (typeof kinds)[number];

/** What may be done with a figure: its source's rights at the time, kept with each observation. */
export interface Licence {
  display: boolean;
  export: boolean;
  llm: boolean;
}

/** A figure as a source gives it. Prices are micros: millionths of a currency unit per unit of the basis. */
export interface ObservationInput {
  instrumentId: string;
  /** The publication it stands in, as it is cited. */
  edition: string;
  validAt: Date;
  /** low ≤ mid ≤ high, all of them above zero. */
  lowMicros: bigint;
  midMicros: bigint;
  highMicros: bigint;
  kind: Kind;
}

/** A figure as it was recorded. Never changed: a correction is a newer one for the same instrument, source and instant. */
export interface Observation extends ObservationInput {
  observationId: bigint;
  sourceId: string;
  recordedAt: Date;
  licence: Licence;
}

/** The newest figure of a source for an instrument. */
export interface Latest extends Observation {
  /** Counts the changes of the instrument's newest figures, of any source; this one is the latest's own. */
  sequence: bigint;
}

/** The highest price that is recorded, in micros: 10^9 currency units. */
const microsMax = 10n ** 15n;

/**
 * Holds a delivery to what can be recorded. Errors: MARKET_OBSERVATION_INVALID for a range that is none, MARKET_OBSERVATION_REPEATED
 * for two figures of one instrument and valid time.
 */
export function checkDelivery(inputs: readonly ObservationInput[]): void {
  const seen = new Set<string>();
  for (const { instrumentId, validAt, lowMicros, midMicros, highMicros } of inputs) {
    const isRange = 0n < lowMicros && lowMicros <= midMicros && midMicros <= highMicros && highMicros <= microsMax;
    if (!isRange || Number.isNaN(validAt.getTime())) throw observationErrors.error('MARKET_OBSERVATION_INVALID');
    const key = `${instrumentId} ${validAt.getTime()}`;
    if (seen.has(key)) throw observationErrors.error('MARKET_OBSERVATION_REPEATED', `It is ${validAt.toISOString()}.`);
    seen.add(key);
  }
}

/** The newest figure of each instrument, unless a newer one is known. A correction of the newest is the newest. */
export function newestOf(
  inputs: readonly ObservationInput[],
  knownValidAt: ReadonlyMap<string, Date>,
): ObservationInput[] {
  const newest = new Map<string, ObservationInput>();
  for (const input of inputs) {
    const known = newest.get(input.instrumentId)?.validAt ?? knownValidAt.get(input.instrumentId);
    if (!known || input.validAt >= known) newest.set(input.instrumentId, input);
  }
  return [...newest.values()];
}
