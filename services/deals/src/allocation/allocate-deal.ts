import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { listCommitments, lockCommitments, saveCommitment } from '../commitments/store.ts';
import { checkDecidable, moveDeal } from '../deals/deal.ts';
import { findDeal, lockDeal, saveDeal } from '../deals/store.ts';
import { dealsErrors } from '../errors.ts';
import { listParticipations, lockParticipations, saveParticipation } from '../participations/store.ts';
import type { Commitment, Deal, Participation } from '../schema.ts';
import { type Allocation, allocate } from './allocation.ts';

export interface AllocationRequest {
  dealId: string;
  rule: 'pro-rata';
  priceMinor: (currency: string) => bigint;
}

export interface DealAllocation {
  deal: Deal;
  allocation: Allocation;
  applied: boolean;
}

/**
 * What allocating at a price would give, to the share and the cent on both sides; changes nothing. Errors:
 * DEALS_DEAL_NOT_FOUND, DEALS_DEAL_WRONG_STATUS, DEALS_PRICE_OUT_OF_RANGE, DEALS_ALLOCATION_….
 */
export async function previewAllocation(ctx: Ctx, input: AllocationRequest): Promise<DealAllocation> {
  return ctx.read(async (work) => {
    const { deal } = await findDeal(work, input.dealId);
    checkDecidable(deal.status);
    const [sells, buys] = await Promise.all([
      listParticipations(work, { dealId: deal.id }),
      listCommitments(work, { dealId: deal.id }),
    ]);
    return { deal, allocation: compute(deal, sells, buys, input), applied: false };
  });
}

/** Allocates a deal at a price, replacing an earlier allocation that is not locked. Errors: as previewAllocation. */
export async function allocateDeal(ctx: Ctx, input: AllocationRequest): Promise<DealAllocation> {
  return ctx.transaction('AllocateDeal', async (tx) => {
    const before = await lockDeal(tx, input.dealId);
    checkDecidable(before.status);
    const sells = await lockParticipations(tx, before.id);
    const buys = await lockCommitments(tx, before.id);
    const allocation = compute(before, sells, buys, input);
    const change = { status: moveDeal(before.status, 'allocated'), priceMinor: allocation.priceMinor };
    const deal = await saveDeal(tx, before, change);
    await saveSells(tx, sells, allocation);
    await saveBuys(tx, buys, allocation, deal.currency);
    return { deal, allocation, applied: true };
  });
}

const decided = (row: { status: string }) => row.status === 'approved' || row.status === 'allocated';

function compute(deal: Deal, sells: Participation[], buys: Commitment[], input: AllocationRequest): Allocation {
  const priceMinor = input.priceMinor(deal.currency);
  if (priceMinor < deal.priceMinMinor || priceMinor > deal.priceMaxMinor) {
    throw dealsErrors.error('DEALS_PRICE_OUT_OF_RANGE', undefined, [{ pointer: '/price', message: 'is out of range' }]);
  }
  return allocate({
    rule: input.rule,
    priceMinor,
    targetShares: deal.targetShares,
    sells: sells.filter(decided).map((row) => ({
      id: row.id,
      shares: row.approvedShares ?? 0n,
      minimumPriceMinor: row.minimumPriceMinor,
      submittedAt: row.submittedAt,
    })),
    buys: buys.filter(decided).map((row) => ({
      id: row.id,
      amountMinor: row.amountMinor,
      submittedAt: row.submittedAt,
    })),
  });
}

async function saveSells(tx: Tx, rows: Participation[], allocation: Allocation): Promise<void> {
  const byId = new Map(allocation.sells.map((each) => [each.id, each]));
  for (const row of rows) {
    const given = byId.get(row.id);
    if (!given) continue;
    const status = given.allocatedShares > 0n ? 'allocated' : 'approved';
    const { allocatedShares, proceedsMinor } = given;
    await saveParticipation(tx, row, { status, allocatedShares, proceedsMinor });
  }
}

async function saveBuys(tx: Tx, rows: Commitment[], allocation: Allocation, currency: string): Promise<void> {
  const byId = new Map(allocation.buys.map((each) => [each.id, each]));
  for (const row of rows) {
    const given = byId.get(row.id);
    if (!given) continue;
    const status = given.allocatedShares > 0n ? 'allocated' : 'approved';
    const { allocatedShares, allocatedMinor } = given;
    await saveCommitment(tx, row, { status, allocatedShares, allocatedMinor }, currency);
  }
}
