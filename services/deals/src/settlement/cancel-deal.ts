import { events } from '@clearlot/proto/events';
import type { Ctx } from '../clients.ts';
import { lockCommitments, saveCommitment } from '../commitments/store.ts';
import { moveDeal } from '../deals/deal.ts';
import { lockDeal, saveDeal } from '../deals/store.ts';
import { lockParticipations, saveParticipation } from '../participations/store.ts';
import type { Deal } from '../schema.ts';
import { moveSettlement } from './settlement.ts';
import { lockSettlement, resolveIncidents, saveSettlement } from './store.ts';

const ENDED = ['rejected', 'withdrawn', 'cancelled'];

/**
 * Calls a deal off before its money is released: everybody is let go, shares are free again, agreements are voided
 * and escrow is refunded by the services that hold them. Errors: DEALS_DEAL_NOT_FOUND, DEALS_DEAL_WRONG_STATUS,
 * DEALS_ALREADY_RELEASED.
 */
export async function cancelDeal(ctx: Ctx, input: { dealId: string; reason: string }): Promise<Deal> {
  const { dealId, reason } = input;
  return ctx.transaction('CancelDeal', async (tx) => {
    const before = await lockDeal(tx, dealId);
    const settlement = await lockSettlement(tx, dealId);
    if (settlement) {
      const change = { ...moveSettlement(settlement.state, 'cancelled', tx.now), blockedReason: null };
      await saveSettlement(tx, settlement, change);
      await resolveIncidents(tx, dealId);
      tx.emit(events.settlementCancelled, dealId, { dealId, settlementId: settlement.id, reason });
    }
    const deal = await saveDeal(tx, before, { status: moveDeal(before.status, 'cancelled') }, reason);
    const told = new Set<string>();
    for (const row of await lockParticipations(tx, dealId)) {
      if (ENDED.includes(row.status)) continue;
      await saveParticipation(tx, row, { status: 'cancelled', reservedShares: 0n }, reason);
      told.add(row.sellerId);
    }
    for (const row of await lockCommitments(tx, dealId)) {
      if (ENDED.includes(row.status)) continue;
      await saveCommitment(tx, row, { status: 'cancelled' }, deal.currency, reason);
      told.add(row.buyerId);
    }
    for (const userId of told) tx.notify(userId, 'deal_cancelled', { dealId, dealName: deal.name, reason });
    return deal;
  });
}
