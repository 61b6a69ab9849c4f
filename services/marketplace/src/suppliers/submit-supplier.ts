import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import { lockSupplierOf, saveSupplier, withFiles } from './store.ts';
import { submitted } from './supplier.ts';
import type { Supplier } from './tables.ts';

/**
 * Hands an application in for review. Errors: MARKETPLACE_SUPPLIER_NOT_FOUND, MARKETPLACE_SUPPLIER_WRONG_STATUS,
 * MARKETPLACE_SUPPLIER_INCOMPLETE.
 */
export async function submitSupplier(ctx: Ctx): Promise<Supplier> {
  return ctx.transaction('SubmitSupplier', async (tx) => {
    const before = await lockSupplierOf(tx, ctx.actor.id);
    if (!before) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    const [file] = await withFiles(tx, [before]);
    const evidenceCount = (file?.certificates.length ?? 0) + (file?.documents.length ?? 0);
    const status = submitted({ ...before, evidenceCount });
    tx.notify(before.ownerId, 'supplier_submitted', { supplierName: before.legalName });
    return saveSupplier(tx, before, { status, submittedAt: tx.now }, 'supplier.submitted');
  });
}
