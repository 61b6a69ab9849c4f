import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import type { Clients, Ctx } from '../clients.ts';
import { fetchStandings, requestRelease, type Standings } from './request-release.ts';

type AccreditationDecided = ReturnType<typeof events.accreditationDecided.codec.decode>;

/** A buyer's standing changed: settlements that it blocked are tried again. */
export const onAccreditationDecided = reaction<AccreditationDecided, Clients, Map<string, Standings>>({
  name: 'on-accreditation-decided',
  type: events.accreditationDecided,
  prepare: async (ctx, event) => {
    if (event.status !== 'verified') return new Map();
    const blocked = await blockedDeals(ctx, event.userId);
    return new Map(await Promise.all(blocked.map(async (id) => [id, await fetchStandings(ctx, id)] as const)));
  },
  handle: async (tx, _event, standingsByDeal) => {
    for (const [dealId, standings] of standingsByDeal) await requestRelease(tx, dealId, standings);
  },
});

async function blockedDeals(ctx: Ctx, buyerId: string): Promise<string[]> {
  const rows = await ctx.read(
    ({ sql }) => sql<
      { deal_id: string }[]
    >`select s.deal_id from settlement s join commitment c on c.deal_id = s.deal_id
      where s.state = 'funding' and s.blocked_reason is not null and c.buyer_id = ${buyerId}`,
  );
  return rows.map((row) => row.deal_id);
}
