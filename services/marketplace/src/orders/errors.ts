import { errorTable } from '@clearlot/kernel';

/** Every expected failure of orders. */
export const orderErrors = errorTable({
  MARKETPLACE_ORDER_NOT_FOUND: ['missing', 'There is no such order.'],
  MARKETPLACE_ORDER_WRONG_SIDE: ['forbidden', 'This is for the other side of the order to do.'],
  MARKETPLACE_ORDER_WRONG_STATUS: ['conflict', 'The order is in a status that does not allow this.'],
  MARKETPLACE_ORDER_ALREADY_SHIPPED: ['conflict', 'Goods of this order have been shipped; it cannot be cancelled.'],
  MARKETPLACE_ORDER_CANCEL_NEEDS_OPERATOR: ['forbidden', 'A funded order is cancelled by its supplier or an operator.'],
  MARKETPLACE_ORDER_DELIVERIES_COMPLETE: ['conflict', 'The final delivery of this order has been shipped.'],
  MARKETPLACE_ORDER_LINE_UNKNOWN: ['mismatch', 'The order has no such line.'],
  MARKETPLACE_ORDER_QUANTITY_EXCEEDED: ['mismatch', 'More than is outstanding, the tolerance included.'],
  MARKETPLACE_DELIVERY_NOT_FOUND: ['missing', 'There is no such delivery.'],
  MARKETPLACE_DELIVERY_WRONG_STATUS: ['conflict', 'The delivery is in a status that does not allow this.'],
  MARKETPLACE_DELIVERY_TIME_INVALID: ['mismatch', 'A delivery arrives after it was shipped and not in the future.'],
  MARKETPLACE_INSPECTION_INCOMPLETE: ['mismatch', 'An inspection covers each line of its delivery once.'],
  MARKETPLACE_DISPUTE_NOT_FOUND: ['missing', 'There is no such dispute.'],
  MARKETPLACE_DISPUTE_NOT_OPEN: ['conflict', 'The dispute is over.'],
  MARKETPLACE_DISPUTE_NOTHING_PROPOSED: ['conflict', 'The other side has proposed nothing that you could accept.'],
  MARKETPLACE_DISPUTE_PROPOSAL_CHANGED: ['conflict', 'Another amount has been proposed meanwhile.'],
  MARKETPLACE_DISPUTE_RELEASE_EXCEEDED: ['mismatch', 'More than the escrow has for this delivery.'],
});
