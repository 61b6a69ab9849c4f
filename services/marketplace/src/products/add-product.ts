import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { lockSupplierOf } from '../suppliers/store.ts';
import { productErrors } from './errors.ts';
import type { ProductFields } from './shapes.ts';
import { insertProduct } from './store.ts';
import type { Product } from './tables.ts';

/** Lists a product of the actor's; others see it once its supplier is verified. Errors: MARKETPLACE_PRODUCT_NO_SUPPLIER. */
export async function addProduct(ctx: Ctx, fields: ProductFields): Promise<Product> {
  return ctx.transaction('AddProduct', async (tx) => {
    const supplier = await lockSupplierOf(tx, ctx.actor.id);
    if (!supplier) throw productErrors.error('MARKETPLACE_PRODUCT_NO_SUPPLIER');
    const row: Product = {
      id: newId(),
      supplierId: supplier.id,
      ownerId: ctx.actor.id,
      ...fields,
      status: 'listed',
      supplierName: supplier.legalName,
      supplierVerified: supplier.status === 'verified',
      createdAt: tx.now,
      updatedAt: tx.now,
    };
    await insertProduct(tx, row);
    return row;
  });
}
