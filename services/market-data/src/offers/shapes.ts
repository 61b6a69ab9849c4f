import { type Fraction, fraction } from '@clearlot/kernel';
import { z } from 'zod';
import { exactShape, presentFactor, presentMicros, presentStep, stepShape } from '../conversion/shapes.ts';
import { basisShape } from '../instruments/shapes.ts';
import { presentQuote, quoteShape } from '../observations/present.ts';
import type { ComparedLine, ComparedOffer, ComparedOffers, MarketComparison } from './compare-offers.ts';
import type { Restatement } from './offer.ts';

const decimal = exactShape.nullable();

/** A price in another basis, or why it stands apart; one of both is null. */
const restatedShape = z.object({
  price: decimal,
  /** `steps` lead from the offer's price to this one; `flags` are what to know of it. */
  basis: basisShape.nullable(),
  steps: z.array(stepShape),
  flags: z.array(z.string()),
  notCompared: z
    .object({ code: z.string(), parts: z.array(z.string()), because: z.string().nullable(), detail: z.string() })
    .nullable(),
});

const offerShape = z.object({
  offerId: z.string(),
  responseId: z.string(),
  supplierId: z.string(),
  supplierName: z.string().nullable(),
  /** Something else than the line asks for. */
  alternate: z.boolean(),
  firm: z.boolean(),
  /** It answers the terms as they are now. */
  current: z.boolean(),
  valid: z.boolean(),
  submittedAt: z.string(),
  validUntil: z.string(),
  incoterm: z.string(),
  originCountry: z.string(),
  quantityKg: z.number(),
  minKg: z.number(),
  /** As stated: the RFQ's currency per tonne, without tax; what it means is `basis`, null where nobody says. */
  price: exactShape,
  basis: basisShape.nullable(),
  /** Per tonne, beside the price and in no comparison. */
  fees: z.array(z.object({ costId: z.string(), title: z.string(), price: exactShape })),
  /** From 1 in the line's basis; equal prices share it. */
  rank: z.number().nullable(),
  /** In percent of the lowest price of the line. */
  aboveLowest: decimal,
  /** In the line's basis. */
  restated: restatedShape,
  /** What a tonne of lithium carbonate with as much lithium costs; nothing is ranked by it. */
  carbonateEquivalent: restatedShape,
  comparisons: z.array(
    restatedShape.extend({
      instrumentId: z.string(),
      /** Above (or, negative, below) the mid of a figure, in percent of it. */
      premiums: z.array(z.object({ observationId: z.string(), sourceId: z.string(), percent: exactShape })),
    }),
  ),
});

export const comparedShape = z.object({
  rfqId: z.string(),
  title: z.string(),
  currency: z.string(),
  incoterm: z.string(),
  place: z.string(),
  destinationCountry: z.string(),
  /** When prices were compared, by the rates of its day. */
  at: z.string(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      title: z.string(),
      quantityKg: z.number(),
      /** dry or wet: what a tonne of the stated prices is of. */
      massBasis: z.string(),
      /** In which its offers are ranked; null for what is no product of ours. */
      basis: basisShape.nullable(),
      /** Those with a rank first. */
      offers: z.array(offerShape),
      market: z.array(quoteShape),
    }),
  ),
});

export function presentCompared({ rfq, at, lines }: ComparedOffers): z.input<typeof comparedShape> {
  return { ...rfq, at: at.toISOString(), lines: lines.map((line) => presentLine(line, at)) };
}

function presentLine({ offers, market, quantityKg, ...line }: ComparedLine, at: Date) {
  return {
    ...{ ...line, quantityKg: Number(quantityKg), offers: offers.map(presentOffer) },
    market: market.map((quote) => presentQuote(quote, at)),
  };
}

function presentOffer(compared: ComparedOffer): z.input<typeof offerShape> {
  const { offer, rank, aboveLowest, carbonateEquivalent, comparisons } = compared;
  const { offerId, responseId, supplierId, supplierName, alternate, standing, incoterm, originCountry } = offer;
  return {
    ...{ offerId, responseId, supplierId, supplierName, alternate, ...standing, incoterm, originCountry, rank },
    ...{ submittedAt: offer.submittedAt.toISOString(), validUntil: offer.validUntil.toISOString() },
    ...{ quantityKg: Number(offer.quantityKg), minKg: Number(offer.minKg) },
    price: presentWhole(offer.priceMicros),
    basis: 'unstated' in offer.basis ? null : offer.basis,
    fees: offer.fees.map(({ micros, ...fee }) => ({ ...fee, price: presentWhole(micros) })),
    aboveLowest: presentPercent(aboveLowest),
    restated: presentRestatement(compared),
    carbonateEquivalent: presentRestatement(carbonateEquivalent),
    comparisons: comparisons.map(presentComparison),
  };
}

function presentComparison({ instrumentId, restatement, premiums }: MarketComparison) {
  return {
    ...{ instrumentId, ...presentRestatement(restatement) },
    premiums: premiums.map(({ observationId, sourceId, percent }) => ({
      ...{ observationId: String(observationId), sourceId, percent: presentFactor(percent) },
    })),
  };
}

function presentRestatement({ restated, notCompared }: Restatement): z.input<typeof restatedShape> {
  if (!restated) return { price: null, basis: null, steps: [], flags: [], notCompared };
  const { basis, micros, steps, flags } = restated;
  return { price: presentMicros(micros), basis, steps: steps.map(presentStep), flags, notCompared };
}

function presentWhole(micros: bigint): z.input<typeof exactShape> {
  return presentMicros(fraction.of(micros));
}

function presentPercent(percent: Fraction | null): z.input<typeof decimal> {
  return percent && presentFactor(percent);
}
