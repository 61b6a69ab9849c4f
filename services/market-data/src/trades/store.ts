import type { Tx, Work } from '@clearlot/service';
import { and, asc, eq, inArray, lte, max, min } from 'drizzle-orm';
import { lockSource } from '../observations/store.ts';
import type { Source } from '../observations/tables.ts';
import { findSourceView } from '../sources/store.ts';
import { type TradeRow, trade } from './tables.ts';

/** The source of own trades, locked: trades come in, go and are decided one after the other. */
export async function lockPlatform(tx: Tx): Promise<Source> {
  const { source } = await findSourceView(tx, { code: 'platform' });
  return lockSource(tx, source.sourceId);
}

/** The end of the last window in which something was decided. */
export async function findDecidedThrough(work: Pick<Work, 'db'>): Promise<Date | null> {
  const [row] = await work.db
    .select({ through: max(trade.windowEnd) })
    .from(trade)
    .where(inArray(trade.status, ['published', 'withheld']));
  return row?.through ?? null;
}

/** Adds trades; those that are known already are left as they are. The audit says where each counts, not what it was. */
export async function insertTrades(tx: Tx, rows: readonly TradeRow[]): Promise<void> {
  const added = await tx.db
    .insert(trade)
    .values([...rows])
    .onConflictDoNothing()
    .returning();
  for (const { tradeId, windowStart, windowEnd } of added) {
    const after = { windowStart, windowEnd };
    tx.audit({ action: 'trade.recorded', entityType: 'trade', entityId: tradeId, after });
  }
}

/** Takes the trades of a contract back, as far as nothing was decided of them. */
export async function withdrawTrades(tx: Tx, contractId: string): Promise<void> {
  const withdrawn = await tx.db
    .update(trade)
    .set({ status: 'withdrawn', decidedAt: tx.now })
    .where(and(eq(trade.contractId, contractId), eq(trade.status, 'pending')))
    .returning({ tradeId: trade.tradeId });
  for (const { tradeId } of withdrawn) {
    tx.audit({ action: 'trade.withdrawn', entityType: 'trade', entityId: tradeId });
  }
}

/** The end of the first window that is over and has trades of which nothing was decided. */
export async function findDueWindow(work: Pick<Work, 'db'>, now: Date): Promise<Date | null> {
  const [row] = await work.db
    .select({ end: min(trade.windowEnd) })
    .from(trade)
    .where(and(eq(trade.status, 'pending'), lte(trade.windowEnd, now)));
  return row?.end ?? null;
}

/** The undecided trades of the window with this end, locked; where windows had several lengths the longest first. */
export async function lockWindow(tx: Tx, windowEnd: Date): Promise<TradeRow[]> {
  return tx.db
    .select()
    .from(trade)
    .where(and(eq(trade.status, 'pending'), eq(trade.windowEnd, windowEnd)))
    .orderBy(asc(trade.windowStart), asc(trade.tradeId))
    .for('update');
}

/** Writes down what was decided of trades, for good. */
export async function saveDecision(
  tx: Tx,
  trades: readonly Pick<TradeRow, 'tradeId'>[],
  status: 'published' | 'withheld',
): Promise<void> {
  const ids = trades.map(({ tradeId }) => tradeId);
  await tx.db.update(trade).set({ status, decidedAt: tx.now }).where(inArray(trade.tradeId, ids));
}
