import { minBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { lockOrderIfAny, saveOrder } from './store.ts';

/** A cancelled order's money is on its way back to its buyer, once. What a buyer sent too much is not the order's. */
export const onRefundStarted = reaction({
  name: 'on-refund-started',
  type: events.refundStarted,
  handle: async (tx, event) => {
    const state = await lockOrderIfAny(tx, event.dealId);
    if (state?.order.status !== 'cancelled' || state.order.refundStartedAt) return;
    const { escrowMinor, releasedMinor, refundedMinor } = state.order;
    const refunded = minBigint(refundedMinor + event.amountMinor, escrowMinor - releasedMinor);
    await saveOrder(tx, state, { refundedMinor: refunded, refundStartedAt: tx.now });
  },
});
