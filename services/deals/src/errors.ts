import { errorTable } from '@clearlot/kernel';
import { allocationErrors } from './allocation/errors.ts';

/** Every expected failure of the deals service. */
export const dealsErrors = errorTable({
  ...allocationErrors.table,
  DEALS_COMPANY_NOT_FOUND: ['missing', 'There is no such company.'],
  DEALS_COMPANY_EXISTS: ['conflict', 'A company of this name exists already.'],
  DEALS_HOLDING_NOT_FOUND: ['missing', 'There is no such holding.'],
  DEALS_HOLDING_IN_USE: ['conflict', 'Shares of this holding are set aside for a deal.'],
  DEALS_HOLDING_NOT_VERIFIED: ['conflict', 'The holding has not been verified.'],
  DEALS_DEAL_NOT_FOUND: ['missing', 'There is no such deal.'],
  DEALS_DEAL_TERMS_INVALID: ['invalid', 'The terms of the deal contradict each other.'],
  DEALS_DEAL_NOT_OPEN: ['conflict', 'The deal is not open.'],
  DEALS_DEAL_WRONG_STATUS: ['conflict', 'The deal is in a status that does not allow this.'],
  DEALS_ALREADY_RELEASED: ['conflict', 'The money of this deal has been released; it cannot be undone.'],
  DEALS_NOT_SETTLED: ['conflict', 'The deal has not settled.'],
  DEALS_PRICE_NOT_SET: ['conflict', 'Set the price first: allocate the deal at a price.'],
  DEALS_PRICE_OUT_OF_RANGE: ['invalid', 'The price is outside the range of the deal.'],
  DEALS_PARTICIPATION_NOT_FOUND: ['missing', 'There is no such participation.'],
  DEALS_PARTICIPATION_EXISTS: ['conflict', 'This holding takes part in the deal already.'],
  DEALS_PARTICIPATION_EXCEEDS_HOLDING: ['mismatch', 'More shares than the holding has available.'],
  DEALS_PARTICIPATION_WRONG_COMPANY: ['mismatch', 'The holding is of another company.'],
  DEALS_PARTICIPATION_PRICE_ABOVE_RANGE: ['invalid', 'The minimum price is above the range of the deal.'],
  DEALS_PARTICIPATION_EXCEEDS_REQUEST: ['mismatch', 'More shares than were offered.'],
  DEALS_PARTICIPATION_WRONG_STATUS: ['conflict', 'The participation is in a status that does not allow this.'],
  DEALS_COMMITMENT_NOT_FOUND: ['missing', 'There is no such commitment.'],
  DEALS_COMMITMENT_EXISTS: ['conflict', 'You have committed to this deal already.'],
  DEALS_COMMITMENT_BELOW_MINIMUM: ['mismatch', 'The amount is under the minimum ticket.'],
  DEALS_COMMITMENT_ABOVE_MAXIMUM: ['mismatch', 'The amount is over the maximum ticket.'],
  DEALS_COMMITMENT_WRONG_STATUS: ['conflict', 'The commitment is in a status that does not allow this.'],
  DEALS_COMMITMENT_ALLOCATION_INVALID: [
    'mismatch',
    'The amount is not a whole number of shares within the commitment.',
  ],
  DEALS_NOT_ELIGIBLE: ['conflict', 'The buyer is not an accredited investor in good standing.'],
  DEALS_SETTLEMENT_WRONG_STATE: ['conflict', 'The settlement is in a state that does not allow this.'],
});
