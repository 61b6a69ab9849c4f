import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { listStandingOwners } from '../responses/store.ts';
import { displayInstant } from './rfq.ts';
import { findRfq } from './store.ts';

/** New terms: who has handed in is told to acknowledge them or hand in again. The buyer may not see who that is. */
export const onRfqAmended = reaction({
  name: 'on-rfq-amended',
  type: events.rfqAmended,
  handle: async (tx, { rfqId, version }) => {
    const { rfq } = await findRfq(tx, rfqId);
    if (rfq.status !== 'published') return;
    const data = { rfqId, title: rfq.title, version: String(version), deadline: displayInstant(rfq.deadlineAt) };
    for (const userId of await listStandingOwners(tx, rfqId)) tx.notify(userId, 'rfq_amended', data);
  },
});
