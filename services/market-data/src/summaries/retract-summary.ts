import type { Ctx } from '../clients.ts';
import { summaryErrors } from './errors.ts';
import { lockSummary, retractRevisions } from './store.ts';
import type { MarketSummary } from './tables.ts';

/**
 * An operator takes a day's summary back, with all its revisions, and says why; a new one comes only when it is asked for.
 * Errors: MARKET_SUMMARY_NOT_FOUND, MARKET_SUMMARY_RETRACTED.
 */
export function retractSummary(ctx: Ctx, summaryId: string, reason: string): Promise<MarketSummary> {
  return ctx.transaction('RetractSummary', async (tx) => {
    const before = await lockSummary(tx, summaryId);
    if (before.status === 'retracted') throw summaryErrors.error('MARKET_SUMMARY_RETRACTED');
    const retraction = { retractedBy: ctx.actor.id, retractedAt: tx.now, retractionReason: reason };
    await retractRevisions(tx, before, retraction);
    const entity = { entityType: 'market_summary', entityId: summaryId };
    tx.audit({ action: 'market_summary.retracted', ...entity, after: { reason } });
    return { ...before, status: 'retracted', ...retraction };
  });
}
