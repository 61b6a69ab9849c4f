import type { Tx } from '@clearlot/service';
import { announceAuction, named, offerLot, perTonne, settleDeposits } from '../announce.ts';
import type { AuctionState } from '../auction.ts';
import { listParticipants, readAuction } from '../store.ts';

const endings = {
  sold: 'The lot was sold.',
  no_bids: 'Nobody bid.',
  reserve_not_met: 'The reserve was not met, so the lot was not sold.',
};

/**
 * What follows a close, in the transaction that stores it: the lot is offered to its winner, whose deposit stays, every
 * other deposit goes back, and owner and bidders are told how it ended.
 */
export async function closeAuction(tx: Tx, { terms, result }: AuctionState): Promise<void> {
  const [auction, participants] = await Promise.all([
    readAuction(tx, terms.auctionId),
    listParticipants(tx, terms.auctionId),
  ]);
  const admitted = participants.filter((each) => each.status === 'admitted');
  const sold = result?.outcome === 'sold' ? result : undefined;
  const losers = admitted.filter((each) => each.bidderId !== sold?.winnerId);
  const winner = admitted.find((each) => each.bidderId === sold?.winnerId);
  settleDeposits(
    tx,
    auction.id,
    losers.map(({ depositId }) => ({ depositId, outcome: 'release' })),
  );
  announceAuction(tx, auction, sold);
  tx.audit({ action: 'auction.closed', entityType: 'auction', entityId: auction.id, after: { result } });
  if (sold) {
    const { winnerId: bidderId, priceMinor, bidSequence } = sold;
    await offerLot(
      tx,
      auction,
      { bidderId, priceMinor, bidSequence },
      { rank: 1, depositId: winner?.depositId ?? null },
    );
  }
  const price = sold ? { price: perTonne(auction, sold.priceMinor) } : {};
  const ending = endings[result?.outcome === 'unsold' ? result.reason : 'sold'];
  tx.notify(auction.ownerId, 'auction_ended', { ...named(auction), ...price, ending });
  for (const { bidderId } of losers) tx.notify(bidderId, 'auction_lost', { ...named(auction), ...price, ending });
}
