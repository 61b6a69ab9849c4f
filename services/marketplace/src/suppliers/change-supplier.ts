import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import type { Profile } from './shapes.ts';
import { lockSupplierOf, saveSupplier } from './store.ts';
import { checkIdentity } from './supplier.ts';
import type { Supplier } from './tables.ts';

/**
 * Replaces what a supplier says of itself. Name and country stay what an operator was shown. Errors:
 * MARKETPLACE_SUPPLIER_NOT_FOUND, MARKETPLACE_SUPPLIER_IDENTITY_FIXED.
 */
export async function changeSupplier(ctx: Ctx, input: Profile): Promise<Supplier> {
  return ctx.transaction('ChangeSupplier', async (tx) => {
    const before = await lockSupplierOf(tx, ctx.actor.id);
    if (!before) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    checkIdentity(before, input);
    return saveSupplier(tx, before, input, 'supplier.changed');
  });
}
