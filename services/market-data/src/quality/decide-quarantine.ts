import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { announce } from '../observations/announce.ts';
import type { Latest } from '../observations/observation.ts';
import { lockSource } from '../observations/store.ts';
import { publishFigures } from '../sources/publish-figures.ts';
import { qualityErrors } from './errors.ts';
import { isReviewable } from './figure.ts';
import { lockQuarantined, saveDecision } from './store.ts';
import type { Quarantined } from './tables.ts';

/**
 * An operator believes a figure after all: it is recorded as of now, once. Errors: MARKET_QUARANTINE_NOT_FOUND,
 * MARKET_QUARANTINE_DECIDED, MARKET_QUARANTINE_NOT_RECORDABLE.
 */
export async function approveQuarantined(ctx: Ctx, input: { id: string; reason: string }): Promise<Quarantined> {
  let changed: readonly Latest[] = [];
  const decided = await ctx.transaction('ApproveQuarantined', async (tx) => {
    const row = await lockPending(tx, input.id);
    const { sourceId, instrumentId, figureKind: kind } = row;
    if (instrumentId === null || !isReviewable(row.reasons))
      throw qualityErrors.error('MARKET_QUARANTINE_NOT_RECORDABLE');
    const source = await lockSource(tx, sourceId);
    const { edition, validAt, lowMicros, midMicros, highMicros } = row;
    const figure = { instrumentId, edition, validAt, lowMicros, midMicros, highMicros, kind };
    changed = (await publishFigures(tx, source, [figure])).changed;
    return saveDecision(tx, row, 'approved', input.reason);
  });
  announce(ctx, changed);
  return decided;
}

/** An operator does not believe a figure. Errors: MARKET_QUARANTINE_NOT_FOUND, MARKET_QUARANTINE_DECIDED. */
export function rejectQuarantined(ctx: Ctx, input: { id: string; reason: string }): Promise<Quarantined> {
  return ctx.transaction('RejectQuarantined', async (tx) =>
    saveDecision(tx, await lockPending(tx, input.id), 'rejected', input.reason),
  );
}

async function lockPending(tx: Tx, id: string): Promise<Quarantined> {
  const row = await lockQuarantined(tx, id);
  if (row.status !== 'pending') throw qualityErrors.error('MARKET_QUARANTINE_DECIDED', `It is ${row.status}.`);
  return row;
}
