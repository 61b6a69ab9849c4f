import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { isAccredited, type Standing } from '../commitments/commitment.ts';
import { listCommitments } from '../commitments/store.ts';
import { findDeal } from '../deals/store.ts';
import { moveSettlement } from './settlement.ts';
import { listAgreements, lockSettlement, raiseIncident, resolveIncidents, saveSettlement } from './store.ts';

/** Buyers' standing at identity, by commitment. */
export type Standings = ReadonlyMap<string, Standing>;

/** Asks identity about every buyer of a deal, each with the accreditation they committed under. Before a transaction. */
export async function fetchStandings(ctx: Ctx, dealId: string): Promise<Standings> {
  const rows = await ctx.read((work) => listCommitments(work, { dealId }));
  const active = rows.filter((row) => row.status === 'docs_signed' || row.status === 'funded');
  const standings = await Promise.all(
    active.map(async ({ id, buyerId, accreditationId }) => {
      const { people } = await ctx.clients.identity.getEligibility({ userIds: [buyerId], accreditationId });
      return [id, people[0]] as const;
    }),
  );
  return new Map(standings.flatMap(([id, standing]) => (standing ? [[id, standing] as const] : [])));
}

/**
 * The pivot's gate: once every buyer is funded and still accredited, escrow is to be released; a buyer who lost their
 * standing blocks it visibly and raises an incident. Does nothing while someone's money is missing.
 */
export async function requestRelease(tx: Tx, dealId: string, standings: Standings): Promise<void> {
  const settlement = await lockSettlement(tx, dealId);
  if (settlement?.state !== 'funding') return;
  const commitments = await listCommitments(tx, { dealId });
  if (commitments.some((row) => row.status === 'docs_signed' || row.status === 'allocated')) return;
  const funded = commitments.filter((row) => row.status === 'funded');
  const lost = funded.filter((row) => !isAccredited(standings.get(row.id)));
  if (lost.length > 0) {
    const detail = `Not accredited any more: ${lost.map((row) => row.buyerId).join(', ')}`;
    await saveSettlement(tx, settlement, { blockedReason: detail });
    await raiseIncident(tx, dealId, 'buyer_not_eligible', detail);
    return;
  }
  const { deal } = await findDeal(tx, dealId);
  const agreements = await listAgreements(tx, dealId);
  await saveSettlement(tx, settlement, {
    ...moveSettlement(settlement.state, 'releasing', tx.now),
    blockedReason: null,
  });
  await resolveIncidents(tx, dealId);
  tx.emit(events.releaseRequested, dealId, {
    dealId,
    settlementId: settlement.id,
    currency: deal.currency,
    items: agreements.map(({ commitmentId, participationId, sellerId, amountMinor }) => ({
      commitmentId,
      participationId,
      sellerId,
      amountMinor,
    })),
  });
}
