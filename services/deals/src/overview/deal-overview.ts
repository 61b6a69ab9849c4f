import { sumBigint } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { listCommitments } from '../commitments/store.ts';
import { findDeal } from '../deals/store.ts';
import { listParticipations } from '../participations/store.ts';
import type { Commitment, Deal, Participation, Settlement } from '../schema.ts';
import { findSettlement, listOpenIncidents } from '../settlement/store.ts';
import { type Blocker, findBlockers } from './blockers.ts';

/** A deal as an operator runs it. */
export interface DealOverview {
  deal: Deal;
  companyName: string;
  settlement: Settlement | null;
  participations: Participation[];
  commitments: Commitment[];
  blockers: Blocker[];
  incidents: { kind: string; detail: string; at: Date }[];
  totals: {
    sharesOffered: bigint;
    sharesApproved: bigint;
    sharesAllocated: bigint;
    committedMinor: bigint;
    allocatedMinor: bigint;
    fundedMinor: bigint;
    paidOutMinor: bigint;
  };
}

const ENDED = ['rejected', 'withdrawn', 'cancelled'];

/** Funnel, totals and who blocks, from one snapshot. Errors: DEALS_DEAL_NOT_FOUND. */
export async function getDealOverview(ctx: Ctx, dealId: string): Promise<DealOverview> {
  return ctx.read(async (work) => {
    const [{ deal, companyName }, settlement, participations, commitments, incidents] = await Promise.all([
      findDeal(work, dealId),
      findSettlement(work, dealId),
      listParticipations(work, { dealId }),
      listCommitments(work, { dealId }),
      listOpenIncidents(work, dealId),
    ]);
    const state = { id: deal.id, status: deal.status, settlement: settlement ?? null, participations, commitments };
    return {
      deal,
      companyName,
      settlement: settlement ?? null,
      participations,
      commitments,
      blockers: findBlockers(state),
      incidents,
      totals: totalsOf(participations, commitments),
    };
  });
}

function totalsOf(participations: Participation[], commitments: Commitment[]): DealOverview['totals'] {
  const sells = participations.filter((row) => !ENDED.includes(row.status));
  const buys = commitments.filter((row) => !ENDED.includes(row.status));
  const funded = buys.filter((row) => row.status === 'funded' || row.status === 'complete');
  return {
    sharesOffered: sumBigint(sells.map((row) => row.requestedShares)),
    sharesApproved: sumBigint(sells.map((row) => row.approvedShares ?? 0n)),
    sharesAllocated: sumBigint(sells.map((row) => row.allocatedShares)),
    committedMinor: sumBigint(buys.map((row) => row.amountMinor)),
    allocatedMinor: sumBigint(buys.map((row) => row.allocatedMinor)),
    fundedMinor: sumBigint(funded.map((row) => row.allocatedMinor)),
    paidOutMinor: sumBigint(sells.filter((row) => row.status === 'paid').map((row) => row.proceedsMinor)),
  };
}
