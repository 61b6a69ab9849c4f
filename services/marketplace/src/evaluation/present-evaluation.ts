import { type Fraction, fraction, moneyToJson } from '@clearlot/kernel';
import { z } from 'zod';
import { moneyOut } from '../shapes.ts';
import { comparisonCost, type RankedOffer } from './evaluation.ts';
import { costTermNames, costTerms, landedCost } from './landed-cost.ts';
import type { LoadedEvaluation } from './load-evaluation.ts';
import { coefficient } from './meat.ts';
import type { NamedEvaluation } from './show-evaluation.ts';

const offerOut = z.object({
  rank: z.number(),
  responseId: z.string(),
  supplierId: z.string(),
  supplierName: z.string().nullable(),
  offerId: z.string(),
  quantityKg: z.number(),
  minKg: z.number(),
  /** It offers less than the line asks for. */
  partial: z.boolean(),
  incoterm: z.string(),
  originCountry: z.string(),
  leadDays: z.number(),
  submittedAt: z.string(),
  validUntil: z.string(),
  /** Per tonne, each rounded half-even for itself; they are summed exactly. */
  terms: z.array(z.object({ name: z.enum(costTermNames), amount: moneyOut })),
  landedCost: moneyOut,
  /** A fraction as text: `19/17`. */
  coefficient: z.string(),
  comparisonCost: moneyOut,
  /** Minor units as a fraction, which offers are ranked by. */
  comparisonExact: z.string(),
});

export const evaluationShape = z.object({
  rfqId: z.string(),
  status: z.string(),
  currency: z.string(),
  at: z.string(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      title: z.string(),
      quantityKg: z.number(),
      basis: z.string(),
      offers: z.array(offerOut),
      alternates: z.array(offerOut),
    }),
  ),
  excluded: z.array(
    z.object({
      responseId: z.string(),
      supplierId: z.string(),
      supplierName: z.string().nullable(),
      offerId: z.string(),
      lineId: z.string(),
      reasons: z.array(z.object({ gate: z.string(), of: z.array(z.string()) })),
    }),
  ),
});

export function presentEvaluation(loaded: NamedEvaluation): z.input<typeof evaluationShape> {
  const { rfq, terms, evaluation, at, names } = loaded;
  const name = (supplierId: string) => names.get(supplierId) ?? null;
  const offer = (ranked: RankedOffer) => presentRanked(ranked, rfq.currency, name(ranked.response.supplierId));
  return {
    rfqId: rfq.id,
    status: rfq.status,
    currency: rfq.currency,
    at: at.toISOString(),
    lines: terms.lines.map(({ lineId, title, quantityKg, basis }) => {
      const line = evaluation.lines.find((each) => each.lineId === lineId);
      const [offers = [], alternates = []] = [line?.ranked.map(offer), line?.alternates.map(offer)];
      return { lineId, title, quantityKg, basis, offers, alternates };
    }),
    excluded: evaluation.excluded.map(({ response, offer: { offerId, lineId }, exclusions }) => ({
      responseId: response.responseId,
      supplierId: response.supplierId,
      supplierName: name(response.supplierId),
      offerId,
      lineId,
      reasons: exclusions,
    })),
  };
}

/** The ranking as an award is decided on it: without prices' every term, which follow from responses and terms. */
export function evaluationRecord({ rfq, evaluation, at }: LoadedEvaluation) {
  const place = (ranked: RankedOffer) => ({
    rank: ranked.rank,
    responseId: ranked.response.responseId,
    offerId: ranked.offer.offerId,
    comparisonExact: fraction.toString(comparisonCost(ranked)),
  });
  return {
    rfqVersion: rfq.version,
    at: at.toISOString(),
    lines: evaluation.lines.map(({ lineId, ranked, alternates }) => ({
      lineId,
      offers: ranked.map(place),
      alternates: alternates.map(place),
    })),
    excluded: evaluation.excluded.map(({ response, offer, exclusions }) => ({
      responseId: response.responseId,
      offerId: offer.offerId,
      reasons: exclusions,
    })),
  };
}

function presentRanked(ranked: RankedOffer, currency: string, supplierName: string | null): z.input<typeof offerOut> {
  const { response, offer, cost } = ranked;
  const shown = (amount: Fraction) => moneyToJson(fraction.roundHalfEven(amount), currency);
  const { num, den } = landedCost(cost);
  const compared = comparisonCost(ranked);
  return {
    rank: ranked.rank,
    responseId: response.responseId,
    supplierId: response.supplierId,
    supplierName,
    offerId: offer.offerId,
    quantityKg: Number(offer.quantityKg),
    minKg: Number(offer.minKg),
    partial: ranked.partial,
    incoterm: offer.incoterm,
    originCountry: offer.originCountry,
    leadDays: Number(offer.leadDays),
    submittedAt: response.submittedAt.toISOString(),
    validUntil: response.validUntil.toISOString(),
    terms: costTerms(cost).map(({ name, amount }) => ({ name, amount: shown(amount) })),
    landedCost: shown({ num, den }),
    coefficient: fraction.toString(coefficient(ranked.shares)),
    comparisonCost: shown(compared),
    comparisonExact: fraction.toString(compared),
  };
}
