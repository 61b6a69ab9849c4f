import { type Deal as DealMessage, type DealsServiceServer, DealsServiceService } from '@clearlot/proto/deals/v1/deals';
import { rpcs } from '@clearlot/service';
import type { Clients } from './clients.ts';
import { commitFunds } from './commitments/commit-funds.ts';
import { type DealView, findDeal, listActiveDeals } from './deals/store.ts';
import { acceptTerms } from './shapes.ts';

/** Door 2: partner systems, under the same rules as people. */
export const dealsRpcs = rpcs<DealsServiceServer, Clients>(DealsServiceService, {
  listActiveDeals: {
    access: { roles: ['*'], services: ['marketplace'] },
    action: async (ctx) => ({
      deals: (await ctx.read((work) => listActiveDeals(work, ctx.clock.now()))).map(toMessage),
    }),
  },
  getDeal: {
    access: { roles: ['*'], services: ['marketplace'] },
    action: async (ctx, { dealId }) => ({ deal: toMessage(await ctx.read((work) => findDeal(work, dealId))) }),
  },
  commitFunds: {
    access: { roles: ['buyer'] },
    action: async (ctx, request) => {
      acceptTerms.parse(request.acceptTerms);
      const { commitment } = await commitFunds(ctx, {
        dealId: request.dealId,
        accreditationId: request.accreditationId,
        amountMinor: () => request.amountMinor,
      });
      return { commitmentId: commitment.id, status: commitment.status };
    },
  },
});

function toMessage({ deal, companyName }: DealView): DealMessage {
  return {
    dealId: deal.id,
    companyId: deal.companyId,
    companyName,
    name: deal.name,
    status: deal.status,
    currency: deal.currency,
    priceMinMinor: deal.priceMinMinor,
    priceMaxMinor: deal.priceMaxMinor,
    targetShares: deal.targetShares,
    minimumTicketMinor: deal.minimumTicketMinor,
    maximumTicketMinor: deal.maximumTicketMinor,
    opensAt: deal.opensAt,
    closesAt: deal.closesAt,
  };
}
