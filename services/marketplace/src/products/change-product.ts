import type { Ctx } from '../clients.ts';
import { productErrors } from './errors.ts';
import type { ProductFields } from './shapes.ts';
import { lockProduct, saveProduct } from './store.ts';
import type { Product } from './tables.ts';

/** Replaces what is said of a product of the actor's. Errors: MARKETPLACE_PRODUCT_NOT_FOUND, also for somebody else's. */
export async function changeProduct(ctx: Ctx, productId: string, fields: ProductFields): Promise<Product> {
  return ctx.transaction('ChangeProduct', async (tx) => {
    const before = await lockProduct(tx, productId);
    if (before?.ownerId !== ctx.actor.id) throw productErrors.error('MARKETPLACE_PRODUCT_NOT_FOUND');
    return saveProduct(tx, before, fields, 'product.changed');
  });
}
