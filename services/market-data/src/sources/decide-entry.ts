import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { announce } from '../observations/announce.ts';
import type { Latest } from '../observations/observation.ts';
import { lockSource } from '../observations/store.ts';
import { lockEntry, saveEntryDecision } from './entry-store.ts';
import { sourceErrors } from './errors.ts';
import { publishFigures } from './publish-figures.ts';
import type { PriceEntry } from './tables.ts';

/**
 * A second operator approves: the figure is recorded as of now, once. Errors: MARKET_ENTRY_NOT_FOUND, MARKET_ENTRY_DECIDED,
 * MARKET_ENTRY_SAME_PERSON.
 */
export async function approveEntry(ctx: Ctx, input: { id: string; reason: string }): Promise<PriceEntry> {
  let changed: readonly Latest[] = [];
  const decided = await ctx.transaction('ApproveEntry', async (tx) => {
    const entry = await lockProposed(tx, input.id);
    const source = await lockSource(tx, entry.sourceId);
    const { instrumentId, edition, validAt, lowMicros, midMicros, highMicros, figureKind: kind } = entry;
    const figure = { instrumentId, edition, validAt, lowMicros, midMicros, highMicros, kind };
    changed = (await publishFigures(tx, source, [figure])).changed;
    return saveEntryDecision(tx, entry, 'approved', input.reason);
  });
  announce(ctx, changed);
  return decided;
}

/**
 * A second operator declines. Errors: MARKET_ENTRY_NOT_FOUND, MARKET_ENTRY_DECIDED, MARKET_ENTRY_SAME_PERSON.
 */
export function rejectEntry(ctx: Ctx, input: { id: string; reason: string }): Promise<PriceEntry> {
  return ctx.transaction('RejectEntry', async (tx) =>
    saveEntryDecision(tx, await lockProposed(tx, input.id), 'rejected', input.reason),
  );
}

async function lockProposed(tx: Tx, id: string): Promise<PriceEntry> {
  const entry = await lockEntry(tx, id);
  if (entry.status !== 'proposed') throw sourceErrors.error('MARKET_ENTRY_DECIDED', `It is ${entry.status}.`);
  if (entry.enteredBy === tx.actor.id) throw sourceErrors.error('MARKET_ENTRY_SAME_PERSON');
  return entry;
}
