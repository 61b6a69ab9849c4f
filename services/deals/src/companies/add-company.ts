import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { dealsErrors } from '../errors.ts';
import { type Company, insertCompany } from './store.ts';

/** Adds a company whose shares can be dealt in. Errors: DEALS_COMPANY_EXISTS. */
export async function addCompany(ctx: Ctx, input: { name: string; legalName?: string | undefined }): Promise<Company> {
  return ctx.transaction('AddCompany', async (tx) => {
    const row = { id: newId(), name: input.name, legalName: input.legalName ?? input.name, createdAt: tx.now };
    if (!(await insertCompany(tx, row))) throw dealsErrors.error('DEALS_COMPANY_EXISTS');
    tx.audit({ action: 'company.added', entityType: 'company', entityId: row.id, after: row });
    return row;
  });
}
