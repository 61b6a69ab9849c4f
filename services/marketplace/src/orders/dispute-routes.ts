import { kernelErrors, parseMoney } from '@clearlot/kernel';
import { operators, operatorsLive, pageOf, pageQuery, type Route, readCursor, route, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams, money } from '../shapes.ts';
import { listDisputes } from './dispute-store.ts';
import { disputeOutcomeShape, disputeShape, presentDispute, presentDisputeOutcome } from './present-dispute.ts';
import { proposeRelease } from './propose-release.ts';
import { acceptProposal, resolveDispute, withdrawDispute } from './resolve-dispute.ts';

const disputeParams = idParams.extend({ disputeId: z.uuid() });
const parties = ['buyer', 'supplier'];

/** Nothing at all may be released, but not less. */
function releaseOf(value: number | string) {
  return (currency: string) => {
    const minor = parseMoney(value, currency);
    if (minor < 0n) throw kernelErrors.error('MONEY_INVALID', 'The amount must not be below zero');
    return minor;
  };
}

export const disputeRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/orders/:id/disputes/:disputeId/propose',
    access: { roles: parties },
    summary: 'Propose what to release for a disputed delivery',
    params: disputeParams,
    body: z.object({ release: money }),
    response: disputeOutcomeShape,
    action: (ctx, { params, body }) =>
      proposeRelease(ctx, { orderId: params.id, disputeId: params.disputeId, releaseMinor: releaseOf(body.release) }),
    present: presentDisputeOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/disputes/:disputeId/accept',
    access: { roles: parties, live: true },
    summary: 'Accept what the other side proposed',
    params: disputeParams,
    // Repeated, so that a proposal changed meanwhile is not accepted unseen.
    body: z.object({ release: money.optional() }).nullish(),
    response: disputeOutcomeShape,
    action: (ctx, { params, body }) =>
      acceptProposal(ctx, {
        orderId: params.id,
        disputeId: params.disputeId,
        seenMinor: (currency) => (body?.release === undefined ? undefined : parseMoney(body.release, currency)),
      }),
    present: presentDisputeOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/disputes/:disputeId/withdraw',
    access: { roles: parties },
    summary: 'Take your dispute back',
    params: disputeParams,
    response: disputeOutcomeShape,
    action: (ctx, { params }) => withdrawDispute(ctx, { orderId: params.id, disputeId: params.disputeId }),
    present: presentDisputeOutcome,
  }),
  route({
    method: 'GET',
    path: '/api/admin/disputes',
    access: operators,
    summary: 'Disputes to decide',
    query: pageQuery.extend({ status: z.enum(['open', 'resolved', 'withdrawn']).optional() }),
    response: pageOf(disputeShape),
    action: async (ctx, { query }) => {
      const filter = { status: query.status, before: readCursor(query.cursor), limit: query.limit + 1 };
      return toPage(await ctx.read((work) => listDisputes(work, filter)), query.limit);
    },
    present: (page) => ({
      items: page.items.map((row) => presentDispute(row, row.currency)),
      nextCursor: page.nextCursor,
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/disputes/:id',
    access: operatorsLive,
    summary: 'Decide a dispute: what is released; the rest goes back',
    params: idParams,
    body: z.object({ release: money, resolution: z.string().trim().min(1).max(4000) }),
    response: disputeOutcomeShape,
    action: (ctx, { params, body }) =>
      resolveDispute(ctx, {
        disputeId: params.id,
        releaseMinor: releaseOf(body.release),
        resolution: body.resolution,
      }),
    present: presentDisputeOutcome,
  }),
];
