import { moneyToJson } from '@clearlot/kernel';
import { operators, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { commitmentNextSteps } from '../commitments/commitment.ts';
import { commitmentShape, presentCommitment } from '../commitments/routes.ts';
import { dealShape, presentDeal } from '../deals/routes.ts';
import { participationNextSteps } from '../participations/participation.ts';
import { participationShape, presentParticipation } from '../participations/routes.ts';
import { idParams, moneyOut } from '../shapes.ts';
import { awaited } from './blockers.ts';
import { type DealOverview, getDealOverview } from './deal-overview.ts';
import { type DealStanding, getDealStatus } from './deal-status.ts';

const standingShape = z.object({
  deal: dealShape,
  dealId: z.string(),
  dealName: z.string(),
  dealStatus: z.string(),
  role: z.enum(['seller', 'buyer', 'operator']),
  status: z.string(),
  nextStep: z.string(),
  currency: z.string(),
  price: moneyOut.nullable(),
  amounts: z.object({
    sharesOffered: z.number(),
    sharesAllocated: z.number(),
    proceeds: moneyOut,
    committed: moneyOut,
    allocated: moneyOut,
  }),
  participations: z.array(participationShape),
  commitments: z.array(commitmentShape),
  agreements: z.array(
    z.object({
      agreementId: z.string(),
      documentId: z.string().nullable(),
      shares: z.number(),
      amount: moneyOut,
      sellerSignedAt: z.string().nullable(),
      buyerSignedAt: z.string().nullable(),
    }),
  ),
  timeline: z.array(
    z.object({
      at: z.string(),
      subjectType: z.string(),
      subjectId: z.string(),
      status: z.string(),
      note: z.string().nullable(),
    }),
  ),
});

const overviewShape = dealShape.extend({
  funnel: z.object({
    participations: z.record(z.string(), z.number()),
    commitments: z.record(z.string(), z.number()),
  }),
  totals: z.object({
    sharesOffered: z.number(),
    sharesApproved: z.number(),
    sharesAllocated: z.number(),
    amountCommitted: moneyOut,
    amountAllocated: moneyOut,
    amountFunded: moneyOut,
    amountPaidOut: moneyOut,
  }),
  settlement: z
    .object({
      state: z.string(),
      deadlineAt: z.string().nullable(),
      blockedReason: z.string().nullable(),
      startedAt: z.string(),
    })
    .nullable(),
  blockers: z.array(z.object({ userId: z.string().nullable(), what: z.enum(awaited), subjectId: z.string() })),
  incidents: z.array(z.object({ kind: z.string(), detail: z.string(), at: z.string() })),
  participations: z.array(participationShape.extend({ sellerId: z.string(), minimumPrice: moneyOut.nullable() })),
  commitments: z.array(commitmentShape.extend({ buyerId: z.string() })),
});

export const overviewRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/deals/:id/status',
    access: signedIn,
    summary: 'Your part in a deal: status, amounts, next step, timeline',
    params: idParams,
    response: standingShape,
    action: (ctx, { params }) => getDealStatus(ctx, params.id),
    present: presentStanding,
  }),
  route({
    method: 'GET',
    path: '/api/admin/deals/:id',
    access: operators,
    summary: 'A deal as it is run: funnel, totals, who blocks',
    params: idParams,
    response: overviewShape,
    action: (ctx, { params }) => getDealOverview(ctx, params.id),
    present: presentOverview,
  }),
];

function presentStanding(standing: DealStanding) {
  const { deal, companyName, role, participations, commitments, agreements, timeline } = standing;
  const money = (minor: bigint) => moneyToJson(minor, deal.currency);
  const participation = participations.at(-1);
  const commitment = commitments.at(-1);
  const own = role === 'operator' ? undefined : (participation ?? commitment);
  const nextStep =
    role === 'operator'
      ? 'See who the deal waits for'
      : participation
        ? participationNextSteps[participation.status]
        : commitment
          ? commitmentNextSteps[commitment.status]
          : '';
  return {
    deal: presentDeal({ deal, companyName }),
    dealId: deal.id,
    dealName: deal.name,
    dealStatus: deal.status,
    role,
    status: own?.status ?? deal.status,
    nextStep,
    currency: deal.currency,
    price: deal.priceMinor === null ? null : money(deal.priceMinor),
    amounts: {
      sharesOffered: Number(participation?.requestedShares ?? 0n),
      sharesAllocated: Number(participation?.allocatedShares ?? commitment?.allocatedShares ?? 0n),
      proceeds: money(participation?.proceedsMinor ?? 0n),
      committed: money(commitment?.amountMinor ?? 0n),
      allocated: money(commitment?.allocatedMinor ?? 0n),
    },
    participations: participations.map(presentParticipation),
    commitments: commitments.map((row) => presentCommitment(row, deal.currency)),
    agreements: agreements.map((row) => ({
      agreementId: row.id,
      documentId: row.documentId,
      shares: Number(row.shares),
      amount: money(row.amountMinor),
      sellerSignedAt: row.sellerSignedAt?.toISOString() ?? null,
      buyerSignedAt: row.buyerSignedAt?.toISOString() ?? null,
    })),
    timeline: timeline.map(({ at, subjectType, subjectId, status, note }) => ({
      at: at.toISOString(),
      subjectType,
      subjectId,
      status,
      note,
    })),
  };
}

function presentOverview(overview: DealOverview) {
  const { deal, settlement, totals, participations, commitments } = overview;
  const money = (minor: bigint) => moneyToJson(minor, deal.currency);
  return {
    ...presentDeal(overview),
    funnel: {
      participations: countBy(participations.map((row) => row.status)),
      commitments: countBy(commitments.map((row) => row.status)),
    },
    totals: {
      sharesOffered: Number(totals.sharesOffered),
      sharesApproved: Number(totals.sharesApproved),
      sharesAllocated: Number(totals.sharesAllocated),
      amountCommitted: money(totals.committedMinor),
      amountAllocated: money(totals.allocatedMinor),
      amountFunded: money(totals.fundedMinor),
      amountPaidOut: money(totals.paidOutMinor),
    },
    settlement: settlement && {
      state: settlement.state,
      deadlineAt: settlement.deadlineAt?.toISOString() ?? null,
      blockedReason: settlement.blockedReason,
      startedAt: settlement.startedAt.toISOString(),
    },
    blockers: overview.blockers,
    incidents: overview.incidents.map(({ kind, detail, at }) => ({ kind, detail, at: at.toISOString() })),
    participations: participations.map((row) => ({
      ...presentParticipation(row),
      sellerId: row.sellerId,
      minimumPrice: row.minimumPriceMinor === null ? null : money(row.minimumPriceMinor),
    })),
    commitments: commitments.map((row) => ({ ...presentCommitment(row, deal.currency), buyerId: row.buyerId })),
  };
}

function countBy(statuses: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
