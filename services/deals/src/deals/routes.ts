import { currencyDigits, moneyToJson, parsePositiveMoney } from '@clearlot/kernel';
import {
  operators,
  operatorsLive,
  pageOf,
  pageQuery,
  type Route,
  readCursor,
  route,
  signedIn,
  toPage,
} from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import type { Deal } from '../schema.ts';
import { cancelDeal } from '../settlement/cancel-deal.ts';
import { lockAllocations } from '../settlement/lock-allocations.ts';
import { retryRelease } from '../settlement/retry-release.ts';
import { idParams, instant, money, moneyOut, shareCount } from '../shapes.ts';
import { closeDeal } from './close-deal.ts';
import { createDeal } from './create-deal.ts';
import { openDeal } from './open-deal.ts';
import { type DealView, findDeal, listActiveDeals, listDeals } from './store.ts';
import { riskDisclosures, termsVersion } from './terms.ts';

const status = z.enum(['draft', 'open', 'allocated', 'locked', 'settled', 'closed', 'cancelled']);

export const dealShape = z.object({
  dealId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  name: z.string(),
  status,
  targetShares: z.number(),
  priceMin: moneyOut,
  priceMax: moneyOut,
  price: moneyOut.nullable(),
  currency: z.string(),
  minimumTicket: moneyOut,
  maximumTicket: moneyOut,
  opensAt: z.string(),
  closesAt: z.string(),
  termsVersion: z.string(),
  riskDisclosures: z.array(z.string()),
});

export function presentDeal({ deal, companyName }: DealView) {
  const amount = (minor: bigint) => moneyToJson(minor, deal.currency);
  return {
    dealId: deal.id,
    companyId: deal.companyId,
    companyName,
    name: deal.name,
    status: deal.status,
    targetShares: Number(deal.targetShares),
    priceMin: amount(deal.priceMinMinor),
    priceMax: amount(deal.priceMaxMinor),
    price: deal.priceMinor === null ? null : amount(deal.priceMinor),
    currency: deal.currency,
    minimumTicket: amount(deal.minimumTicketMinor),
    maximumTicket: amount(deal.maximumTicketMinor),
    opensAt: deal.opensAt.toISOString(),
    closesAt: deal.closesAt.toISOString(),
    termsVersion,
    riskDisclosures,
  };
}

const statusShape = z.object({ dealId: z.string(), status });
const presentStatus = (deal: Deal) => ({ dealId: deal.id, status: deal.status });

export const dealRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/deals/active',
    access: signedIn,
    summary: 'Deals that take offers and commitments now',
    response: z.array(dealShape),
    action: (ctx) => ctx.read((work) => listActiveDeals(work, ctx.clock.now())),
    present: (rows) => rows.map(presentDeal),
  }),
  route({
    method: 'GET',
    path: '/api/deals/:id',
    access: signedIn,
    summary: 'A deal with its terms and risks',
    params: idParams,
    response: dealShape,
    action: (ctx, { params }) => ctx.read((work) => findDeal(work, params.id)),
    present: presentDeal,
  }),
  route({
    method: 'GET',
    path: '/api/admin/deals',
    access: operators,
    summary: 'All deals, newest first',
    query: pageQuery.extend({ status: status.optional() }),
    response: pageOf(dealShape),
    action: async (ctx, { query }) => {
      const filter = { ...(query.status ? { status: query.status } : {}), before: readCursor(query.cursor) };
      const rows = await ctx.read((work) => listDeals(work, { ...filter, limit: query.limit + 1 }));
      return toPage(
        rows.map((row) => ({ ...row, id: row.deal.id })),
        query.limit,
      );
    },
    present: (page) => ({ items: page.items.map(presentDeal), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/deals',
    access: operators,
    summary: 'Draft a deal',
    status: 201,
    body: z.object({
      companyId: z.uuid(),
      name: z.string().trim().min(1).max(200),
      targetShares: shareCount,
      priceMin: money,
      priceMax: money,
      currency: z.string().length(3).toUpperCase(),
      minimumTicket: money,
      maximumTicket: money,
      opensAt: instant,
      closesAt: instant,
    }),
    response: statusShape,
    action: (ctx, { body }) => {
      const { companyId, name, targetShares, currency, opensAt, closesAt } = body;
      // An unknown currency is refused before any amount is read in it.
      currencyDigits(currency);
      return createDeal(ctx, {
        companyId,
        name,
        targetShares,
        currency,
        opensAt,
        closesAt,
        priceMinMinor: parsePositiveMoney(body.priceMin, currency),
        priceMaxMinor: parsePositiveMoney(body.priceMax, currency),
        minimumTicketMinor: parsePositiveMoney(body.minimumTicket, currency),
        maximumTicketMinor: parsePositiveMoney(body.maximumTicket, currency),
      });
    },
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/admin/deals/:id/open',
    access: operators,
    summary: 'Open a drafted deal',
    params: idParams,
    response: statusShape,
    action: (ctx, { params }) => openDeal(ctx, params.id),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/admin/deals/:id/lock',
    access: operatorsLive,
    summary: 'Freeze the allocation and start settlement',
    params: idParams,
    response: statusShape.extend({ agreements: z.number() }),
    action: (ctx, { params }) => lockAllocations(ctx, params.id),
    present: ({ deal, agreements }) => ({ ...presentStatus(deal), agreements }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/deals/:id/release',
    access: operatorsLive,
    summary: 'Try the release again after what blocked it was resolved',
    params: idParams,
    response: z.object({ dealId: z.string(), state: z.string(), blockedReason: z.string().nullable() }),
    action: (ctx, { params }) => retryRelease(ctx, params.id),
    present: ({ dealId, state, blockedReason }) => ({ dealId, state, blockedReason }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/deals/:id/cancel',
    access: operatorsLive,
    summary: 'Call a deal off before its money is released',
    params: idParams,
    body: z.object({ reason: z.string().trim().min(1).max(500) }).optional(),
    response: statusShape,
    action: (ctx, { params, body }) =>
      cancelDeal(ctx, { dealId: params.id, reason: body?.reason ?? 'Called off by the operator.' }),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/admin/deals/:id/close',
    access: operatorsLive,
    summary: 'Close a settled deal',
    params: idParams,
    response: statusShape,
    action: (ctx, { params }) => closeDeal(ctx, params.id),
    present: presentStatus,
  }),
];
