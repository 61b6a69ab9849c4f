import { type Fraction, fraction, sumBigint } from '@clearlot/kernel';
import {
  type AssayLimit,
  type AssayValue,
  type Basis,
  brokenLimits,
  type Incoterm,
  type Ppb,
} from '../commodity/commodity.ts';
import type { PriceAdjustment } from '../orders/new-order.ts';
import { type CostInput, landedCost, unstatedAnalytes } from './landed-cost.ts';
import { normalisedPrice, type QualityCriterion, type QualityShares, qualityShares } from './meat.ts';

/** What offers are measured by. Money in minor units per tonne, rates in parts per million, mass in kilograms. */
export interface EvaluationTerms {
  lines: readonly {
    lineId: string;
    basis: Basis;
    quantityKg: bigint;
    limits: readonly AssayLimit[];
    /** Empty where the buyer does not normalise. */
    adjustments: readonly PriceAdjustment[];
  }[];
  incoterms: ReadonlySet<Incoterm>;
  criteria: readonly QualityCriterion[];
  otherCostIds: readonly string[];
  /** By the origin of an offer; nothing for an origin that is not there. */
  fromOrigin: ReadonlyMap<string, { freightMinor: bigint; dutyPpm: bigint }>;
  insurancePpm: bigint;
  financePpmPerYear: bigint;
}

export interface OpenedOffer {
  offerId: string;
  lineId: string;
  alternate: boolean;
  quantityKg: bigint;
  minKg: bigint;
  priceMinor: bigint;
  incoterm: Incoterm;
  originCountry: string;
  assay: readonly AssayValue[];
  moisturePpb: Ppb;
  leadDays: bigint;
}

export interface OpenedResponse {
  responseId: string;
  supplierId: string;
  submittedAt: Date;
  /** It answers an earlier version of the terms and was not acknowledged. */
  stale: boolean;
  /** Where it does not fit the terms as they are now, as pointers into it. */
  problems: readonly string[];
  kind: 'firm' | 'indicative';
  validUntil: Date;
  /** For each criterion, the option claimed. */
  claims: Readonly<Record<string, string>>;
  /** For each life-cycle cost, the amount per tonne. */
  otherMinor: ReadonlyMap<string, bigint>;
  offers: readonly OpenedOffer[];
}

/** Why an offer is not ranked; `of` names what it breaks or leaves out. */
export interface Exclusion {
  gate:
    | 'stale'
    | 'unfit'
    | 'indicative'
    | 'expired'
    | 'unknown_line'
    | 'incoterm'
    | 'limits'
    | 'assay_unstated'
    | 'cost_unstated'
    | 'minimum_above_line';
  of: string[];
}

export interface ExcludedOffer {
  response: OpenedResponse;
  offer: OpenedOffer;
  exclusions: Exclusion[];
}

export interface RankedOffer {
  /** From 1. */
  rank: number;
  response: OpenedResponse;
  offer: OpenedOffer;
  /** What its landed cost is made of; `costTerms` names every term. */
  cost: CostInput;
  shares: QualityShares;
  /** {@link comparisonCost}, not in lowest terms: cheap to sort by. */
  comparison: { num: bigint; den: bigint };
  /** It offers less than the line asks for. */
  partial: boolean;
}

export interface LineEvaluation {
  lineId: string;
  ranked: RankedOffer[];
  /** Offers of something else than asked for, ranked among themselves. */
  alternates: RankedOffer[];
}

export interface Evaluation {
  lines: LineEvaluation[];
  excluded: ExcludedOffer[];
}

/**
 * Ranks the offers of every line by landed cost ÷ quality coefficient, exactly; ties go to the earlier response, then to
 * the lower id. Offers that may not be awarded stand apart with every gate they fail. The same input gives the same
 * answer in whatever order the responses come.
 */
export function evaluate(terms: EvaluationTerms, responses: readonly OpenedResponse[], now: Date): Evaluation {
  const lines = new Map(terms.lines.map((line) => [line.lineId, { line, asked: [] as Keyed[], other: [] as Keyed[] }]));
  const excluded: ExcludedOffer[] = [];
  for (const response of responses.toSorted(earlierFirst)) {
    const ofResponse = responseExclusions(terms, response, now);
    const shares = qualityShares(terms.criteria, response.claims);
    const otherMinor = sumBigint(terms.otherCostIds.map((id) => response.otherMinor.get(id) ?? 0n));
    for (const offer of response.offers) {
      const at = lines.get(offer.lineId);
      const exclusions = [...ofResponse, ...offerExclusions(terms, at?.line, offer)];
      if (exclusions.length > 0 || !at) {
        excluded.push({ response, offer, exclusions });
        continue;
      }
      (offer.alternate ? at.other : at.asked).push(measure(terms, at.line, response, offer, shares, otherMinor));
    }
  }
  return {
    lines: terms.lines.map(({ lineId }) => {
      const at = lines.get(lineId);
      return { lineId, ranked: rank(at?.asked ?? []), alternates: rank(at?.other ?? []) };
    }),
    excluded,
  };
}

