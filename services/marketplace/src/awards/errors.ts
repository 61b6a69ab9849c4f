import { errorTable } from '@clearlot/kernel';

/** Expected failures of evaluations, awards and contracts. */
export const awardErrors = errorTable({
  MARKETPLACE_AWARD_NOT_FOUND: ['missing', 'There is no such award.'],
  MARKETPLACE_AWARD_WRONG_STATUS: ['conflict', 'The award is in a status that does not allow this.'],
  MARKETPLACE_AWARD_NOT_EVALUATED: ['conflict', 'An RFQ is awarded once it is evaluated.'],
  MARKETPLACE_AWARD_STANDSTILL_OVER: ['conflict', 'The standstill is over; contracts are under way.'],
  MARKETPLACE_AWARD_OFFER_UNKNOWN: ['mismatch', 'There is no such offer to award.'],
  MARKETPLACE_AWARD_OFFER_REFUSED: ['mismatch', 'The offer cannot be awarded.'],
  MARKETPLACE_AWARD_QUANTITY_INVALID: ['mismatch', 'The quantities do not fit the offers and lines.'],
  MARKETPLACE_AWARD_INFEASIBLE: ['mismatch', 'No split of the offers meets every constraint.'],
  MARKETPLACE_AWARD_BUSY: ['too_many', 'Many splits are being worked out. Wait and try again.'],
  MARKETPLACE_AWARD_TOO_HARD: ['mismatch', 'The best split could not be proven within the limit of the search.'],
  MARKETPLACE_CONTRACT_WRONG_STATUS: ['conflict', 'The contract is in a status that does not allow this.'],
});
