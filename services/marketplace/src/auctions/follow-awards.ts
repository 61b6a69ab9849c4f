import type { Timer } from '@clearlot/service';
import { and, asc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Clients, Ctx } from '../clients.ts';
import { named, offerLot, settleDeposits } from './announce.ts';
import { loadLog } from './house/store.ts';
import { nextInLine } from './next-in-line.ts';
import { listAwards, readAuction, saveAward } from './store.ts';
import { auctionAward } from './tables.ts';

/**
 * A lot that was not confirmed in time lapses; then, as after a refusal, the winner's deposit goes to the owner and the lot
 * is offered to the next in line, if there is one. Rows are claimed, so replicas do not repeat each other.
 */
export const followAwards: Timer<Clients> = {
  name: 'follow-awards',
  everyMs: 1_000,
  async run(ctx) {
    await lapseAwards(ctx);
    const defaulted = await ctx.read((work) =>
      work.db
        .select({ auctionId: auctionAward.auctionId })
        .from(auctionAward)
        .where(and(inArray(auctionAward.status, ['declined', 'lapsed']), isNull(auctionAward.followedAt)))
        .limit(50),
    );
    for (const { auctionId } of defaulted) await offerNext(ctx, auctionId);
  },
};

async function lapseAwards(ctx: Ctx): Promise<void> {
  await ctx.transaction('LapseAwards', async (tx) => {
    const late = await tx.db
      .select()
      .from(auctionAward)
      .where(and(eq(auctionAward.status, 'offered'), lte(auctionAward.confirmBy, tx.now)))
      .orderBy(asc(auctionAward.confirmBy))
      .limit(50)
      .for('update', { skipLocked: true });
    for (const row of late) await saveAward(tx, row, { status: 'lapsed', endedAt: tx.now });
  });
}

async function offerNext(ctx: Ctx, auctionId: string): Promise<void> {
  const { log } = await ctx.read((work) => loadLog(work, auctionId));
  await ctx.transaction('OfferNext', async (tx) => {
    const [defaulted] = await tx.db
      .select()
      .from(auctionAward)
      .where(
        and(
          eq(auctionAward.auctionId, auctionId),
          inArray(auctionAward.status, ['declined', 'lapsed']),
          isNull(auctionAward.followedAt),
        ),
      )
      .for('update', { skipLocked: true });
    if (!defaulted) return;
    const auction = await readAuction(tx, auctionId);
    const awards = await listAwards(tx, auctionId);
    settleDeposits(tx, auctionId, [{ depositId: defaulted.depositId, outcome: 'forfeit', payeeId: auction.ownerId }]);
    await saveAward(tx, defaulted, { followedAt: tx.now });
    const next = nextInLine(log.state, new Set(awards.map((each) => each.bidderId)));
    if (next) await offerLot(tx, auction, next, { rank: defaulted.rank + 1, depositId: null });
    const told = next ? 'It is offered to the next bidder.' : 'There is nobody left to offer it to.';
    tx.notify(auction.ownerId, 'auction_defaulted', { ...named(auction), next: told });
    tx.notify(defaulted.bidderId, defaulted.depositId ? 'auction_forfeited' : 'auction_passed_on', named(auction));
  });
}
