import { type Fraction, fraction, isDomainError } from '@clearlot/kernel';
import { convert, type Flag, type Given, planConversion, type Step } from '../conversion/conversion.ts';
import type { conversionErrors } from '../conversion/errors.ts';
import { chargesBetween } from '../conversion/incoterm.ts';
import { differingParts, inBasis, subtract } from '../conversion/price.ts';
import type { Dated } from '../conversion/rate.ts';
import type { Basis } from '../instruments/instrument.ts';
import { covers } from './region.ts';

/** What an offer is compared by. */
export interface PricedOffer {
  priceMicros: bigint;
  /** Where no basis says what is offered, the parts that nobody states. */
  basis: Basis | { unstated: (keyof Basis)[] };
  /** Share of water as the supplier states it. */
  moisture: Dated | undefined;
}

/** What a reader must be told beside a restated price. */
export type OfferFlag =
  | Flag
  /** The basis is of a region that the offer's place is only a part of. */
  | 'region_wider';

/** Why a price stands by itself. */
export interface NotCompared {
  code: 'MARKET_BASES_DIFFER';
  parts: (keyof Basis)[];
  /** Where a conversion leads from one to the other, the code of what it lacks. */
  because: string | null;
  detail: string;
}

/** A price in another basis, and the way there. */
export interface Restated {
  basis: Basis;
  micros: Fraction;
  steps: Step[];
  flags: OfferFlag[];
}

export type Restatement = { restated: Restated; notCompared: null } | { restated: null; notCompared: NotCompared };

/**
 * An offer's price in another basis, exactly, or why it is not comparable with prices of that: it converts mass unit, dry and
 * wet mass by the moisture it states, currency and tax by dated rates. What differs in product, grade, form or in a region
 * that does not cover its own stays apart, as do Incoterms between which charges lie: nobody states those.
 */
export function restate(offer: PricedOffer, to: Basis, given: Given): Restatement {
  const { basis, moisture } = offer;
  if ('unstated' in basis) return withoutBasis(basis.unstated);
  const parts = partsApart(basis, to);
  if (parts.length > 0) {
    const named = parts.map((part) => `${part}: ${basis[part]} and ${to[part]}`).join(', ');
    return apart(parts, null, `They differ in ${named}.`);
  }
  const within = { ...basis, region: to.region };
  return attempt(differingParts(within, to), () => {
    const plan = planConversion(within, to, { ...given, moisture });
    const { micros, steps } = convert(fraction.of(offer.priceMicros), plan);
    const wider: OfferFlag[] = basis.region === to.region ? [] : ['region_wider'];
    return { basis: to, micros, steps, flags: [...plan.flags, ...wider] };
  });
}

/** `to` is a price of what is offered, in other measures at most: of the same goods and place, with the same charges in it. */
export function isBenchmarkOf({ basis }: PricedOffer, to: Basis): boolean {
  return !('unstated' in basis) && partsApart(basis, to).length === 0;
}

/**
 * What a tonne of lithium carbonate with as much lithium costs at an offer's price, in its own currency, place and rule. Of
 * spodumene dry and at 6 % Li2O. Nothing is ranked by it: it says nothing of what making one product of the other costs.
 */
export function carbonateEquivalentPrice(offer: PricedOffer, given: Given): Restatement {
  const { basis, moisture } = offer;
  if ('unstated' in basis) return withoutBasis(basis.unstated);
  const to: Basis = { ...basis, product: 'lithium_carbonate', unit: 't' };
  return attempt(differingParts(basis, to), () => {
    const plan = planConversion(basis, to, { ...given, moisture });
    return { basis: to, ...convert(fraction.of(offer.priceMicros), plan), flags: plan.flags };
  });
}

/** How far a price is above (or, negative, below) a figure of the same basis, in percent of the figure, exactly. */
export function premiumPercent(
  price: Pick<Restated, 'basis' | 'micros'>,
  basis: Basis,
  figureMicros: bigint,
): Fraction {
  return inBasis(basis, (scale) => {
    const figure = scale.price(basis, fraction.of(figureMicros));
    const above = subtract(scale.price(price.basis, price.micros), figure);
    return fraction.mul(fraction.div(above.micros, figure.micros), fraction.of(100n));
  });
}

/** An offer's place among those of its line in one basis. */
export type Ranked<O> = Restatement & {
  offer: O;
  /** From 1; equal prices share it, and the next one counts them. Null where the offer stands apart. */
  rank: number | null;
  /** In percent of the lowest price. */
  aboveLowest: Fraction | null;
};

/**
 * Ranks offers by their price in one basis, the lowest first; those that are not comparable in it come after them without a
 * rank. Of equals, and of those without, the earlier in the list comes first. Without a basis none has a rank.
 */
export function rankOffers<O extends PricedOffer>(offers: readonly O[], to: Basis | null, given: Given): Ranked<O>[] {
  const restated = offers.map((offer) => ({ offer, ...(to ? restate(offer, to, given) : withoutBasis(['product'])) }));
  const sorted = restated
    .flatMap(({ restated }) => restated ?? [])
    .toSorted((a, b) => fraction.cmp(a.micros, b.micros));
  const [lowest] = sorted;
  const rankOf = ({ micros }: Restated) => sorted.findIndex((each) => fraction.cmp(each.micros, micros) === 0) + 1;
  const ranked = restated.map((each): Ranked<O> => {
    if (!each.restated || !lowest) return { ...each, rank: null, aboveLowest: null };
    const above = fraction.sub(fraction.div(each.restated.micros, lowest.micros), fraction.of(1n));
    return { ...each, rank: rankOf(each.restated), aboveLowest: fraction.mul(above, fraction.of(100n)) };
  });
  return ranked.toSorted((a, b) => (a.rank ?? offers.length + 1) - (b.rank ?? offers.length + 1));
}

/** The parts in which what is priced differs, as against how the price is stated. */
function partsApart(basis: Basis, to: Basis): (keyof Basis)[] {
  return differingParts(basis, to).filter((part) => {
    switch (part) {
      // Of another product only the lithium content could be compared.
      case 'product':
      case 'grade':
      case 'form':
        return true;
      case 'region':
        return !covers(to.region, basis.region);
      case 'incoterm':
        return chargesBetween(basis.incoterm, to.incoterm).length > 0;
      default:
        return false;
    }
  });
}

function attempt(parts: (keyof Basis)[], way: () => Restated): Restatement {
  try {
    return { restated: way(), notCompared: null };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return apart(parts, error.code, error.detail);
  }
}

function withoutBasis(unstated: (keyof Basis)[]): Restatement {
  return apart(unstated, null, `It is not said of which ${unstated.join(' and ')} of ours the offer is.`);
}

function apart(parts: (keyof Basis)[], because: string | null, detail: string): Restatement {
  const code = 'MARKET_BASES_DIFFER' satisfies keyof typeof conversionErrors.table;
  return { restated: null, notCompared: { code, parts, because, detail } };
}
