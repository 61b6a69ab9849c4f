import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { lockOrderIfAny, saveDelivery } from './store.ts';

/** The supplier's money for a delivery left the bank. */
export const onPayoutConfirmed = reaction({
  name: 'on-payout-confirmed',
  type: events.payoutConfirmed,
  handle: async (tx, event) => {
    const state = await lockOrderIfAny(tx, event.dealId);
    const delivery = state?.deliveries.find((each) => each.id === event.participationId);
    if (!state || delivery?.status !== 'released' || delivery.paidAt) return;
    await saveDelivery(tx, state, delivery, { paidAt: event.confirmedAt ?? tx.now });
  },
});
