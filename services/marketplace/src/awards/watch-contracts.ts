import { events } from '@clearlot/proto/events';
import type { Timer } from '@clearlot/service';
import type { Clients, Ctx } from '../clients.ts';
import { moveContract } from './contract.ts';
import { listOverdueContracts, lockContract, saveContract } from './contract-store.ts';
import { endAward, lockAwardOf } from './end-award.ts';
import type { Contract } from './tables.ts';

/**
 * Contracts that were not signed in time are given up; an award without any other goes back to its buyer. Each has its own
 * transaction, which finds nothing to do when another replica was faster.
 */
export const watchContracts: Timer<Clients> = {
  name: 'watch-contracts',
  everyMs: 5_000,
  run: async (ctx) => {
    const overdue = await ctx.read((work) => listOverdueContracts(work, ctx.clock.now()));
    for (const contract of overdue) await giveUp(ctx, contract);
  },
};

async function giveUp(ctx: Ctx, { id, rfqId }: Contract): Promise<void> {
  await ctx.transaction('WatchContracts', async (tx) => {
    const locked = await lockAwardOf(tx, rfqId);
    const before = locked && (await lockContract(tx, id));
    const open = before?.status === 'requested' || before?.status === 'issued';
    if (!locked || !open || before.deadlineAt === null || before.deadlineAt >= tx.now) return;
    const reason = 'It was not signed in time.';
    await saveContract(tx, before, { status: moveContract(before.status, 'cancelled') });
    tx.emit(events.contractCancelled, id, { contractId: id, reason });
    const data = { rfqId, title: locked.rfq.title, contractId: id, reason };
    for (const userId of [before.buyerId, before.supplierOwnerId]) tx.notify(userId, 'contract_cancelled', data);
    await endAward(tx, locked);
  });
}
