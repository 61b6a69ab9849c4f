import type { Fraction } from '@clearlot/kernel';
import { fraction } from '@clearlot/kernel';
import { z } from 'zod';
import { kinds } from '../observations/observation.ts';
import type { Step } from './conversion.ts';
import { showDecimal, showMicros } from './decimal.ts';
import type { Figure } from './figures.ts';

/** A day, yyyy-mm-dd, UTC. */
export const day = z.iso.date();
/** Decimal text above zero with at most six decimals. */
export const priceText = z.string().regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,6})?$/, 'must be a decimal above zero, as text');
/** Decimal text, zero or more, with at most six decimals. */
export const amountText = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be a decimal, as text');
/** A share from zero to under one, as decimal text: 0.08 is 8 %. */
export const shareText = z.string().regex(/^0(\.\d{1,9})?$/, 'must be a share from 0 to under 1, as text');
export const sourceText = z.string().trim().min(1).max(200);

/** An exact value: rounded half-even to the micro for people, and as the fraction it is. */
export const exactShape = z.object({ decimal: z.string(), exact: z.string() });

/** Micros for JSON. */
export function presentMicros(micros: Fraction): z.input<typeof exactShape> {
  const million = fraction.of(1_000_000n);
  return { decimal: showMicros(micros), exact: fraction.toString(fraction.div(micros, million)) };
}

/** A factor or a share for JSON: twelve decimals for people. */
export function presentFactor(value: Fraction): z.input<typeof exactShape> {
  return { decimal: showDecimal(value, 12), exact: fraction.toString(value) };
}

/** A step of a conversion, with the price after it. */
export const stepShape = z.object({
  name: z.string(),
  kind: z.enum(['multiply', 'add']),
  /** A factor, or an amount of the target's currency per its unit. */
  by: exactShape,
  price: exactShape,
  date: z.string().nullable(),
  source: z.string(),
});

export function presentStep({ name, kind, by, micros, date, source }: Step): z.input<typeof stepShape> {
  const shownBy = kind === 'add' ? presentMicros(by) : presentFactor(by);
  return { name, kind, by: shownBy, price: presentMicros(micros), date, source };
}

/** Which figure a price was taken from. */
export const figureShape = z.object({
  observationId: z.string(),
  instrumentId: z.string(),
  code: z.string(),
  name: z.string(),
  sourceId: z.string(),
  source: z.string(),
  edition: z.string(),
  kind: z.enum(kinds),
  low: z.string(),
  mid: z.string(),
  high: z.string(),
  currency: z.string(),
  unit: z.string(),
  validAt: z.string(),
  recordedAt: z.string(),
});

export function presentFigure(figure: Figure): z.input<typeof figureShape> {
  const text = (micros: bigint) => showMicros(fraction.of(micros));
  const { instrumentId, code, name, sourceId, edition, kind, basis } = figure;
  return {
    ...{ observationId: String(figure.observationId), instrumentId, code, name, sourceId, source: figure.sourceName },
    ...{ edition, kind, currency: basis.currency, unit: basis.unit },
    ...{ low: text(figure.lowMicros), mid: text(figure.midMicros), high: text(figure.highMicros) },
    ...{ validAt: figure.validAt.toISOString(), recordedAt: figure.recordedAt.toISOString() },
  };
}
