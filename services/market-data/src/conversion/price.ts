import { type Fraction, fraction } from '@clearlot/kernel';
import type { Basis } from '../instruments/instrument.ts';
import { conversionErrors } from './errors.ts';

declare const basisOf: unique symbol;

/**
 * An exact price in micros of one currency unit per unit. `B` stands for what it means: the compiler lets only prices of
 * one `B` be added or compared, and the only way to a price is through {@link inBasis}.
 */
export interface Price<B> {
  readonly micros: Fraction;
  readonly [basisOf]: (basis: B) => B;
}

/** Lets prices of one basis in, and no others. */
export interface Scale<B> {
  readonly basis: Basis;
  /** Errors: MARKET_BASES_DIFFER, naming what differs, for a price of any other basis. */
  price(basis: Basis, micros: Fraction): Price<B>;
}

/** Every part of a basis; two prices are comparable only when all of it is the same. */
export const basisParts = [
  'product',
  'grade',
  'form',
  'region',
  'incoterm',
  'currency',
  'unit',
  'taxBasis',
] as const satisfies readonly (keyof Basis)[];

/** The parts in which two bases differ; none when prices of them are comparable. */
export function differingParts(a: Basis, b: Basis): (keyof Basis)[] {
  return basisParts.filter((part) => a[part] !== b[part]);
}

/** Errors: MARKET_BASES_DIFFER, naming what differs. */
export function requireSameBasis(a: Basis, b: Basis): void {
  const parts = differingParts(a, b);
  if (parts.length === 0) return;
  const detail = parts.map((part) => `${part}: ${a[part]} and ${b[part]}`).join(', ');
  throw conversionErrors.error('MARKET_BASES_DIFFER', `They differ in ${detail}.`, [], { parts: parts.join(',') });
}

/** How a price is stated, as against what is priced. */
const measureParts = ['incoterm', 'currency', 'unit', 'taxBasis'] as const satisfies readonly (keyof Basis)[];

/**
 * The basis of `of` with the measure both share: in it the difference of two markets, products or grades can be stated.
 * Errors: MARKET_BASES_DIFFER when they are stated in different measures.
 */
export function sharedMeasure(of: Basis, other: Basis): Basis {
  const measured = Object.fromEntries(measureParts.map((part) => [part, other[part]]));
  requireSameBasis(of, { ...of, ...measured });
  return of;
}

/** Works with prices of one basis. `work` is generic, so that prices of two calls have types that never meet. */
export function inBasis<R>(basis: Basis, work: <B>(scale: Scale<B>) => R): R {
  return work({
    basis,
    price(other, micros) {
      requireSameBasis(basis, other);
      return priced(micros);
    },
  });
}

/** a + b, exactly. */
export function add<B>(a: Price<B>, b: Price<B>): Price<B> {
  return priced(fraction.add(a.micros, b.micros));
}

/** a − b, exactly. */
export function subtract<B>(a: Price<B>, b: Price<B>): Price<B> {
  return priced(fraction.sub(a.micros, b.micros));
}

/** −1, 0 or 1 as a is below, equal to or above b. */
export function compare<B>(a: Price<B>, b: Price<B>): -1 | 0 | 1 {
  return fraction.cmp(a.micros, b.micros);
}

function priced<B>(micros: Fraction): Price<B> {
  return { micros } as unknown as Price<B>;
}
