import { errorTable } from '@clearlot/kernel';

/** What allocating and pairing may refuse. */
export const allocationErrors = errorTable({
  DEALS_ALLOCATION_RULE_UNKNOWN: ['invalid', 'The allocation rule is not known'],
  DEALS_ALLOCATION_PRICE_INVALID: ['invalid', 'The price per share must be above zero'],
  DEALS_ALLOCATION_TARGET_INVALID: ['invalid', 'The target number of shares must be above zero'],
  DEALS_ALLOCATION_ORDER_INVALID: ['invalid', 'An order is out of range'],
  DEALS_ALLOCATION_ORDER_DUPLICATE: ['invalid', 'An order is listed twice'],
  DEALS_ALLOCATION_EMPTY: ['conflict', 'There is nothing to match at this price'],
  DEALS_ALLOCATION_TOO_LARGE: ['conflict', 'The cleared value is above what the ledger can hold'],
  DEALS_ALLOCATION_UNBALANCED: ['conflict', 'Sold and bought shares differ'],
});
