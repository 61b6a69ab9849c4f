import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { findCompany } from '../companies/store.ts';
import { dealsErrors } from '../errors.ts';
import type { Holding } from '../schema.ts';
import { insertHolding } from './store.ts';

/** Records shares a person says they own; they count once an operator verified them. Errors: DEALS_COMPANY_NOT_FOUND. */
export async function addHolding(
  ctx: Ctx,
  input: { companyId: string; shareType: string; quantity: bigint },
): Promise<Holding> {
  return ctx.transaction('AddHolding', async (tx) => {
    if (!(await findCompany(tx, input.companyId))) throw dealsErrors.error('DEALS_COMPANY_NOT_FOUND');
    const row: Holding = {
      id: newId(),
      ownerId: ctx.actor.id,
      ...input,
      reserved: 0n,
      status: 'pending',
      notes: null,
      originDealId: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    };
    insertHolding(tx, row);
    tx.audit({ action: 'holding.added', entityType: 'holding', entityId: row.id, after: input });
    return row;
  });
}
