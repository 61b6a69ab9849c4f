import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { cancelEscrow } from './cancel-escrow.ts';

/** The order is off: the buyer gets back what its escrow still has. */
export const onOrderCancelled = reaction({
  name: 'on-order-cancelled',
  type: events.orderCancelled,
  handle: (tx, event) => cancelEscrow(tx, event.orderId, event.reason),
});
