import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { releaseEscrow } from './release-escrow.ts';

/** Everybody funded and is eligible: the escrow goes to the sellers. What is not covered fails and is tried again. */
export const onReleaseRequested = reaction({
  name: 'on-release-requested',
  type: events.releaseRequested,
  handle: async (tx, event) => {
    await releaseEscrow(tx, event.dealId, event.items);
  },
});
