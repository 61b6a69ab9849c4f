import { moneyToJson, parsePositiveMoney } from '@clearlot/kernel';
import { operators, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { findDeal } from '../deals/store.ts';
import type { Commitment } from '../schema.ts';
import { acceptTerms, idParams, money, moneyOut } from '../shapes.ts';
import { commitFunds } from './commit-funds.ts';
import { commitmentNextSteps } from './commitment.ts';
import { decideCommitment } from './decide-commitment.ts';
import { listCommitments } from './store.ts';
import { withdrawCommitment } from './withdraw-commitment.ts';

export const commitmentShape = z.object({
  commitmentId: z.string(),
  dealId: z.string(),
  accreditationId: z.string(),
  status: z.string(),
  commitmentAmount: moneyOut,
  allocatedAmount: moneyOut,
  allocatedShares: z.number(),
  currency: z.string(),
  notes: z.string().nullable(),
  nextSteps: z.string(),
  submittedAt: z.string(),
});

export function presentCommitment(row: Commitment, currency: string) {
  return {
    commitmentId: row.id,
    dealId: row.dealId,
    accreditationId: row.accreditationId,
    status: row.status,
    commitmentAmount: moneyToJson(row.amountMinor, currency),
    allocatedAmount: moneyToJson(row.allocatedMinor, currency),
    allocatedShares: Number(row.allocatedShares),
    currency,
    notes: row.notes,
    nextSteps: commitmentNextSteps[row.status],
    submittedAt: row.submittedAt.toISOString(),
  };
}

export const commitmentRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/deals/:id/commit',
    access: { roles: ['buyer'] },
    summary: 'Commit funds to an open deal',
    status: 201,
    params: idParams,
    body: z.object({ commitmentAmount: money, accreditationId: z.uuid(), acceptTerms }),
    response: z.object({
      commitmentId: z.string(),
      status: z.string(),
      minimumTicket: moneyOut,
      maximumTicket: moneyOut,
      currency: z.string(),
      nextSteps: z.string(),
    }),
    action: (ctx, { params, body }) =>
      commitFunds(ctx, {
        dealId: params.id,
        accreditationId: body.accreditationId,
        amountMinor: (currency) => parsePositiveMoney(body.commitmentAmount, currency),
      }),
    present: ({ commitment, deal }) => ({
      commitmentId: commitment.id,
      status: commitment.status,
      minimumTicket: moneyToJson(deal.minimumTicketMinor, deal.currency),
      maximumTicket: moneyToJson(deal.maximumTicketMinor, deal.currency),
      currency: deal.currency,
      nextSteps: commitmentNextSteps[commitment.status],
    }),
  }),
  route({
    method: 'GET',
    path: '/api/commitments/my',
    access: signedIn,
    summary: 'Your commitments in all deals',
    response: z.array(commitmentShape),
    action: (ctx) =>
      ctx.read(async (work) => {
        const rows = await listCommitments(work, { buyerId: ctx.actor.id });
        return Promise.all(rows.map(async (row) => ({ row, deal: (await findDeal(work, row.dealId)).deal })));
      }),
    present: (rows) => rows.map(({ row, deal }) => presentCommitment(row, deal.currency)),
  }),
  route({
    method: 'POST',
    path: '/api/commitments/:id/withdraw',
    access: { roles: ['buyer'] },
    summary: 'Take a commitment back while the deal is open',
    params: idParams,
    response: commitmentShape,
    action: (ctx, { params }) => withdrawCommitment(ctx, params.id),
    present: ({ commitment, deal }) => presentCommitment(commitment, deal.currency),
  }),
  route({
    method: 'GET',
    path: '/api/admin/deals/:id/commitments',
    access: operators,
    summary: 'All commitments of a deal',
    params: idParams,
    response: z.array(commitmentShape.extend({ buyerId: z.string() })),
    action: (ctx, { params }) =>
      ctx.read(async (work) => {
        const { deal } = await findDeal(work, params.id);
        return { deal, rows: await listCommitments(work, { dealId: params.id }) };
      }),
    present: ({ deal, rows }) =>
      rows.map((row) => ({ ...presentCommitment(row, deal.currency), buyerId: row.buyerId })),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/commitments/:id',
    access: operators,
    summary: 'Approve, allocate or turn down a commitment',
    params: idParams,
    body: z.object({
      status: z.enum(['approved', 'allocated', 'rejected']),
      allocatedAmount: money.optional(),
      notes: z.string().max(2000).optional(),
    }),
    response: commitmentShape,
    action: (ctx, { params, body }) =>
      decideCommitment(ctx, {
        commitmentId: params.id,
        status: body.status,
        notes: body.notes,
        allocatedMinor: (currency) =>
          body.allocatedAmount === undefined ? undefined : parsePositiveMoney(body.allocatedAmount, currency),
      }),
    present: ({ commitment, deal }) => presentCommitment(commitment, deal.currency),
  }),
];
