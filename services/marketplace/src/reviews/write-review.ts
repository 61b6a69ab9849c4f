import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { reviewErrors } from './errors.ts';
import { checkReviewable, type Marks } from './review.ts';
import { insertReview } from './store.ts';
import type { Review } from './tables.ts';

/**
 * A buyer's word on an order that was delivered and paid, one for each. Errors: MARKETPLACE_REVIEW_ORDER_NOT_FOUND,
 * MARKETPLACE_REVIEW_NOT_DELIVERED, MARKETPLACE_REVIEW_EXISTS.
 */
export async function writeReview(ctx: Ctx, input: Marks & { orderId: string; text: string }): Promise<Review> {
  return ctx.transaction('WriteReview', async (tx) => {
    const [order] = await tx.sql<{ supplierId: string; status: string }[]>`
      select supplier_id as "supplierId", status from purchase_order
      where id = ${input.orderId} and buyer_id = ${ctx.actor.id}`;
    if (!order) throw reviewErrors.error('MARKETPLACE_REVIEW_ORDER_NOT_FOUND');
    checkReviewable(order.status);
    const { supplierId } = order;
    const row = { id: newId(), supplierId, authorId: ctx.actor.id, ...input, createdAt: tx.now, updatedAt: tx.now };
    if (!(await insertReview(tx, row))) throw reviewErrors.error('MARKETPLACE_REVIEW_EXISTS');
    return row;
  });
}
