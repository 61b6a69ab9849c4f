import type { Timer, Tx } from '@clearlot/service';
import type { JWK } from 'jose';
import type { Clients, Ctx } from '../clients.ts';
import { listStandingOwners } from '../responses/store.ts';
import { openResponses } from '../sealing/open-responses.ts';
import { takesResponses } from './rfq.ts';
import { listDue, lockRfq, saveRfq } from './store.ts';
import type { Rfq } from './tables.ts';

/**
 * At its deadline an RFQ closes and its responses are opened, all in one transaction; one without any expires. Documents
 * gives the key out by its own clock: a seal that does not open yet is asked for again next time. Replicas do not repeat
 * each other: whoever locks the RFQ second finds it closed.
 */
export const closeRfqs: Timer<Clients> = {
  name: 'close-rfqs',
  everyMs: 1_000,
  run: async (ctx) => {
    for (const { id, sealed } of await ctx.read((work) => listDue(work, ctx.clock.now()))) {
      try {
        await closeRfq(ctx, id, sealed ? await keyOf(ctx, id) : undefined);
      } catch (error) {
        ctx.log.warn({ err: error, rfqId: id }, 'close-rfqs: will try again');
      }
    }
  },
};

async function keyOf({ clients }: Ctx, rfqId: string): Promise<JWK> {
  const { privateKeyJwk } = await clients.documents.openSeal({ sealId: rfqId });
  return JSON.parse(privateKeyJwk) as JWK;
}

async function closeRfq(ctx: Ctx, id: string, key: JWK | undefined): Promise<void> {
  await ctx.transaction('CloseRfq', async (tx) => {
    const { rfq } = await lockRfq(tx, id);
    if (rfq.status !== 'published' || takesResponses(rfq, tx.now)) return;
    const { length: sealed } = await listStandingOwners(tx, id);
    if (sealed === 0) return expire(tx, rfq);
    // One came in after we looked: without its key nothing closes yet.
    if (!key) return;
    const { opened } = await openResponses(tx, id, key);
    await saveRfq(tx, rfq, { status: 'closed', closedAt: tx.now, openedAt: tx.now }, { opened, sealed });
    tx.notify(rfq.buyerId, 'rfq_closed', { rfqId: id, title: rfq.title, responses: String(opened) });
  });
}

async function expire(tx: Tx, rfq: Rfq): Promise<void> {
  await saveRfq(tx, rfq, { status: 'expired', closedAt: tx.now }, { reason: 'no response' });
  tx.notify(rfq.buyerId, 'rfq_expired', { rfqId: rfq.id, title: rfq.title, reason: 'Nobody responded.' });
}
