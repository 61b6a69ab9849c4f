import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { tell } from './notices.ts';
import { lockOrderIfAny, saveOrder } from './store.ts';

/**
 * An order's whole escrow is there: its supplier may ship. Money that crossed with a cancellation is noted, so that what
 * is held shows until it went back. Events of deals are not ours.
 */
export const onCommitmentFunded = reaction({
  name: 'on-commitment-funded',
  type: events.commitmentFunded,
  handle: async (tx, event) => {
    const state = await lockOrderIfAny(tx, event.dealId);
    if (!state || state.order.fundedAt) return;
    const fundedAt = event.fundedAt ?? tx.now;
    if (state.order.status === 'cancelled') {
      if (!state.order.refundStartedAt) await saveOrder(tx, state, { fundedAt });
      return;
    }
    const { order } = await saveOrder(tx, state, { status: 'funded', fundedAt });
    tell(tx, order, 'buyer', 'funded');
    tell(tx, order, 'supplier', 'funded');
  },
});
