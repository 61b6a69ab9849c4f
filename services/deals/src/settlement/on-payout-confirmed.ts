import { displayMoney } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { reaction, type Tx } from '@clearlot/service';
import { moveCommitment } from '../commitments/commitment.ts';
import { lockCommitments, saveCommitment } from '../commitments/store.ts';
import { moveDeal } from '../deals/deal.ts';
import { lockDeal, saveDeal } from '../deals/store.ts';
import { moveParticipation } from '../participations/participation.ts';
import { lockParticipations, saveParticipation } from '../participations/store.ts';
import type { Deal, Participation, Settlement } from '../schema.ts';
import { moveShares } from './move-shares.ts';
import { moveSettlement } from './settlement.ts';
import { lockSettlement, resolveIncidents, saveSettlement } from './store.ts';

/** A seller has been paid. With the last payout the shares change hands, all in one transaction, and the deal is settled. */
export const onPayoutConfirmed = reaction({
  name: 'on-payout-confirmed',
  type: events.payoutConfirmed,
  handle: async (tx, event) => {
    const settlement = await lockSettlement(tx, event.dealId);
    if (settlement?.state !== 'paying_out') return;
    const deal = await lockDeal(tx, event.dealId);
    const rows = await lockParticipations(tx, event.dealId);
    const sold = await Promise.all(
      rows.map(async (row) => {
        if (row.id !== event.participationId || row.status !== 'docs_signed') return row;
        return saveParticipation(tx, row, { status: moveParticipation(row.status, 'paid') });
      }),
    );
    if (!sold.some((row) => row.status === 'docs_signed')) await settle(tx, settlement, deal, sold);
  },
});

async function settle(tx: Tx, settlement: Settlement, deal: Deal, sold: Participation[]): Promise<void> {
  const paid = sold.filter((row) => row.status === 'paid');
  await moveShares(tx, deal.id, paid);
  const bought = (await lockCommitments(tx, deal.id)).filter((row) => row.status === 'funded');
  for (const row of bought) {
    await saveCommitment(tx, row, { status: moveCommitment(row.status, 'complete') }, deal.currency);
  }
  await saveSettlement(tx, settlement, moveSettlement(settlement.state, 'settled', tx.now));
  await resolveIncidents(tx, deal.id);
  await saveDeal(tx, deal, { status: moveDeal(deal.status, 'settled') });
  for (const row of paid) announce(tx, deal, row.sellerId, row.allocatedShares, row.proceedsMinor, 'seller');
  for (const row of bought) announce(tx, deal, row.buyerId, row.allocatedShares, row.allocatedMinor, 'buyer');
}

function announce(tx: Tx, deal: Deal, userId: string, shares: bigint, amountMinor: bigint, role: string): void {
  const amount = displayMoney(amountMinor, deal.currency);
  tx.notify(userId, 'deal_complete', { dealId: deal.id, dealName: deal.name, shares: shares.toString(), amount, role });
}
