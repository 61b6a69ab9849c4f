import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { checkDecidable, settledPrice } from '../deals/deal.ts';
import { lockDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import { lockHolding } from '../holdings/store.ts';
import type { Deal, Participation } from '../schema.ts';
import { checkApprovedShares, moveParticipation } from './participation.ts';
import { lockParticipation, saveParticipation } from './store.ts';

export interface ParticipationDecision {
  participationId: string;
  status: 'verified' | 'approved' | 'allocated' | 'rejected';
  approvedShares?: bigint | undefined;
  allocatedShares?: bigint | undefined;
  notes?: string | undefined;
}

/**
 * An operator's decision on an offer before the deal is locked. Approving an offer of a verified holding passes
 * through `verified`; approving fewer shares frees the rest. Errors: DEALS_PARTICIPATION_NOT_FOUND,
 * DEALS_DEAL_WRONG_STATUS, DEALS_HOLDING_NOT_VERIFIED, DEALS_PARTICIPATION_EXCEEDS_REQUEST,
 * DEALS_PARTICIPATION_WRONG_STATUS, DEALS_PRICE_NOT_SET.
 */
export async function decideParticipation(ctx: Ctx, input: ParticipationDecision): Promise<Participation> {
  return ctx.transaction('DecideParticipation', async (tx) => {
    const found = await tx.sql<
      { deal_id: string }[]
    >`select deal_id from participation where id = ${input.participationId}`;
    if (!found[0]) throw dealsErrors.error('DEALS_PARTICIPATION_NOT_FOUND');
    const deal = await lockDeal(tx, found[0].deal_id);
    checkDecidable(deal.status);
    const before = await lockParticipation(tx, input.participationId);
    if (!before) throw dealsErrors.error('DEALS_PARTICIPATION_NOT_FOUND');
    return decide(tx, deal, before, input);
  });
}

async function decide(tx: Tx, deal: Deal, before: Participation, input: ParticipationDecision): Promise<Participation> {
  const notes = input.notes ?? before.notes;
  switch (input.status) {
    case 'rejected': {
      const status = moveParticipation(before.status, 'rejected');
      return saveParticipation(tx, before, { status, notes, reservedShares: 0n, approvedShares: null }, input.notes);
    }
    case 'verified': {
      const status = moveParticipation(before.status, 'verified');
      await requireVerifiedHolding(tx, before.holdingId);
      return saveParticipation(tx, before, { status, notes });
    }
    case 'approved': {
      const approvedShares = input.approvedShares ?? before.requestedShares;
      checkApprovedShares(approvedShares, before.requestedShares);
      await requireVerifiedHolding(tx, before.holdingId);
      const verified =
        before.status === 'submitted'
          ? await saveParticipation(tx, before, { status: moveParticipation(before.status, 'verified') })
          : before;
      // Approving again changes the number of shares until the allocation.
      const status = verified.status === 'approved' ? 'approved' : moveParticipation(verified.status, 'approved');
      const change = { status, approvedShares, reservedShares: approvedShares, notes };
      return saveParticipation(tx, verified, { ...change, allocatedShares: 0n, proceedsMinor: 0n });
    }
    case 'allocated': {
      const allocatedShares = input.allocatedShares ?? before.approvedShares ?? 0n;
      checkApprovedShares(allocatedShares, before.approvedShares ?? 0n);
      const status = before.status === 'allocated' ? 'allocated' : moveParticipation(before.status, 'allocated');
      const proceedsMinor = allocatedShares * settledPrice(deal);
      return saveParticipation(tx, before, { status, allocatedShares, proceedsMinor, notes });
    }
  }
}

async function requireVerifiedHolding(tx: Tx, holdingId: string): Promise<void> {
  const holding = await lockHolding(tx, holdingId);
  if (holding?.status !== 'verified') throw dealsErrors.error('DEALS_HOLDING_NOT_VERIFIED');
}
