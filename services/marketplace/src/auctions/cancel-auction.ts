import { eq } from 'drizzle-orm';
import type { Ctx } from '../clients.ts';
import { announceAuction } from './announce.ts';
import { auctionErrors } from './errors.ts';
import { readAuction } from './store.ts';
import { type Auction, auction } from './tables.ts';

/**
 * The owner calls an auction off before anybody has bid; deposits go back then. Whoever writes its log is fenced off by it.
 * Errors: MARKETPLACE_AUCTION_NOT_FOUND, MARKETPLACE_AUCTION_OWNER_ONLY, MARKETPLACE_AUCTION_BEGUN,
 * MARKETPLACE_AUCTION_ENDED.
 */
export async function cancelAuction(ctx: Ctx, auctionId: string): Promise<Auction> {
  const seen = await ctx.read((work) => readAuction(work, auctionId));
  if (seen.ownerId !== ctx.actor.id) throw auctionErrors.error('MARKETPLACE_AUCTION_OWNER_ONLY');
  return ctx.transaction('CancelAuction', async (tx) => {
    const [before] = await tx.db.select().from(auction).where(eq(auction.id, auctionId)).for('update');
    if (!before) throw auctionErrors.error('MARKETPLACE_AUCTION_NOT_FOUND');
    if (before.status === 'closed' || before.status === 'cancelled') {
      throw auctionErrors.error('MARKETPLACE_AUCTION_ENDED');
    }
    if (before.live.bids > 0) throw auctionErrors.error('MARKETPLACE_AUCTION_BEGUN');
    const change = {
      ...{ status: 'cancelled' as const, wakeAt: null, writer: null },
      writerEpoch: before.writerEpoch + 1n,
      live: { ...before.live, status: 'cancelled' as const },
    };
    await tx.db.update(auction).set(change).where(eq(auction.id, auctionId));
    const after = { ...before, ...change };
    announceAuction(tx, after);
    tx.audit({ action: 'auction.cancelled', entityType: 'auction', entityId: auctionId });
    return after;
  });
}
