import type { Ctx } from '../clients.ts';
import { readUpdates } from './show-auction.ts';
import { readAuction } from './store.ts';

const pageMax = 500;
/** A lost doorbell is made up for after this. */
const lookAgainMs = 2_000;

/**
 * Every entry of an auction's log after one, as everybody may see it, without gaps and in order, until the auction is over.
 * What is heard of commits only rings; what is sent is read from the log. Errors: MARKETPLACE_AUCTION_NOT_FOUND.
 */
export async function* watchAuction(ctx: Ctx, auctionId: string, after: number) {
  let last = after;
  let ring = () => {};
  const silence = ctx.clients.auctions.onCommit(auctionId, () => ring());
  try {
    for (;;) {
      const rung = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookAgainMs);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      const { status } = await ctx.read((work) => readAuction(work, auctionId));
      const updates = await readUpdates(ctx, auctionId, last, pageMax);
      for (const update of updates) {
        last = update.sequence;
        yield { sequence: BigInt(last), updateJson: JSON.stringify(update) };
      }
      if (updates.length === pageMax) continue;
      if (status === 'closed' || status === 'cancelled') return;
      await rung;
    }
  } finally {
    silence();
  }
}
