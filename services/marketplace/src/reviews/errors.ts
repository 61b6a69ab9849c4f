import { errorTable } from '@clearlot/kernel';

/** Expected failures around reviews. */
export const reviewErrors = errorTable({
  MARKETPLACE_REVIEW_NOT_FOUND: ['missing', 'There is no such review.'],
  MARKETPLACE_REVIEW_ORDER_NOT_FOUND: ['missing', 'There is no such order of yours.'],
  MARKETPLACE_REVIEW_NOT_DELIVERED: ['conflict', 'An order is reviewed once it was delivered and paid.'],
  MARKETPLACE_REVIEW_EXISTS: ['conflict', 'This order has been reviewed already.'],
});
