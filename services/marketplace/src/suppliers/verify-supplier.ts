import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import { lockSupplier, saveSupplier } from './store.ts';
import { reviewed } from './supplier.ts';
import type { Supplier } from './tables.ts';

/**
 * An operator's decision on an application. With it the supplier's products and certificates are seen by everybody, or
 * not. Errors: MARKETPLACE_SUPPLIER_NOT_FOUND, MARKETPLACE_SUPPLIER_WRONG_STATUS.
 */
export async function verifySupplier(
  ctx: Ctx,
  input: { supplierId: string; verified: boolean; notes?: string | undefined },
): Promise<Supplier> {
  return ctx.transaction('VerifySupplier', async (tx) => {
    const before = await lockSupplier(tx, input.supplierId);
    if (!before) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    const status = reviewed(before.status, input.verified);
    const { notes } = input;
    const data = { supplierName: before.legalName, ...(notes ? { notes } : {}) };
    tx.notify(before.ownerId, input.verified ? 'supplier_verified' : 'supplier_rejected', data);
    return saveSupplier(tx, before, { status, notes: notes ?? null, decidedAt: tx.now }, `supplier.${status}`);
  });
}