/** What an offer is compared by, per tonne, in lowest terms: its landed cost as a normalised price. */
export function comparisonCost({ cost, shares }: RankedOffer): Fraction {
  const { num, den } = landedCost(cost);
  return normalisedPrice(fraction.of(num, den), shares);
}

type Line = EvaluationTerms['lines'][number];
type Keyed = Omit<RankedOffer, 'rank'> & { key: bigint };

function responseExclusions(terms: EvaluationTerms, response: OpenedResponse, now: Date): Exclusion[] {
  const unstated = terms.otherCostIds.filter((id) => !response.otherMinor.has(id));
  return [
    ...(response.stale ? [{ gate: 'stale' as const, of: [] }] : []),
    ...(response.problems.length > 0 ? [{ gate: 'unfit' as const, of: [...response.problems] }] : []),
    ...(response.kind === 'indicative' ? [{ gate: 'indicative' as const, of: [] }] : []),
    ...(response.validUntil <= now ? [{ gate: 'expired' as const, of: [] }] : []),
    ...(unstated.length > 0 ? [{ gate: 'cost_unstated' as const, of: unstated }] : []),
  ];
}

function offerExclusions(terms: EvaluationTerms, line: Line | undefined, offer: OpenedOffer): Exclusion[] {
  if (!line) return [{ gate: 'unknown_line', of: [offer.lineId] }];
  const exclusions: Exclusion[] = [];
  if (!terms.incoterms.has(offer.incoterm)) exclusions.push({ gate: 'incoterm', of: [offer.incoterm] });
  if (!offer.alternate && line.limits.length > 0) {
    const broken = brokenLimits(line.limits, offer.assay);
    if (broken.length > 0) exclusions.push({ gate: 'limits', of: broken.map(({ analyte }) => analyte) });
  }
  // Silence would cost nothing where a poor value costs much.
  if (line.adjustments.length > 0) {
    const unstated = unstatedAnalytes(line.adjustments, offer.assay);
    if (unstated.length > 0) exclusions.push({ gate: 'assay_unstated', of: unstated });
  }
  if (offer.minKg > line.quantityKg) exclusions.push({ gate: 'minimum_above_line', of: [] });
  return exclusions;
}

const million = 1_000_000n;
const nothing = { freightMinor: 0n, dutyPpm: 0n };

function measure(
  terms: EvaluationTerms,
  line: Line,
  response: OpenedResponse,
  offer: OpenedOffer,
  shares: QualityShares,
  otherMinor: bigint,
): Keyed {
  const { freightMinor, dutyPpm } = terms.fromOrigin.get(offer.originCountry) ?? nothing;
  const { basis, adjustments } = line;
  const { priceMinor, moisturePpb, assay, incoterm, leadDays } = offer;
  const { insurancePpm, financePpmPerYear } = terms;
  const cost = {
    priceMinor,
    basis,
    moisturePpb,
    assay,
    adjustments,
    incoterm,
    freightMinor,
    insurancePpm,
    dutyPpm,
    financePpmPerYear,
    leadDays,
    otherMinor,
  };
  const landed = landedCost(cost);
  const worst = million - shares.bestPpm;
  const num = landed.num * worst;
  const den = landed.den * (worst + shares.claimedPpm);
  const partial = offer.quantityKg < line.quantityKg;
  // Whole millionths order most pairs at once, and never two of them wrongly.
  return { response, offer, cost, shares, comparison: { num, den }, partial, key: (num * million) / den };
}

/** The offers come in the order that breaks ties, and sorting keeps it. */
function rank(offers: readonly Keyed[]): RankedOffer[] {
  const sorted = offers.toSorted(cheaperFirst);
  return sorted.map(({ response, offer, cost, shares, comparison, partial }, index) => ({
    rank: index + 1,
    response,
    offer,
    cost,
    shares,
    comparison,
    partial,
  }));
}

function cheaperFirst(a: Keyed, b: Keyed): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return fraction.cmp(a.comparison, b.comparison);
}

function earlierFirst(a: OpenedResponse, b: OpenedResponse): number {
  const apart = a.submittedAt.getTime() - b.submittedAt.getTime();
  if (apart !== 0) return apart;
  return a.responseId < b.responseId ? -1 : a.responseId > b.responseId ? 1 : 0;
}
