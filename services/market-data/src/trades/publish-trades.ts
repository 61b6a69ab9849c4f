import { newId } from '@clearlot/kernel';
import type { Timer, Tx } from '@clearlot/service';
import { eq } from 'drizzle-orm';
import type { Clients, Ctx } from '../clients.ts';
import { type Basis, codeOf } from '../instruments/instrument.ts';
import { insertInstrument } from '../instruments/store.ts';
import { instrument } from '../instruments/tables.ts';
import { announce } from '../observations/announce.ts';
import type { Latest, ObservationInput } from '../observations/observation.ts';
import { publishFigures } from '../sources/publish-figures.ts';
import { decideWindow, type WindowDecision } from './anonymity.ts';
import { tradeWindowsTotal } from './metrics.ts';
import { basisOf, nameOf } from './platform-trade.ts';
import { findDueWindow, lockPlatform, lockWindow, saveDecision } from './store.ts';
import type { TradeRow } from './tables.ts';

/** Tells what was traded in windows that are over. Runs in every replica; a window is decided by one of them. */
export const publishTradesTimer: Timer<Clients> = { name: 'publish-trades', everyMs: 5_000, run: publishTrades };

/**
 * Decides every window that is over, once and for good, the oldest first: of each instrument one figure is published, or
 * nothing. While the source is disabled windows wait.
 */
export async function publishTrades(ctx: Ctx): Promise<void> {
  for (;;) {
    const due = await ctx.read((work) => findDueWindow(work, ctx.clock.now()));
    const decided =
      due && (await ctx.transaction('PublishTrades', (tx) => decide(tx, due, ctx.clients.trades.anonymity)));
    if (!decided) return;
    announce(ctx, decided.changed);
    for (const decision of decided.decisions) {
      tradeWindowsTotal.inc({ outcome: decision.outcome === 'withheld' ? decision.reason : decision.outcome });
    }
  }
}

interface Decided {
  decisions: readonly WindowDecision[];
  changed: readonly Latest[];
}

async function decide(tx: Tx, windowEnd: Date, anonymity: number): Promise<Decided | undefined> {
  const source = await lockPlatform(tx);
  if (!source.enabled) return undefined;
  const trades = await lockWindow(tx, windowEnd);
  const decisions: WindowDecision[] = [];
  const figures: ObservationInput[] = [];
  for (const [code, own] of Map.groupBy(trades, (each) => codeOf(basisOf(each)))) {
    const decision = decideWindow(own, anonymity);
    decisions.push(decision);
    await saveDecision(tx, own, decision.outcome);
    tx.audit({
      action: `trade_window.${decision.outcome}`,
      entityType: 'trade_window',
      entityId: `${code}/${windowEnd.toISOString()}`,
      after: { ...decision, trades: own.length },
    });
    const [first] = own;
    if (first && decision.outcome === 'published') figures.push(await figureOf(tx, first, decision.priceMicros));
  }
  const { changed } = await publishFigures(tx, source, figures);
  return { decisions, changed };
}

/** The figure of a window, by any one of its trades and their average. */
async function figureOf(
  tx: Tx,
  { windowStart, windowEnd, ...trade }: TradeRow,
  micros: bigint,
): Promise<ObservationInput> {
  return {
    instrumentId: await instrumentOf(tx, basisOf(trade)),
    edition: `Trades from ${windowStart.toISOString()} until ${windowEnd.toISOString()}`,
    validAt: windowEnd,
    ...{ lowMicros: micros, midMicros: micros, highMicros: micros, kind: 'trade' },
  };
}

/** The instrument with a basis. Made with its first figure, not before: the list of instruments would show a single trade. */
async function instrumentOf(tx: Tx, basis: Basis): Promise<string> {
  const code = codeOf(basis);
  const [known] = await tx.db.select().from(instrument).where(eq(instrument.code, code));
  if (known) return known.instrumentId;
  const row = { instrumentId: newId(), code, name: nameOf(basis), ...basis, sequence: 0n, createdAt: tx.now };
  await insertInstrument(tx, row);
  return row.instrumentId;
}
