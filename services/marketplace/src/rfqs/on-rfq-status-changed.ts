import { events } from '@clearlot/proto/events';
import { reaction, type Tx } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { matchRfq } from '../matching/match-rfq.ts';
import { listStandingOwners } from '../responses/store.ts';
import { shareAttachment } from './share-attachment.ts';
import { findRfq, listAttachments, listInvitations, type RfqView } from './store.ts';

/**
 * A published RFQ is shown to the suppliers it is for, with its files; a cancelled one is told to who had responded. Done
 * here because its buyer may not see who that is.
 */
export const onRfqStatusChanged = reaction<{ rfqId: string; status: string }, Clients, void>({
  name: 'on-rfq-status-changed',
  type: events.rfqStatusChanged,
  prepare: async (ctx, { rfqId, status }) => {
    if (status !== 'published') return;
    const { rfq, attachments, invited } = await ctx.read(async (work) => ({
      rfq: (await findRfq(work, rfqId)).rfq,
      attachments: await listAttachments(work, rfqId),
      invited: await listInvitations(work, rfqId),
    }));
    const owners = invited.map((each) => each.supplierOwnerId);
    for (const { documentId } of attachments) await shareAttachment(ctx, rfq, documentId, owners);
  },
  handle: async (tx, { rfqId, status }) => {
    const found = await findRfq(tx, rfqId);
    // It may have moved on before this was heard of.
    if (status === 'published' && found.rfq.status === 'published') await matchRfq(tx, found);
    if (status === 'cancelled') await tellBidders(tx, found);
  },
});

async function tellBidders(tx: Tx, { rfq }: RfqView): Promise<void> {
  const data = { rfqId: rfq.id, title: rfq.title, reason: rfq.cancelReason ?? '' };
  for (const userId of await listStandingOwners(tx, rfq.id)) tx.notify(userId, 'rfq_cancelled', data);
}
