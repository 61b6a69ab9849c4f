import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { voidAgreements } from './void-agreements.ts';

/** A settlement was cancelled before release: its agreements are void. */
export const onSettlementCancelled = reaction({
  name: 'on-settlement-cancelled',
  type: events.settlementCancelled,
  handle: (tx, event) => voidAgreements(tx, event),
});
