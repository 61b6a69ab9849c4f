import type { Tx } from '@clearlot/service';
import type { Trade } from './platform-trade.ts';
import { findDecidedThrough, insertTrades, lockPlatform } from './store.ts';
import { windowOfTrade } from './trade-window.ts';

/** Keeps trades for the window each counts in, once. What comes too late for any is only audited. */
export async function recordTrades(tx: Tx, trades: readonly Trade[], windowMs: number): Promise<void> {
  if (trades.length === 0) return;
  // A window that is being decided is waited for: a trade that slipped in behind would never be counted, or alone.
  await lockPlatform(tx);
  const decidedThrough = await findDecidedThrough(tx);
  const rows = trades.flatMap((each) => {
    const window = windowOfTrade({ tradedAt: each.tradedAt, now: tx.now, decidedThrough }, windowMs);
    if (!window) {
      tx.audit({ action: 'trade.too_late', entityType: 'trade', entityId: each.tradeId });
      return [];
    }
    const { start: windowStart, end: windowEnd } = window;
    return [{ ...each, windowStart, windowEnd, receivedAt: tx.now, status: 'pending' as const, decidedAt: null }];
  });
  if (rows.length > 0) await insertTrades(tx, rows);
}
