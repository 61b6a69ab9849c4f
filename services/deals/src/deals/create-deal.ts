import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { findCompany } from '../companies/store.ts';
import { dealsErrors } from '../errors.ts';
import type { Deal } from '../schema.ts';
import { checkTerms } from './deal.ts';
import { insertDeal } from './store.ts';

export type NewDeal = Omit<Deal, 'id' | 'status' | 'priceMinor' | 'createdAt'>;

/** Drafts a deal; nobody but operators sees it until it is opened. Errors: DEALS_DEAL_TERMS_INVALID, DEALS_COMPANY_NOT_FOUND. */
export async function createDeal(ctx: Ctx, terms: NewDeal): Promise<Deal> {
  checkTerms(terms);
  return ctx.transaction('CreateDeal', async (tx) => {
    if (!(await findCompany(tx, terms.companyId))) throw dealsErrors.error('DEALS_COMPANY_NOT_FOUND');
    const row: Deal = { ...terms, id: newId(), status: 'draft', priceMinor: null, createdAt: tx.now };
    await insertDeal(tx, row);
    return row;
  });
}
