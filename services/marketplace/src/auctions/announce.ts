import { displayMoney, newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { displayInstant } from '../rfqs/rfq.ts';
import { insertAward } from './store.ts';
import type { Auction, AuctionAward } from './tables.ts';

type Named = Pick<Auction, 'id' | 'title' | 'currency'>;

/** Tells other services where an auction stands. */
export function announceAuction(tx: Tx, row: Auction, sold?: { winnerId: string; priceMinor: bigint }): void {
  const { id: auctionId, saleId, ownerId, format, status, goods, quantityKg, currency } = row;
  tx.emit(events.auctionStatusChanged, auctionId, {
    ...{ auctionId, saleId, ownerId, format, status, quantityKg, currency, at: tx.now },
    ...{ productType: goods.productType, grade: goods.grade, incoterm: goods.incoterm, basis: goods.basis },
    ...{ winnerId: sold?.winnerId, priceMinorPerTonne: sold?.priceMinor },
  });
}

/** What a deposit is to become once its auction is over. */
export type DepositEnd =
  | { depositId: string | null; outcome: 'release' }
  | { depositId: string | null; outcome: 'forfeit'; payeeId: string };

/** Has payments settle deposits; who placed none has nothing to settle. */
export function settleDeposits(tx: Tx, auctionId: string, ends: readonly DepositEnd[]): void {
  const settlements = ends.flatMap((end) =>
    end.depositId === null
      ? []
      : [{ depositId: end.depositId, outcome: end.outcome, payeeId: end.outcome === 'forfeit' ? end.payeeId : '' }],
  );
  if (settlements.length > 0) tx.emit(events.auctionDepositsSettled, auctionId, { auctionId, settlements });
}

export interface Offer {
  bidderId: string;
  priceMinor: bigint;
  bidSequence: number;
}

/** Offers a sold lot to a bidder, who has so long to confirm, and tells them. */
export async function offerLot(
  tx: Tx,
  row: Auction,
  { bidderId, priceMinor, bidSequence }: Offer,
  { rank, depositId }: Pick<AuctionAward, 'rank' | 'depositId'>,
): Promise<void> {
  const confirmBy = new Date(tx.now.getTime() + row.confirmHours * 3_600_000);
  await insertAward(tx, {
    ...{ id: newId(), auctionId: row.id, rank, ownerId: row.ownerId, bidderId, depositId, priceMinor },
    ...{ bidSequence: BigInt(bidSequence), status: 'offered', confirmBy, orderId: null, followedAt: null },
    ...{ createdAt: tx.now, endedAt: null },
  });
  tx.notify(bidderId, rank === 1 ? 'auction_won' : 'auction_offered', {
    ...named(row),
    ...{ price: perTonne(row, priceMinor), quantity: `${row.quantityKg} kg`, deadline: displayInstant(confirmBy) },
  });
}

/** What every letter about an auction says. */
export function named({ id, title }: Named): { auctionId: string; title: string } {
  return { auctionId: id, title };
}

export function perTonne({ currency }: Named, priceMinor: bigint): string {
  return `${displayMoney(priceMinor, currency)} per tonne`;
}
