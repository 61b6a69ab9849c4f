import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { named, settleDeposits } from './announce.ts';
import { listParticipants, readAuction } from './store.ts';

/** An auction was called off: deposits go back, and who joined is told. */
export const onAuctionStatusChanged = reaction({
  name: 'on-auction-status-changed',
  type: events.auctionStatusChanged,
  async handle(tx, { auctionId, status }) {
    if (status !== 'cancelled') return;
    const auction = await readAuction(tx, auctionId);
    const admitted = (await listParticipants(tx, auctionId)).filter((each) => each.status === 'admitted');
    settleDeposits(
      tx,
      auctionId,
      admitted.map(({ depositId }) => ({ depositId, outcome: 'release' })),
    );
    const ending = 'It was called off before anybody had bid.';
    for (const { bidderId } of admitted) tx.notify(bidderId, 'auction_lost', { ...named(auction), ending });
  },
});
