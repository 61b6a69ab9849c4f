import type { Context, Timer, Tx } from '@clearlot/service';
import { and, eq, isNull, lte } from 'drizzle-orm';
import type { Clients } from '../clients.ts';
import { announceAuction, named, offerLot, perTonne, settleDeposits } from './announce.ts';
import { readEntries } from './house/store.ts';
import { listParticipants } from './store.ts';
import { type Auction, auction as auctionTable } from './tables.ts';

const endings = {
  sold: 'The lot was sold.',
  no_bids: 'Nobody bid.',
  reserve_not_met: 'The reserve was not met, so the lot was not sold.',
};

/**
 * What follows a close, once: the lot is offered to its winner, whose deposit stays, every other deposit goes back, and owner
 * and bidders are told how it ended.
 */
export async function settleAuction(ctx: Context, auctionId: string): Promise<void> {
  await ctx.transaction('SettleAuction', async (tx) => {
    const [auction] = await tx.db
      .select()
      .from(auctionTable)
      .where(and(eq(auctionTable.id, auctionId), eq(auctionTable.status, 'closed'), isNull(auctionTable.settledAt)))
      .for('update', { skipLocked: true });
    if (!auction) return;
    await tx.db.update(auctionTable).set({ settledAt: tx.now }).where(eq(auctionTable.id, auctionId));
    await settle(tx, auction);
  });
}

/** Whoever closed an auction settles it at once; what is left when its lease has run out was left by somebody who died. */
export const settleAuctions: Timer<Clients> = {
  name: 'settle-auctions',
  everyMs: 2_000,
  async run(ctx) {
    const left = await ctx.read((work) =>
      work.db
        .select({ id: auctionTable.id })
        .from(auctionTable)
        .where(
          and(
            eq(auctionTable.status, 'closed'),
            isNull(auctionTable.settledAt),
            lte(auctionTable.writerUntil, ctx.clock.now()),
          ),
        )
        .limit(50),
    );
    for (const { id } of left) await settleAuction(ctx, id);
  },
};

async function settle(tx: Tx, auction: Auction): Promise<void> {
  const [participants, [last]] = await Promise.all([
    listParticipants(tx, auction.id),
    readEntries(tx.sql, auction.id, Number(auction.sequence) - 1),
  ]);
  const result = last?.decision.outcome === 'accepted' ? last.decision.after.result : null;
  const admitted = participants.filter((each) => each.status === 'admitted');
  const sold = result?.outcome === 'sold' ? result : undefined;
  const priceMinor = BigInt(sold?.priceMinor ?? 0);
  const losers = admitted.filter((each) => each.bidderId !== sold?.winnerId);
  const winner = admitted.find((each) => each.bidderId === sold?.winnerId);
  settleDeposits(
    tx,
    auction.id,
    losers.map(({ depositId }) => ({ depositId, outcome: 'release' })),
  );
  announceAuction(tx, auction, sold && { winnerId: sold.winnerId, priceMinor });
  tx.audit({ action: 'auction.closed', entityType: 'auction', entityId: auction.id, after: { result } });
  if (sold) {
    const { winnerId: bidderId, bidSequence } = sold;
    await offerLot(
      tx,
      auction,
      { bidderId, priceMinor, bidSequence },
      { rank: 1, depositId: winner?.depositId ?? null },
    );
  }
  const price = sold ? { price: perTonne(auction, priceMinor) } : {};
  const ending = endings[result?.outcome === 'unsold' ? result.reason : 'sold'];
  tx.notify(auction.ownerId, 'auction_ended', { ...named(auction), ...price, ending });
  for (const { bidderId } of losers) tx.notify(bidderId, 'auction_lost', { ...named(auction), ...price, ending });
}
