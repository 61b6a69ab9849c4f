import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import { lockSupplier, saveSupplier } from './store.ts';
import { suspended } from './supplier.ts';
import type { Supplier } from './tables.ts';

/**
 * Takes a verified supplier off the market with its products and certificates, or lets it back. Errors:
 * MARKETPLACE_SUPPLIER_NOT_FOUND, MARKETPLACE_SUPPLIER_WRONG_STATUS.
 */
export async function suspendSupplier(
  ctx: Ctx,
  input: { supplierId: string; suspended: boolean; notes: string },
): Promise<Supplier> {
  return ctx.transaction('SuspendSupplier', async (tx) => {
    const before = await lockSupplier(tx, input.supplierId);
    if (!before) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    const status = suspended(before.status, input.suspended);
    const data = { supplierName: before.legalName, notes: input.notes };
    tx.notify(before.ownerId, input.suspended ? 'supplier_suspended' : 'supplier_verified', data);
    const action = input.suspended ? 'supplier.suspended' : 'supplier.reinstated';
    return saveSupplier(tx, before, { status, notes: input.notes, decidedAt: tx.now }, action);
  });
}
