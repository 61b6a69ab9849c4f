/** What a source's figures are held against. Shares are millionths (ppm); times are milliseconds. */
export interface QualityRules {
  /** How far a figure's time may lie ahead of now: clocks and time zones differ. */
  futureToleranceMs: number;
  /** How far behind the newest figure one may lie; what is older goes back in time. */
  backdatedMsMax: number;
  /** The most a figure may differ from the one before it. */
  changePpmMax: number;
  /** How many of the newest mids make the reference. */
  referenceCount: number;
  /** Fewer than this say nothing about what is usual. */
  referenceCountMin: number;
  /** How many scaled median absolute deviations are still usual, in thousandths. */
  deviationsMilliMax: number;
  /** A quiet market must not make every move an outlier: no less than this share of the reference is usual. */
  deviationFloorPpm: number;
  /** The most two sources may differ on one instrument. */
  sourcesDifferPpmMax: number;
  /** How far apart in time two sources' figures are still compared. */
  comparedWithinMs: number;
  /** What every figure must state of its basis, so that a change of it is seen. */
  statedRequired: readonly ('currency' | 'unit' | 'incoterm')[];
  citationRequired: boolean;
  /** Nothing of this source is published before an operator has looked at it. */
  reviewAlways: boolean;
  /** One figure for each business day of the calendar is expected; a missing one is a gap. */
  everyBusinessDay: boolean;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** For a daily assessment. A source's own settings replace single values. */
export const defaultRules: QualityRules = {
  futureToleranceMs: hourMs,
  backdatedMsMax: 10 * dayMs,
  changePpmMax: 250_000,
  referenceCount: 30,
  referenceCountMin: 8,
  deviationsMilliMax: 6_000,
  deviationFloorPpm: 50_000,
  sourcesDifferPpmMax: 200_000,
  comparedWithinMs: 7 * dayMs,
  statedRequired: [],
  citationRequired: false,
  reviewAlways: false,
  everyBusinessDay: false,
};
