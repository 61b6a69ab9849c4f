import type { Ctx } from '../clients.ts';
import { reviewErrors } from './errors.ts';
import type { Marks } from './review.ts';
import { lockReview, saveReview } from './store.ts';
import type { Review } from './tables.ts';

/** Replaces what the actor wrote before. Errors: MARKETPLACE_REVIEW_NOT_FOUND, also for somebody else's. */
export async function changeReview(
  ctx: Ctx,
  { reviewId, ...change }: Marks & { reviewId: string; text: string },
): Promise<Review> {
  return ctx.transaction('ChangeReview', async (tx) => {
    const before = await lockReview(tx, reviewId);
    if (before?.authorId !== ctx.actor.id) throw reviewErrors.error('MARKETPLACE_REVIEW_NOT_FOUND');
    return saveReview(tx, before, change);
  });
}
