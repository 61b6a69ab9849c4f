import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { checkOpen } from '../deals/deal.ts';
import { joinDeal } from '../deals/store.ts';
import { termsVersion } from '../deals/terms.ts';
import { dealsErrors } from '../errors.ts';
import { lockHolding } from '../holdings/store.ts';
import type { Deal, Participation } from '../schema.ts';
import { checkOffer } from './participation.ts';
import { insertParticipation, lockParticipationsOfHolding } from './store.ts';

/**
 * Offers shares of the caller's holding into an open deal and sets them aside. The same holding takes part once.
 * Errors: DEALS_DEAL_NOT_FOUND, DEALS_DEAL_NOT_OPEN, DEALS_HOLDING_NOT_FOUND, DEALS_PARTICIPATION_EXISTS,
 * DEALS_PARTICIPATION_EXCEEDS_HOLDING, DEALS_PARTICIPATION_WRONG_COMPANY, DEALS_PARTICIPATION_PRICE_ABOVE_RANGE.
 */
export async function participate(
  ctx: Ctx,
  input: { dealId: string; holdingId: string; shares: bigint; minimumPriceMinor: (currency: string) => bigint | null },
): Promise<{ participation: Participation; deal: Deal }> {
  return ctx.transaction('Participate', async (tx) => {
    const deal = await joinDeal(tx, input.dealId);
    checkOpen(deal, tx.now);
    const holding = await lockHolding(tx, input.holdingId);
    if (holding?.ownerId !== ctx.actor.id) throw dealsErrors.error('DEALS_HOLDING_NOT_FOUND');
    const others = await lockParticipationsOfHolding(tx, holding.id);
    const ended = ['withdrawn', 'rejected', 'cancelled'];
    if (others.some((each) => each.dealId === deal.id && !ended.includes(each.status))) {
      throw dealsErrors.error('DEALS_PARTICIPATION_EXISTS');
    }
    const minimumPriceMinor = input.minimumPriceMinor(deal.currency);
    checkOffer({ shares: input.shares, minimumPriceMinor }, deal, holding);
    const row: Participation = {
      id: newId(),
      dealId: deal.id,
      sellerId: ctx.actor.id,
      holdingId: holding.id,
      shareType: holding.shareType,
      requestedShares: input.shares,
      minimumPriceMinor,
      approvedShares: null,
      allocatedShares: 0n,
      proceedsMinor: 0n,
      reservedShares: input.shares,
      status: 'submitted',
      notes: null,
      termsVersion,
      submittedAt: tx.now,
      updatedAt: tx.now,
    };
    await insertParticipation(tx, row);
    tx.notify(row.sellerId, 'participation_confirmed', {
      dealId: deal.id,
      dealName: deal.name,
      shares: input.shares.toString(),
      shareType: holding.shareType,
    });
    return { participation: row, deal };
  });
}
