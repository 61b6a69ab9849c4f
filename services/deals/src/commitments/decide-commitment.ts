import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { checkDecidable, settledPrice } from '../deals/deal.ts';
import { lockDeal, saveDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import type { Commitment, Deal } from '../schema.ts';
import { allocatedSharesFor, checkAccredited, moveCommitment, type Standing } from './commitment.ts';
import { lockCommitment, saveCommitment } from './store.ts';

export interface CommitmentDecision {
  commitmentId: string;
  status: 'approved' | 'allocated' | 'rejected';
  allocatedMinor: (currency: string) => bigint | undefined;
  notes?: string | undefined;
}

/**
 * An operator's decision on a commitment before the deal is locked. Approval asks identity whether the buyer is
 * accredited now; an allocation by hand must be whole shares at the price. Errors: DEALS_COMMITMENT_NOT_FOUND,
 * DEALS_DEAL_WRONG_STATUS, DEALS_NOT_ELIGIBLE, DEALS_PRICE_NOT_SET, DEALS_COMMITMENT_ALLOCATION_INVALID,
 * DEALS_COMMITMENT_WRONG_STATUS.
 */
export async function decideCommitment(
  ctx: Ctx,
  input: CommitmentDecision,
): Promise<{ commitment: Commitment; deal: Deal }> {
  const [known] = await ctx.read(
    ({ sql }) => sql<{ deal_id: string; buyer_id: string; accreditation_id: string }[]>`
      select deal_id, buyer_id, accreditation_id from commitment where id = ${input.commitmentId}`,
  );
  if (!known) throw dealsErrors.error('DEALS_COMMITMENT_NOT_FOUND');
  const standing =
    input.status === 'rejected' ? undefined : await standingOf(ctx, known.buyer_id, known.accreditation_id);
  return ctx.transaction('DecideCommitment', async (tx) => {
    const deal = await lockDeal(tx, known.deal_id);
    checkDecidable(deal.status);
    const before = await lockCommitment(tx, input.commitmentId);
    if (!before) throw dealsErrors.error('DEALS_COMMITMENT_NOT_FOUND');
    return decide(tx, deal, before, input, standing);
  });
}

async function standingOf(ctx: Ctx, userId: string, accreditationId: string): Promise<Standing | undefined> {
  const { people } = await ctx.clients.identity.getEligibility({ userIds: [userId], accreditationId });
  return people[0];
}

async function decide(
  tx: Tx,
  deal: Deal,
  before: Commitment,
  input: CommitmentDecision,
  standing: Standing | undefined,
): Promise<{ commitment: Commitment; deal: Deal }> {
  const notes = input.notes ?? before.notes;
  const save = async (change: Partial<Commitment>, on = deal) => ({
    commitment: await saveCommitment(tx, before, { ...change, notes }, deal.currency, input.notes ?? null),
    deal: on,
  });
  if (input.status === 'rejected') return save({ status: moveCommitment(before.status, 'rejected') });
  checkAccredited(standing);
  if (input.status === 'approved') {
    return save({ status: moveCommitment(before.status, 'approved'), allocatedShares: 0n, allocatedMinor: 0n });
  }
  const priceMinor = settledPrice(deal);
  const allocatedMinor = input.allocatedMinor(deal.currency) ?? before.amountMinor - (before.amountMinor % priceMinor);
  const allocatedShares = allocatedSharesFor(allocatedMinor, before.amountMinor, priceMinor);
  const status = moveCommitment(before.status, 'allocated');
  const priced = deal.priceMinor === null ? await saveDeal(tx, deal, { priceMinor }) : deal;
  return save({ status, allocatedShares, allocatedMinor }, priced);
}
