import { canMove, moneyMinorLimit, sumBigint, type Transitions } from '@clearlot/kernel';
import { amountMinor } from '../commodity/commodity.ts';
import type { Evaluation, RankedOffer } from '../evaluation/evaluation.ts';
import { awardErrors } from './errors.ts';

export type AwardStatus = 'standstill' | 'contracting' | 'contracted' | 'cancelled';

/** An award's way: contested for a while, then contracts until all that remain are signed, or none. */
export const awardTransitions: Transitions<AwardStatus> = {
  standstill: ['contracting', 'cancelled'],
  contracting: ['contracted', 'cancelled'],
  contracted: [],
  cancelled: [],
};

/** Errors: MARKETPLACE_AWARD_WRONG_STATUS naming both statuses. */
export function moveAward(from: AwardStatus, to: AwardStatus): AwardStatus {
  if (!canMove(awardTransitions, from, to)) {
    throw awardErrors.error('MARKETPLACE_AWARD_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

/** The buyer may take an award back until its standstill ends. Errors: MARKETPLACE_AWARD_STANDSTILL_OVER. */
export function checkInStandstill(award: { status: AwardStatus; standstillUntil: Date }, now: Date): void {
  if (award.status !== 'standstill' || now >= award.standstillUntil) {
    throw awardErrors.error('MARKETPLACE_AWARD_STANDSTILL_OVER');
  }
}

/** An offer and how much of it, as a buyer names them. */
export interface Wanted {
  responseId: string;
  offerId: string;
  quantityKg: bigint;
}

export interface Choice {
  offer: RankedOffer;
  quantityKg: bigint;
}

/**
 * A buyer's own choice of offers, checked as the best split is by construction: ranked offers only (alternates too, since
 * somebody chose them), within what they offer, no line above what it asks for. Errors: MARKETPLACE_AWARD_OFFER_UNKNOWN,
 * MARKETPLACE_AWARD_OFFER_REFUSED naming the gates, MARKETPLACE_AWARD_QUANTITY_INVALID.
 */
export function chooseOffers(
  evaluation: Evaluation,
  lines: readonly { lineId: string; quantityKg: bigint }[],
  wanted: readonly Wanted[],
): Choice[] {
  const ranked = evaluation.lines.flatMap((line) => [...line.ranked, ...line.alternates]);
  const choices = wanted.map((each, index) => {
    const pointer = `/items/${index}`;
    const names = (of: { response: { responseId: string }; offer: { offerId: string } }) =>
      of.response.responseId === each.responseId && of.offer.offerId === each.offerId;
    const gates = evaluation.excluded.find(names)?.exclusions.map(({ gate }) => gate);
    if (gates) {
      const message = `is excluded: ${gates.join(', ')}`;
      throw awardErrors.error('MARKETPLACE_AWARD_OFFER_REFUSED', undefined, [{ pointer, message }], {
        gates: gates.join(','),
      });
    }
    const offer = ranked.find(names);
    if (!offer) {
      const message = 'is no offer of an opened response';
      throw awardErrors.error('MARKETPLACE_AWARD_OFFER_UNKNOWN', undefined, [{ pointer, message }]);
    }
    const { minKg, quantityKg } = offer.offer;
    if (each.quantityKg < minKg || each.quantityKg > quantityKg) {
      throw badQuantity(`${pointer}/quantityKg`, `is not between ${minKg} and ${quantityKg} kg`);
    }
    return { offer, quantityKg: each.quantityKg };
  });
  for (const { lineId, quantityKg } of lines) {
    const onLine = choices.filter((choice) => choice.offer.offer.lineId === lineId);
    if (sumBigint(onLine.map((choice) => choice.quantityKg)) > quantityKg) {
      throw badQuantity('/items', `award more of ${lineId} than its ${quantityKg} kg`);
    }
    if (new Set(onLine.map((choice) => choice.offer.response.responseId)).size < onLine.length) {
      throw badQuantity('/items', `award two offers of one response for ${lineId}`);
    }
  }
  return choices;
}

/** What the buyer pays for a choice: mass × offered price. Errors: MARKETPLACE_AWARD_QUANTITY_INVALID for nothing. */
export function amountOf({ offer, quantityKg }: Choice): bigint {
  const amount = amountMinor(quantityKg, offer.offer.priceMinor);
  if (amount === 0n) throw badQuantity('/items', 'award a quantity that costs nothing');
  return amount;
}

/** Σ amounts of the choices. Errors: MARKETPLACE_AWARD_QUANTITY_INVALID when it is nothing or no amount of money. */
export function totalAmount(choices: readonly Choice[]): bigint {
  const total = sumBigint(choices.map(amountOf));
  if (total === 0n || total >= moneyMinorLimit) throw badQuantity('/items', 'make no amount of money');
  return total;
}

function badQuantity(pointer: string, message: string) {
  return awardErrors.error('MARKETPLACE_AWARD_QUANTITY_INVALID', undefined, [{ pointer, message }]);
}
