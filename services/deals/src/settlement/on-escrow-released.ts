import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { moveSettlement } from './settlement.ts';
import { lockSettlement, saveSettlement } from './store.ts';

/** The pivot is behind: payouts are to leave the bank. */
export const onEscrowReleased = reaction({
  name: 'on-escrow-released',
  type: events.escrowReleased,
  handle: async (tx, event) => {
    const settlement = await lockSettlement(tx, event.dealId);
    if (settlement?.state !== 'releasing') return;
    await saveSettlement(tx, settlement, moveSettlement(settlement.state, 'paying_out', tx.now));
  },
});
