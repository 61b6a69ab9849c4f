import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { findInstrument } from '../instruments/store.ts';
import { arbitrageErrors } from './errors.ts';
import { insertTradeRoute, saveTradeRoute } from './store.ts';
import type { TradeRoute } from './tables.ts';

type Assumed = Pick<TradeRoute, 'name' | 'lagDays' | 'assumptions' | 'forward' | 'allowUncoveredLag' | 'enabled'>;

/**
 * An operator adds a way from one market to another. Errors: MARKET_ROUTE_SAME_INSTRUMENT, MARKET_ROUTE_CODE_TAKEN,
 * MARKET_INSTRUMENT_NOT_FOUND.
 */
export function createTradeRoute(
  ctx: Ctx,
  input: Assumed & Pick<TradeRoute, 'code' | 'originInstrumentId' | 'destinationInstrumentId'>,
): Promise<TradeRoute> {
  return ctx.transaction('CreateTradeRoute', async (tx) => {
    const { originInstrumentId, destinationInstrumentId } = input;
    if (originInstrumentId === destinationInstrumentId) throw arbitrageErrors.error('MARKET_ROUTE_SAME_INSTRUMENT');
    await Promise.all([originInstrumentId, destinationInstrumentId].map((id) => findInstrument(tx, id)));
    const row = { ...input, routeId: newId(), updatedBy: ctx.actor.id, createdAt: tx.now, updatedAt: tx.now };
    await insertTradeRoute(tx, row);
    return row;
  });
}

/** An operator states a route's assumptions anew, or takes it out of the list. Errors: MARKET_ROUTE_NOT_FOUND. */
export function changeTradeRoute(ctx: Ctx, routeId: string, input: Assumed): Promise<TradeRoute> {
  return ctx.transaction('ChangeTradeRoute', (tx) =>
    saveTradeRoute(tx, routeId, { ...input, updatedBy: ctx.actor.id, updatedAt: tx.now }),
  );
}
