import { newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { findInstrument } from '../instruments/store.ts';
import { lockSource } from '../observations/store.ts';
import type { Source } from '../observations/tables.ts';
import { type Figure, isReviewable, type Reason } from '../quality/figure.ts';
import { screen } from '../quality/screen.ts';
import { screenState } from '../quality/store.ts';
import { insertEntry } from './entry-store.ts';
import { sourceErrors } from './errors.ts';
import { rulesOf } from './settings.ts';
import { findSourceView } from './store.ts';
import type { PriceEntry } from './tables.ts';

/** A range as an operator enters it. */
export interface EnteredRange {
  lowMicros: bigint;
  midMicros: bigint;
  highMicros: bigint;
}

export interface EntryInput extends EnteredRange {
  instrumentId: string;
  validAt: Date;
  kind: PriceEntry['figureKind'];
  /** Where it is from, as it will be cited. */
  edition: string;
  reason: string;
}

export interface CorrectionInput extends EnteredRange {
  sourceId: string;
  instrumentId: string;
  validAt: Date;
  reason: string;
}

/**
 * Proposes a figure of the operators' own; it is published when another operator approves. What the quality rules doubt of it
 * is shown to them. Errors: MARKET_INSTRUMENT_NOT_FOUND, MARKET_ENTRY_INVALID.
 */
export function proposeEntry(ctx: Ctx, input: EntryInput): Promise<PriceEntry> {
  return ctx.transaction('ProposeEntry', async (tx) => {
    const { source } = await findSourceView(tx, { code: 'desk' });
    return propose(tx, await lockSource(tx, source.sourceId), 'entry', input);
  });
}

/**
 * Proposes what a recorded figure should have been. The figure stays as it was known; the correction is recorded beside it, as
 * of then, when another operator approves. Errors: MARKET_SOURCE_NOT_FOUND, MARKET_INSTRUMENT_NOT_FOUND,
 * MARKET_CORRECTION_UNKNOWN_FIGURE, MARKET_ENTRY_INVALID.
 */
export function proposeCorrection(ctx: Ctx, input: CorrectionInput): Promise<PriceEntry> {
  return ctx.transaction('ProposeCorrection', async (tx) => {
    const source = await lockSource(tx, input.sourceId);
    const [corrected] = await tx.sql<{ kind: PriceEntry['figureKind']; edition: string }[]>`
      select kind, edition from observation where instrument_id = ${input.instrumentId} and source_id = ${input.sourceId}
        and valid_at = ${input.validAt} and kind <> 'simulated' order by recorded_at desc limit 1`;
    if (!corrected) throw sourceErrors.error('MARKET_CORRECTION_UNKNOWN_FIGURE');
    const edition = `${corrected.edition.slice(0, 400)}, corrected by LithiumBuy on ${tx.now.toISOString()}`;
    return propose(tx, source, 'correction', { ...input, kind: corrected.kind, edition });
  });
}

async function propose(
  tx: Tx,
  source: Source,
  purpose: PriceEntry['purpose'],
  { kind, ...input }: EntryInput,
): Promise<PriceEntry> {
  const { lowMicros, midMicros, highMicros, instrumentId, validAt, edition, reason } = input;
  const doubts = await doubtsOf(tx, source, {
    ...{ instrumentId, symbol: '', edition, validAt, lowMicros, midMicros, highMicros, kind },
    ...{ stated: {}, citationUrl: null },
  });
  if (!isReviewable(doubts)) throw sourceErrors.error('MARKET_ENTRY_INVALID', `It is ${doubts.join(', ')}.`);
  const row: PriceEntry = {
    ...{
      entryId: newId(),
      sourceId: source.sourceId,
      instrumentId,
      purpose,
      validAt,
      lowMicros,
      midMicros,
      highMicros,
    },
    ...{ figureKind: kind, edition, reason, doubts, status: 'proposed', enteredBy: tx.actor.id, enteredAt: tx.now },
    ...{ decidedBy: null, decidedAt: null, decision: null },
  };
  await insertEntry(tx, row);
  return row;
}

/** What the rules say of it. That somebody must look at it is what is happening. */
async function doubtsOf(tx: Tx, source: Source, figure: Figure & { instrumentId: string }): Promise<Reason[]> {
  const basis = await findInstrument(tx, figure.instrumentId);
  const { schedule } = await findSourceView(tx, source);
  const own = rulesOf(source.kind, schedule?.rules ?? {});
  const rules = { ...own, reviewAlways: false, citationRequired: false, statedRequired: [] };
  const state = await screenState(tx, source, [basis], [figure], rules);
  return screen(state, [figure], rules).kept.flatMap(({ reasons }) => reasons);
}
