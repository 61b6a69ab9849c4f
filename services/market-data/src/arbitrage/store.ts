import type { Tx, Work } from '@clearlot/service';
import { and, asc, eq } from 'drizzle-orm';
import { arbitrageErrors } from './errors.ts';
import { type TradeRoute, tradeRoute } from './tables.ts';

/** Every route, by code; `enabled` for those that are calculated. */
export async function listTradeRoutes(
  work: Pick<Work, 'db'>,
  filter: { enabled?: boolean | undefined } = {},
): Promise<TradeRoute[]> {
  const { enabled } = filter;
  return work.db
    .select()
    .from(tradeRoute)
    .where(enabled === undefined ? undefined : eq(tradeRoute.enabled, enabled))
    .orderBy(asc(tradeRoute.code));
}

/** Errors: MARKET_ROUTE_NOT_FOUND. */
export async function findTradeRoute(work: Pick<Work, 'db'>, routeId: string): Promise<TradeRoute> {
  const [row] = await work.db.select().from(tradeRoute).where(eq(tradeRoute.routeId, routeId));
  if (!row) throw arbitrageErrors.error('MARKET_ROUTE_NOT_FOUND');
  return row;
}

/** Adds a route with its audit row. Errors: MARKET_ROUTE_CODE_TAKEN. */
export async function insertTradeRoute(tx: Tx, row: TradeRoute): Promise<void> {
  const added = await tx.db.insert(tradeRoute).values(row).onConflictDoNothing().returning({ id: tradeRoute.routeId });
  if (added.length === 0) throw arbitrageErrors.error('MARKET_ROUTE_CODE_TAKEN', `It is ${row.code}.`);
  tx.audit({ action: 'trade_route.created', entityType: 'trade_route', entityId: row.routeId, after: row });
}

/** Changes what a route assumes, with its audit row. Errors: MARKET_ROUTE_NOT_FOUND. */
export async function saveTradeRoute(
  tx: Tx,
  routeId: string,
  change: Omit<TradeRoute, 'routeId' | 'code' | 'originInstrumentId' | 'destinationInstrumentId' | 'createdAt'>,
): Promise<TradeRoute> {
  const [before] = await tx.db
    .select()
    .from(tradeRoute)
    .where(and(eq(tradeRoute.routeId, routeId)))
    .for('update');
  if (!before) throw arbitrageErrors.error('MARKET_ROUTE_NOT_FOUND');
  await tx.db.update(tradeRoute).set(change).where(eq(tradeRoute.routeId, routeId));
  const after = { ...before, ...change };
  tx.audit({ action: 'trade_route.changed', entityType: 'trade_route', entityId: routeId, before, after });
  return after;
}
