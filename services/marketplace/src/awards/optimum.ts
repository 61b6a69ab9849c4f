import { comparisonCost, type Evaluation, type RankedOffer } from '../evaluation/evaluation.ts';
import type { SplitConstraints, SplitMode, SplitOffer, SplitProblem } from './split.ts';

/** How an award is to be split, as a buyer asks for it. */
export interface SplitRequest {
  mode: SplitMode;
  constraints: SplitConstraints;
  lotKg?: bigint | undefined;
}

interface OfferToSplit extends SplitOffer {
  ranked: RankedOffer;
}

/** The ranked offers as a split takes them, the earliest response first. Alternates are for people to choose. */
export function splitProblem(
  of: {
    evaluation: Evaluation;
    terms: { lines: readonly { lineId: string; quantityKg: number; lot?: string | undefined }[] };
  },
  request: SplitRequest,
): SplitProblem<OfferToSplit> {
  const { evaluation, terms } = of;
  const ranked = evaluation.lines.flatMap((line) => line.ranked);
  return {
    ...request,
    lines: terms.lines.map(({ lineId, quantityKg, lot }) => ({ lineId, quantityKg: BigInt(quantityKg), lot })),
    offers: ranked.toSorted(earlierFirst).map((each) => ({
      ranked: each,
      supplierId: each.response.supplierId,
      lineId: each.offer.lineId,
      costPerTonne: comparisonCost(each),
      minKg: each.offer.minKg,
      maxKg: each.offer.quantityKg,
    })),
  };
}

function earlierFirst({ response: a }: RankedOffer, { response: b }: RankedOffer): number {
  const apart = a.submittedAt.getTime() - b.submittedAt.getTime();
  if (apart !== 0) return apart;
  return a.responseId < b.responseId ? -1 : a.responseId > b.responseId ? 1 : 0;
}
