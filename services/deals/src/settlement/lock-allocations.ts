import { deriveId, displayMoney, newId, sumBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { pairAllocations } from '../allocation/pairing.ts';
import type { Ctx } from '../clients.ts';
import { lockCommitments, saveCommitment } from '../commitments/store.ts';
import { findCompany } from '../companies/store.ts';
import { moveDeal, settledPrice } from '../deals/deal.ts';
import { lockDeal, saveDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import { lockParticipations, saveParticipation } from '../participations/store.ts';
import type { Agreement, Commitment, Deal, Participation } from '../schema.ts';
import { startSettlement } from './settlement.ts';
import { insertAgreements, insertSettlement } from './store.ts';

const OPEN_STATUSES = ['submitted', 'verified', 'approved'];

/**
 * Freezes the allocation and starts settlement: both sides must match to the share and the cent; sellers and buyers
 * are paired into agreements; those without an allocation are let go and their shares freed. From here nobody can
 * join, change or withdraw. Errors: DEALS_DEAL_NOT_FOUND, DEALS_DEAL_WRONG_STATUS, DEALS_ALLOCATION_EMPTY,
 * DEALS_ALLOCATION_UNBALANCED, DEALS_PRICE_NOT_SET.
 */
export async function lockAllocations(ctx: Ctx, dealId: string): Promise<{ deal: Deal; agreements: number }> {
  return ctx.transaction('LockAllocations', async (tx) => {
    const before = await lockDeal(tx, dealId);
    const status = moveDeal(before.status, 'locked');
    const priceMinor = settledPrice(before);
    const participations = await lockParticipations(tx, dealId);
    const commitments = await lockCommitments(tx, dealId);
    const sells = participations.filter((row) => row.status === 'allocated' && row.allocatedShares > 0n);
    const buys = commitments.filter((row) => row.status === 'allocated' && row.allocatedShares > 0n);
    const agreements = pair(before, priceMinor, sells, buys);
    const deal = await saveDeal(tx, before, { status, priceMinor });
    await letGo(tx, deal, participations, commitments);
    for (const row of sells) {
      await saveParticipation(tx, row, {
        reservedShares: row.allocatedShares,
        proceedsMinor: row.allocatedShares * priceMinor,
      });
      announce(tx, deal, row.sellerId, row.allocatedShares, row.allocatedShares * priceMinor);
    }
    for (const row of buys) announce(tx, deal, row.buyerId, row.allocatedShares, row.allocatedMinor);
    await insertAgreements(tx, agreements);
    const settlementId = newId();
    const start = startSettlement(tx.now);
    await insertSettlement(tx, {
      dealId,
      id: settlementId,
      ...start,
      blockedReason: null,
      startedAt: tx.now,
      updatedAt: tx.now,
    });
    const company = await findCompany(tx, deal.companyId);
    tx.emit(events.agreementsRequested, dealId, {
      dealId,
      settlementId,
      dealName: deal.name,
      companyName: company?.legalName ?? '',
      currency: deal.currency,
      priceMinor,
      agreements: agreements.map(
        ({ id, participationId, commitmentId, sellerId, buyerId, shareType, shares, amountMinor }) => ({
          agreementId: id,
          participationId,
          commitmentId,
          sellerId,
          buyerId,
          shareType,
          shares,
          amountMinor,
        }),
      ),
    });
    return { deal, agreements: agreements.length };
  });
}

function pair(deal: Deal, priceMinor: bigint, sells: Participation[], buys: Commitment[]): Agreement[] {
  if (sells.length === 0 || buys.length === 0) {
    throw dealsErrors.error('DEALS_ALLOCATION_EMPTY', 'Allocate shares to sellers and buyers first.');
  }
  const [sold, bought] = [
    sumBigint(sells.map((row) => row.allocatedShares)),
    sumBigint(buys.map((row) => row.allocatedShares)),
  ];
  const paid = sumBigint(buys.map((row) => row.allocatedMinor));
  if (sold !== bought || paid !== sold * priceMinor) {
    const owed = displayMoney(sold * priceMinor, deal.currency);
    const detail = `${sold} shares sold for ${owed}, ${bought} bought for ${displayMoney(paid, deal.currency)}.`;
    throw dealsErrors.error('DEALS_ALLOCATION_UNBALANCED', detail);
  }
  const sellers = new Map(sells.map((row) => [row.id, row]));
  const buyers = new Map(buys.map((row) => [row.id, row]));
  const pairs = pairAllocations(
    sells.map((row) => ({ id: row.id, shares: row.allocatedShares })),
    buys.map((row) => ({ id: row.id, shares: row.allocatedShares })),
  );
  return pairs.flatMap(({ sellId, buyId, shares }) => {
    const [sell, buy] = [sellers.get(sellId), buyers.get(buyId)];
    if (!sell || !buy) return [];
    return {
      id: deriveId(deal.id, `${sellId}:${buyId}`),
      dealId: deal.id,
      participationId: sellId,
      commitmentId: buyId,
      sellerId: sell.sellerId,
      buyerId: buy.buyerId,
      shareType: sell.shareType,
      shares,
      amountMinor: shares * priceMinor,
      documentId: null,
      sellerSignedAt: null,
      buyerSignedAt: null,
    };
  });
}

async function letGo(tx: Tx, deal: Deal, sells: Participation[], buys: Commitment[]): Promise<void> {
  const note = 'Not allocated when the deal was locked.';
  for (const row of sells.filter((each) => OPEN_STATUSES.includes(each.status))) {
    await saveParticipation(tx, row, { status: 'cancelled', reservedShares: 0n }, note);
  }
  for (const row of buys.filter((each) => OPEN_STATUSES.includes(each.status))) {
    await saveCommitment(tx, row, { status: 'cancelled' }, deal.currency, note);
  }
}

function announce(tx: Tx, deal: Deal, userId: string, shares: bigint, amountMinor: bigint): void {
  tx.notify(userId, 'allocation_confirmed', {
    dealId: deal.id,
    dealName: deal.name,
    shares: shares.toString(),
    price: displayMoney(deal.priceMinor ?? 0n, deal.currency),
    amount: displayMoney(amountMinor, deal.currency),
  });
}
