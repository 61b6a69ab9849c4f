import type { Ctx } from '../clients.ts';
import { dealsErrors } from '../errors.ts';
import type { Settlement } from '../schema.ts';
import { fetchStandings, requestRelease } from './request-release.ts';
import { findSettlement } from './store.ts';

/**
 * Tries the release again after whatever blocked it was resolved; answers the settlement as it stands then. Errors:
 * DEALS_DEAL_NOT_FOUND.
 */
export async function retryRelease(ctx: Ctx, dealId: string): Promise<Settlement> {
  const standings = await fetchStandings(ctx, dealId);
  return ctx.transaction('RetryRelease', async (tx) => {
    await requestRelease(tx, dealId, standings);
    const settlement = await findSettlement(tx, dealId);
    if (!settlement) throw dealsErrors.error('DEALS_DEAL_NOT_FOUND');
    tx.audit({ action: 'settlement.release_retried', entityType: 'settlement', entityId: dealId });
    return settlement;
  });
}
