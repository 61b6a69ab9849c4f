import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { settlePart } from './settle-part.ts';

/** A delivery is accepted or its dispute decided: its part of the escrow is paid out, given back, or both. */
export const onOrderReleaseRequested = reaction({
  name: 'on-order-release-requested',
  type: events.orderReleaseRequested,
  handle: (tx, event) => settlePart(tx, event),
});
