import { errorTable } from '@clearlot/kernel';

/** Every expected failure of direct quotes. */
export const quoteErrors = errorTable({
  MARKETPLACE_QUOTE_NOT_FOUND: ['missing', 'There is no such quote.'],
  MARKETPLACE_QUOTE_PRODUCT_NOT_FOUND: ['missing', 'There is no such product on offer.'],
  MARKETPLACE_QUOTE_OWN_PRODUCT: ['mismatch', 'You cannot ask yourself for a quote.'],
  MARKETPLACE_QUOTE_BELOW_MINIMUM_LOT: ['mismatch', 'The quantity is under the minimum lot of the product.'],
  MARKETPLACE_QUOTE_AMOUNT_INVALID: ['mismatch', 'The price of this quantity is under or over what can be paid.'],
  MARKETPLACE_QUOTE_DATES_INVALID: ['mismatch', 'The delivery window ends before it begins.'],
  MARKETPLACE_QUOTE_VALIDITY_INVALID: ['mismatch', 'An offer is firm until a time that is still to come.'],
  MARKETPLACE_QUOTE_WRONG_STATUS: ['conflict', 'The quote is in a status that does not allow this.'],
  MARKETPLACE_QUOTE_NOT_YOUR_TURN: ['conflict', 'It is for the other side to answer.'],
  MARKETPLACE_QUOTE_BUYER_ONLY: ['forbidden', 'Only who asked for a quote may cancel it.'],
  MARKETPLACE_QUOTE_NOT_IMPROVED: ['mismatch', 'A next offer is better for the other side than your last.'],
  MARKETPLACE_QUOTE_ROUNDS_EXHAUSTED: ['conflict', 'No more offers can be made: accept or decline.'],
  MARKETPLACE_QUOTE_ROUND_STALE: ['conflict', 'Another offer is the newest.'],
  MARKETPLACE_QUOTE_EXPIRED: ['conflict', 'The time to answer has passed.'],
});
