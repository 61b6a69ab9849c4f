import type { Ctx } from '../clients.ts';
import { listCommitments } from '../commitments/store.ts';
import { findDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import { listParticipations } from '../participations/store.ts';
import type { Agreement, Commitment, Deal, Participation, TimelineEntry } from '../schema.ts';
import { listAgreements } from '../settlement/store.ts';
import { listTimeline } from './timeline.ts';

/** A person's own view of a deal. */
export interface DealStanding {
  deal: Deal;
  companyName: string;
  role: 'seller' | 'buyer' | 'operator';
  participations: Participation[];
  commitments: Commitment[];
  agreements: Agreement[];
  timeline: TimelineEntry[];
}

/**
 * The caller's role in a deal, where they stand and everything that happened to them in it. Somebody without a part in
 * the deal gets the same answer as for a deal that does not exist. Errors: DEALS_DEAL_NOT_FOUND.
 */
export async function getDealStatus(ctx: Ctx, dealId: string): Promise<DealStanding> {
  const userId = ctx.actor.id;
  const isOperator = ctx.actor.roles.includes('operator');
  return ctx.read(async (work) => {
    const [{ deal, companyName }, participations, commitments, agreements, timeline] = await Promise.all([
      findDeal(work, dealId),
      listParticipations(work, isOperator ? { dealId } : { dealId, sellerId: userId }),
      listCommitments(work, isOperator ? { dealId } : { dealId, buyerId: userId }),
      listAgreements(work, dealId, isOperator ? undefined : { userId }),
      listTimeline(work, dealId, isOperator ? undefined : userId),
    ]);
    const involved = participations.length > 0 || commitments.length > 0;
    if (!isOperator && !involved) throw dealsErrors.error('DEALS_DEAL_NOT_FOUND', 'You have no part in this deal.');
    const role = isOperator ? 'operator' : participations.length > 0 ? 'seller' : 'buyer';
    return { deal, companyName, role, participations, commitments, agreements, timeline };
  });
}
