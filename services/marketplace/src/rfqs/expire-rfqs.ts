import type { Timer } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { listStandingOwners } from '../responses/store.ts';
import { lockUndecided, saveRfq } from './store.ts';

/**
 * An RFQ that was not decided in time expires, and who responded is told so. Rows are claimed, so replicas do not repeat
 * each other.
 */
export const expireRfqs: Timer<Clients> = {
  name: 'expire-rfqs',
  everyMs: 5_000,
  run: (ctx) =>
    ctx.transaction('ExpireRfqs', async (tx) => {
      for (const rfq of await lockUndecided(tx)) {
        await saveRfq(tx, rfq, { status: 'expired' }, { reason: 'not decided in time' });
        const data = { rfqId: rfq.id, title: rfq.title, reason: 'It was not decided in time.' };
        const people = new Set([rfq.buyerId, ...(await listStandingOwners(tx, rfq.id))]);
        for (const userId of people) tx.notify(userId, 'rfq_expired', data);
      }
    }),
};
