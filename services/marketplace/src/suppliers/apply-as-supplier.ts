import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import type { Profile } from './shapes.ts';
import { insertSupplier } from './store.ts';
import type { Supplier } from './tables.ts';

/** Begins an application, one for each person. Errors: MARKETPLACE_SUPPLIER_EXISTS. */
export async function applyAsSupplier(ctx: Ctx, input: Profile): Promise<Supplier> {
  return ctx.transaction('ApplyAsSupplier', async (tx) => {
    const row: Supplier = {
      id: newId(),
      ownerId: ctx.actor.id,
      ...input,
      status: 'draft',
      notes: null,
      submittedAt: null,
      decidedAt: null,
      deliveredOrders: 0,
      createdAt: tx.now,
      updatedAt: tx.now,
    };
    if (!(await insertSupplier(tx, row))) throw supplierErrors.error('MARKETPLACE_SUPPLIER_EXISTS');
    return row;
  });
}
