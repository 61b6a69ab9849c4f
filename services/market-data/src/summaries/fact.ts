import { type Fraction, fraction } from '@clearlot/kernel';
import type { Kind } from '../observations/observation.ts';

/** A figure a summary may speak of, cited as `[marker]`. */
export interface Fact {
  marker: number;
  observationId: string;
  instrumentId: string;
  code: string;
  name: string;
  currency: string;
  unit: string;
  kind: Kind;
  lowMicros: bigint;
  midMicros: bigint;
  highMicros: bigint;
  /** yyyy-mm-dd */
  day: string;
  source: string;
  edition: string;
  /** The figure before, of the same source. */
  previous: { midMicros: bigint; day: string } | null;
  /** Whether a language model may be told of it. */
  llm: boolean;
}

/** By how much the mid moved since the figure before, in percent, exactly; undefined without one. */
export function changePercent({ midMicros, previous }: Fact): Fraction | undefined {
  return previous ? fraction.of((midMicros - previous.midMicros) * 100n, previous.midMicros) : undefined;
}

/** A value rounded to so many decimals, exactly half away from zero, as the magnitude's whole number of last digits. */
export function roundedDigits(value: Fraction, decimals: number): bigint {
  const scaled = fraction.mul(value, fraction.of(10n ** BigInt(decimals)));
  const size = scaled.num < 0n ? fraction.of(-scaled.num, scaled.den) : scaled;
  return fraction.floor(fraction.add(size, fraction.of(1n, 2n)));
}
