import { moneyToJson, parsePositiveMoney } from '@clearlot/kernel';
import { operators, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { findDeal } from '../deals/store.ts';
import type { Participation } from '../schema.ts';
import { acceptTerms, idParams, money, moneyOut, shareCount } from '../shapes.ts';
import { decideParticipation } from './decide-participation.ts';
import { participate } from './participate.ts';
import { estimatedValueMinor, participationNextSteps } from './participation.ts';
import { listParticipations } from './store.ts';
import { withdrawParticipation } from './withdraw-participation.ts';

export const participationShape = z.object({
  participationId: z.string(),
  dealId: z.string(),
  holdingId: z.string(),
  shareType: z.string(),
  status: z.string(),
  sharesToSell: z.number(),
  approvedShares: z.number().nullable(),
  allocatedShares: z.number(),
  notes: z.string().nullable(),
  nextSteps: z.string(),
  submittedAt: z.string(),
});

export function presentParticipation(row: Participation) {
  return {
    participationId: row.id,
    dealId: row.dealId,
    holdingId: row.holdingId,
    shareType: row.shareType,
    status: row.status,
    sharesToSell: Number(row.requestedShares),
    approvedShares: row.approvedShares === null ? null : Number(row.approvedShares),
    allocatedShares: Number(row.allocatedShares),
    notes: row.notes,
    nextSteps: participationNextSteps[row.status],
    submittedAt: row.submittedAt.toISOString(),
  };
}

export const participationRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/deals/:id/participate',
    access: { roles: ['seller'] },
    summary: 'Offer shares of a holding into an open deal',
    status: 201,
    params: idParams,
    body: z.object({ holdingId: z.uuid(), sharesToSell: shareCount, minimumPrice: money.optional(), acceptTerms }),
    response: z.object({
      participationId: z.string(),
      status: z.string(),
      estimatedValue: moneyOut,
      currency: z.string(),
      nextSteps: z.string(),
    }),
    action: (ctx, { params, body }) =>
      participate(ctx, {
        dealId: params.id,
        holdingId: body.holdingId,
        shares: body.sharesToSell,
        minimumPriceMinor: (currency) =>
          body.minimumPrice === undefined ? null : parsePositiveMoney(body.minimumPrice, currency),
      }),
    present: ({ participation, deal }) => {
      const offer = { shares: participation.requestedShares, minimumPriceMinor: participation.minimumPriceMinor };
      return {
        participationId: participation.id,
        status: participation.status,
        estimatedValue: moneyToJson(estimatedValueMinor(offer, deal.priceMinMinor), deal.currency),
        currency: deal.currency,
        nextSteps: participationNextSteps[participation.status],
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/participations/my',
    access: signedIn,
    summary: 'Your offers in all deals',
    response: z.array(participationShape),
    action: (ctx) => ctx.read((work) => listParticipations(work, { sellerId: ctx.actor.id })),
    present: (rows) => rows.map(presentParticipation),
  }),
  route({
    method: 'POST',
    path: '/api/participations/:id/withdraw',
    access: { roles: ['seller'] },
    summary: 'Take an offer back while the deal is open',
    params: idParams,
    response: participationShape,
    action: (ctx, { params }) => withdrawParticipation(ctx, params.id),
    present: presentParticipation,
  }),
  route({
    method: 'GET',
    path: '/api/admin/deals/:id/participations',
    access: operators,
    summary: 'All offers of a deal',
    params: idParams,
    response: z.array(participationShape.extend({ sellerId: z.string() })),
    action: (ctx, { params }) =>
      ctx.read(async (work) => {
        await findDeal(work, params.id);
        return listParticipations(work, { dealId: params.id });
      }),
    present: (rows) => rows.map((row) => ({ ...presentParticipation(row), sellerId: row.sellerId })),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/participations/:id',
    access: operators,
    summary: 'Verify, approve, allocate or turn down an offer',
    params: idParams,
    body: z.object({
      status: z.enum(['verified', 'approved', 'allocated', 'rejected']),
      approvedShares: shareCount.optional(),
      allocatedShares: shareCount.optional(),
      notes: z.string().max(2000).optional(),
    }),
    response: participationShape,
    action: (ctx, { params, body }) => decideParticipation(ctx, { participationId: params.id, ...body }),
    present: presentParticipation,
  }),
];
