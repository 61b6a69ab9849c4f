import type { Tx } from '@clearlot/service';
import { and, eq } from 'drizzle-orm';
import type { Ctx } from '../clients.ts';
import { amountMinor } from '../commodity/commodity.ts';
import { createOrder } from '../orders/create-order.ts';
import type { NewOrder } from '../orders/new-order.ts';
import { verifiedSupplier } from '../responses/verified-supplier.ts';
import { named, settleDeposits } from './announce.ts';
import { auctionErrors } from './errors.ts';
import { readAuction, saveAward } from './store.ts';
import { type Auction, type AuctionAward, auctionAward } from './tables.ts';

/** Days a buyer has to inspect what it bought at an auction. */
const inspectionDays = 14;

/**
 * Whom a lot is offered to confirms it in time, and the order is made with it. A buyer's deposit goes into the order's
 * escrow; a supplier's, who is paid, goes back. Errors: MARKETPLACE_AWARD_NOT_YOURS, MARKETPLACE_AWARD_ENDED,
 * MARKETPLACE_SUPPLIER_NOT_VERIFIED.
 */
export async function confirmAward(ctx: Ctx, auctionId: string): Promise<AuctionAward> {
  return ctx.transaction('ConfirmAward', async (tx) => {
    const before = await lockOffer(tx, auctionId);
    const auction = await readAuction(tx, auctionId);
    const { order, buys } = await orderOf(tx, auction, before);
    const depositId = before.depositId ?? undefined;
    const { id: orderId } = await createOrder(tx, order, buys ? depositId : undefined);
    if (!buys) settleDeposits(tx, auctionId, [{ depositId: before.depositId, outcome: 'release' }]);
    tx.notify(auction.ownerId, 'auction_confirmed', { ...named(auction), orderId });
    return saveAward(tx, before, { status: 'accepted', orderId, endedAt: tx.now });
  });
}

/**
 * Whom a lot is offered to does not want it. The winner of the auction loses the deposit by that, and the next in line is
 * asked; who was asked as the next loses nothing. Errors: MARKETPLACE_AWARD_NOT_YOURS, MARKETPLACE_AWARD_ENDED.
 */
export async function declineAward(ctx: Ctx, auctionId: string): Promise<AuctionAward> {
  return ctx.transaction('DeclineAward', async (tx) =>
    saveAward(tx, await lockOffer(tx, auctionId), { status: 'declined', endedAt: tx.now }),
  );
}

async function lockOffer(tx: Tx, auctionId: string): Promise<AuctionAward> {
  const isTheirs = and(eq(auctionAward.auctionId, auctionId), eq(auctionAward.bidderId, tx.actor.id));
  const [seen] = await tx.db.select().from(auctionAward).where(isTheirs);
  if (!seen) throw auctionErrors.error('MARKETPLACE_AWARD_NOT_YOURS');
  // Only an offer can be locked by its bidder; one that was answered meanwhile is not found any more.
  const [row] = await tx.db.select().from(auctionAward).where(isTheirs).for('update');
  if (row?.status !== 'offered' || row.confirmBy <= tx.now) {
    throw auctionErrors.error(
      'MARKETPLACE_AWARD_ENDED',
      `It is ${row?.status === 'offered' ? 'lapsed' : seen.status}.`,
    );
  }
  return row;
}

/** A lot is sold as it was described: no tolerance, no adjustments. The owner of a reverse auction is its buyer. */
async function orderOf(tx: Tx, auction: Auction, award: AuctionAward): Promise<{ order: NewOrder; buys: boolean }> {
  const { goods, title, quantityKg, currency, ownerId } = auction;
  const buys = auction.supplierId !== null;
  const [buyerId, supplierOwnerId] = buys ? [award.bidderId, ownerId] : [ownerId, award.bidderId];
  // Suspended since: nobody is to send such a supplier money.
  const supplierId = await verifiedSupplier(tx, supplierOwnerId);
  const { productType, grade, basis, limits, incoterm, place } = goods;
  const priceMinorPerTonne = award.priceMinor;
  const order: NewOrder = {
    ...{ source: 'auction', sourceId: award.id, rfqId: null, title, buyerId, supplierId, supplierOwnerId, currency },
    ...{ incoterm, place, quantityTolerancePpm: 0, inspectionDays },
    lines: [
      {
        ...{ lineId: '1', title, productType, grade, limits, adjustments: [], basis, quantityKg, priceMinorPerTonne },
        amountMinor: amountMinor(quantityKg, priceMinorPerTonne),
        deliverFrom: new Date(goods.deliverFrom),
        deliverTo: new Date(goods.deliverTo),
      },
    ],
  };
  return { order, buys };
}
