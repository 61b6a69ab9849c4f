import { displayMoney, newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { checkOpen } from '../deals/deal.ts';
import { joinDeal } from '../deals/store.ts';
import { termsVersion } from '../deals/terms.ts';
import { dealsErrors } from '../errors.ts';
import type { Commitment, Deal } from '../schema.ts';
import { checkMayCommit, checkTicket } from './commitment.ts';
import { insertCommitment, listCommitments } from './store.ts';

/**
 * Records a buyer's commitment to an open deal, one per buyer and deal. Errors: DEALS_DEAL_NOT_FOUND,
 * DEALS_DEAL_NOT_OPEN, DEALS_NOT_ELIGIBLE, DEALS_COMMITMENT_BELOW_MINIMUM, DEALS_COMMITMENT_ABOVE_MAXIMUM,
 * DEALS_COMMITMENT_EXISTS.
 */
export async function commitFunds(
  ctx: Ctx,
  input: { dealId: string; accreditationId: string; amountMinor: (currency: string) => bigint },
): Promise<{ commitment: Commitment; deal: Deal }> {
  const { people } = await ctx.clients.identity.getEligibility({
    userIds: [ctx.actor.id],
    accreditationId: input.accreditationId,
  });
  return ctx.transaction('CommitFunds', async (tx) => {
    const deal = await joinDeal(tx, input.dealId);
    checkOpen(deal, tx.now);
    const amountMinor = input.amountMinor(deal.currency);
    checkTicket(amountMinor, deal);
    checkMayCommit(people.find((each) => each.userId === ctx.actor.id));
    const ended = ['withdrawn', 'rejected', 'cancelled'];
    // Held to the end of the transaction, so two commitments of one buyer cannot both find none.
    await tx.sql`select pg_advisory_xact_lock(hashtextextended(${ctx.actor.id}, 2))`;
    const mine = await listCommitments(tx, { dealId: deal.id, buyerId: ctx.actor.id });
    if (mine.some((each) => !ended.includes(each.status))) throw dealsErrors.error('DEALS_COMMITMENT_EXISTS');
    const row: Commitment = {
      id: newId(),
      dealId: deal.id,
      buyerId: ctx.actor.id,
      accreditationId: input.accreditationId,
      amountMinor,
      allocatedShares: 0n,
      allocatedMinor: 0n,
      status: 'submitted',
      notes: null,
      termsVersion,
      submittedAt: tx.now,
      updatedAt: tx.now,
    };
    insertCommitment(tx, row, deal.currency);
    tx.notify(row.buyerId, 'commitment_confirmed', {
      dealId: deal.id,
      dealName: deal.name,
      amount: displayMoney(amountMinor, deal.currency),
    });
    return { commitment: row, deal };
  });
}
