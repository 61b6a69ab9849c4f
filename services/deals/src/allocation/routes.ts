import { moneyToJson, parsePositiveMoney } from '@clearlot/kernel';
import { operators, type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams, money, moneyOut } from '../shapes.ts';
import { allocateDeal, type DealAllocation, previewAllocation } from './allocate-deal.ts';

const side = { requestedShares: z.number(), allocatedShares: z.number(), reason: z.string() };

export const allocationRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/admin/deals/:id/allocate',
    access: operators,
    summary: 'Preview an allocation at a price, or apply it',
    params: idParams,
    body: z.object({
      price: money,
      rule: z.literal('pro-rata').default('pro-rata'),
      apply: z.boolean().default(false),
    }),
    response: z.object({
      dealId: z.string(),
      applied: z.boolean(),
      rule: z.string(),
      price: moneyOut,
      currency: z.string(),
      supplyShares: z.number(),
      demandShares: z.number(),
      targetShares: z.number(),
      totalShares: z.number(),
      totalAmount: moneyOut,
      participations: z.array(z.object({ participationId: z.string(), ...side, proceeds: moneyOut })),
      commitments: z.array(
        z.object({
          commitmentId: z.string(),
          ...side,
          commitmentAmount: moneyOut,
          allocatedAmount: moneyOut,
          unusedAmount: moneyOut,
        }),
      ),
    }),
    action: (ctx, { params, body }) => {
      const input = {
        dealId: params.id,
        rule: body.rule,
        priceMinor: (currency: string) => parsePositiveMoney(body.price, currency),
      };
      return body.apply ? allocateDeal(ctx, input) : previewAllocation(ctx, input);
    },
    present: presentAllocation,
  }),
];

function presentAllocation({ deal, allocation, applied }: DealAllocation) {
  const amount = (minor: bigint) => moneyToJson(minor, deal.currency);
  return {
    dealId: deal.id,
    applied,
    rule: allocation.rule,
    price: amount(allocation.priceMinor),
    currency: deal.currency,
    supplyShares: Number(allocation.supplyShares),
    demandShares: Number(allocation.demandShares),
    targetShares: Number(allocation.targetShares),
    totalShares: Number(allocation.clearedShares),
    totalAmount: amount(allocation.clearedMinor),
    participations: allocation.sells.map((each) => ({
      participationId: each.id,
      requestedShares: Number(each.offeredShares),
      allocatedShares: Number(each.allocatedShares),
      proceeds: amount(each.proceedsMinor),
      reason: each.reason,
    })),
    commitments: allocation.buys.map((each) => ({
      commitmentId: each.id,
      requestedShares: Number(each.demandShares),
      allocatedShares: Number(each.allocatedShares),
      commitmentAmount: amount(each.requestedMinor),
      allocatedAmount: amount(each.allocatedMinor),
      unusedAmount: amount(each.unusedMinor),
      reason: each.reason,
    })),
  };
}
