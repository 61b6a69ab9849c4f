import { z } from 'zod';
import { instrumentShape, presentInstrument } from '../instruments/shapes.ts';
import { isBusinessDay } from '../series/calendar.ts';
import { businessAgeMs } from '../sources/schedule.ts';
import type { Quote } from './latest-figures.ts';
import { showMicros } from './micros.ts';
import { kinds, type Observation } from './observation.ts';
import type { Source } from './tables.ts';

export const sourceShape = z.object({
  sourceId: z.string(),
  code: z.string(),
  name: z.string(),
  /** How it is read; `simulated` figures are made up. */
  kind: z.string(),
  attribution: z.string(),
});

/** Prices are decimal text per unit of the instrument. */
export const observationShape = z.object({
  observationId: z.string(),
  sourceId: z.string(),
  edition: z.string(),
  kind: z.enum(kinds),
  low: z.string(),
  mid: z.string(),
  high: z.string(),
  validAt: z.string(),
  recordedAt: z.string(),
});

const figureShape = observationShape.extend({
  source: sourceShape,
  currency: z.string(),
  unit: z.string(),
  /** From when it was valid until now. */
  ageMs: z.number(),
  /** Older, in business days of its source, than it ought to be. */
  stale: z.boolean(),
  sequence: z.string(),
});

export const quoteShape = z.object({ instrument: instrumentShape, figures: z.array(figureShape) });

export function presentSource({ sourceId, code, name, kind, attribution }: Source): z.input<typeof sourceShape> {
  return { sourceId, code, name, kind, attribution };
}

export function presentObservation(row: Observation): z.input<typeof observationShape> {
  return {
    observationId: String(row.observationId),
    sourceId: row.sourceId,
    edition: row.edition,
    kind: row.kind,
    low: showMicros(row.lowMicros),
    mid: showMicros(row.midMicros),
    high: showMicros(row.highMicros),
    validAt: row.validAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
  };
}

export function presentQuote({ instrument, figures }: Quote, now: Date): z.input<typeof quoteShape> {
  const { currency, unit } = instrument;
  return {
    instrument: presentInstrument(instrument),
    figures: figures.map(({ latest, source }) => ({
      ...presentObservation(latest),
      source: presentSource(source),
      ...{ currency, unit, ageMs: now.getTime() - latest.validAt.getTime(), sequence: String(latest.sequence) },
      stale: isStale(source, latest.validAt, now),
    })),
  };
}

/** True where the newest figure of a source is older, in its business days, than the source's target. */
export function isStale(source: Pick<Source, 'calendar' | 'freshnessTargetMs'>, validAt: Date, now: Date): boolean {
  return businessAgeMs(validAt, now, (day) => isBusinessDay(source.calendar, day)) > source.freshnessTargetMs;
}
