import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { cancelEscrow } from './cancel-escrow.ts';

/** The deal was called off: buyers get their money back. */
export const onSettlementCancelled = reaction({
  name: 'on-settlement-cancelled',
  type: events.settlementCancelled,
  handle: (tx, event) => cancelEscrow(tx, event.dealId, event.reason),
});
