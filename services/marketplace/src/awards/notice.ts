import { type Fraction, fraction } from '@clearlot/kernel';
import { comparisonCost, type Evaluation, type Exclusion, type RankedOffer } from '../evaluation/evaluation.ts';
import type { Choice } from './award.ts';

/** How one offer of a response fared, in what may travel and be stored. */
export interface NoticeReason {
  offerId: string;
  lineId: string;
  awardedKg: number;
  /** Absent when it was excluded. */
  rank?: number;
  of?: number;
  alternate?: boolean;
  /**
   * What its comparison cost per tonne is above the cheapest awarded offer of the line, minor units half-even; below if
   * negative, null when nothing of the line is awarded.
   */
  differenceMinor?: string | null;
  /** Why it was excluded. */
  exclusions?: Exclusion[];
}

/** The reasons of every response, by its id: an offer's rank and distance to what was awarded, or the gates it failed. */
export function noticeReasons(evaluation: Evaluation, choices: readonly Choice[]): Map<string, NoticeReason[]> {
  const reasons = new Map<string, NoticeReason[]>();
  const add = (responseId: string, reason: NoticeReason) =>
    reasons.set(responseId, [...(reasons.get(responseId) ?? []), reason]);
  for (const { lineId, ranked, alternates } of evaluation.lines) {
    const awarded = choices.filter(({ offer }) => offer.offer.lineId === lineId);
    const cheapest = least(awarded.map(({ offer }) => comparisonCost(offer)));
    for (const [among, alternate] of [
      [ranked, false],
      [alternates, true],
    ] as const) {
      for (const each of among) {
        add(each.response.responseId, {
          offerId: each.offer.offerId,
          lineId,
          awardedKg: Number(awarded.find(({ offer }) => offer === each)?.quantityKg ?? 0n),
          rank: each.rank,
          of: among.length,
          alternate,
          differenceMinor: cheapest ? difference(each, cheapest).toString() : null,
        });
      }
    }
  }
  for (const { response, offer, exclusions } of evaluation.excluded) {
    add(response.responseId, { offerId: offer.offerId, lineId: offer.lineId, awardedKg: 0, exclusions });
  }
  return reasons;
}

function difference(offer: RankedOffer, cheapest: Fraction): bigint {
  return fraction.roundHalfEven(fraction.sub(comparisonCost(offer), cheapest));
}

function least(costs: readonly Fraction[]): Fraction | undefined {
  return costs.reduce<Fraction | undefined>(
    (best, cost) => (best === undefined || fraction.cmp(cost, best) < 0 ? cost : best),
    undefined,
  );
}

const gateWords: Record<Exclusion['gate'], string> = {
  stale: 'it answers earlier terms',
  unfit: 'it does not fit the amended terms',
  indicative: 'it is indicative',
  expired: 'its validity has ended',
  unknown_line: 'the line is not asked for',
  incoterm: 'the Incoterm is not accepted',
  limits: 'it breaks limits',
  assay_unstated: 'it does not state what the price is normalised for',
  cost_unstated: 'it does not state a life-cycle cost',
  minimum_above_line: 'its least quantity is above the line',
};

/** One reason in words: `L1: rank 2 of 3, USD 120.00 per tonne above the awarded offer`. */
export function reasonInWords(reason: NoticeReason, display: (minor: bigint) => string): string {
  if (reason.exclusions) {
    const gates = reason.exclusions.map(
      ({ gate, of }) => gateWords[gate] + (of.length > 0 ? ` (${of.join(', ')})` : ''),
    );
    return `${reason.lineId}: not ranked, because ${gates.join(' and ')}`;
  }
  const place = `${reason.lineId}: ${reason.alternate ? 'alternate, ' : ''}rank ${reason.rank} of ${reason.of}`;
  if (reason.differenceMinor == null) return `${place}; nothing of this line was awarded`;
  const minor = BigInt(reason.differenceMinor);
  if (minor === 0n) return `${place}, as the cheapest awarded offer`;
  const [apart, side] = minor < 0n ? [-minor, 'below'] : [minor, 'above'];
  return `${place}, ${display(apart)} per tonne ${side} the cheapest awarded offer`;
}
