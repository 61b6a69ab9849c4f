import type { Ctx } from '../clients.ts';
import { productErrors } from './errors.ts';
import { moveProduct, type ProductStatus } from './product.ts';
import { lockProduct, saveProduct } from './store.ts';
import type { Product } from './tables.ts';

/**
 * Takes a product of the actor's off the market or lists it again. Errors: MARKETPLACE_PRODUCT_NOT_FOUND, also for
 * somebody else's, MARKETPLACE_PRODUCT_WRONG_STATUS.
 */
export async function listProduct(ctx: Ctx, productId: string, to: ProductStatus): Promise<Product> {
  return ctx.transaction('ListProduct', async (tx) => {
    const before = await lockProduct(tx, productId);
    if (before?.ownerId !== ctx.actor.id) throw productErrors.error('MARKETPLACE_PRODUCT_NOT_FOUND');
    return saveProduct(tx, before, { status: moveProduct(before.status, to) }, `product.${to}`);
  });
}
