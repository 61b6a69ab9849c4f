import { newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { findTradeRoute } from '../arbitrage/store.ts';
import type { Ctx } from '../clients.ts';
import { newestFigures } from '../conversion/figures.ts';
import { sharedMeasure } from '../conversion/price.ts';
import { findInstrument } from '../instruments/store.ts';
import type { AlertKind, Channel } from './alert.ts';
import { alertErrors } from './errors.ts';
import { countAlerts, deleteAlert, insertAlert, lockAlert, saveAlert } from './store.ts';
import type { Alert } from './tables.ts';
import { readRule, type StatedRule } from './terms.ts';

/** What an alert watches; it never changes. */
export type Watched =
  | { kind: 'threshold' | 'percent_move' | 'staleness'; instrumentId: string }
  | { kind: 'spread'; instrumentId: string; otherInstrumentId: string }
  | { kind: 'arbitrage'; routeId: string };

export interface AlertInput extends StatedRule {
  name: string;
  channels: Channel[];
  webhookUrl: string | null;
  enabled: boolean;
}

const alertsMax = 200;

/**
 * Adds an alert, armed from the next published figure on. Errors: MARKET_ALERT_LIMIT_REACHED, MARKET_ALERT_RULE_INVALID,
 * MARKET_ALERT_WEBHOOK_REQUIRED, MARKET_ALERT_WEBHOOK_REFUSED, MARKET_ALERT_SAME_INSTRUMENT, MARKET_BASES_DIFFER for a spread
 * of prices stated in different measures, MARKET_INSTRUMENT_NOT_FOUND, MARKET_ROUTE_NOT_FOUND.
 */
export function createAlert(ctx: Ctx, watched: Watched, input: AlertInput): Promise<Alert> {
  return ctx.transaction('CreateAlert', async (tx) => {
    if ((await countAlerts(tx, ctx.actor.id)) >= alertsMax) throw alertErrors.error('MARKET_ALERT_LIMIT_REACHED');
    const of = await resolve(tx, watched);
    const figures = await newestFigures(tx, [of.instrumentId, ...(of.otherInstrumentId ? [of.otherInstrumentId] : [])]);
    const sequenceOf = (id: string | null) => (id === null ? undefined : figures.get(id)?.sequence) ?? 0n;
    const row: Alert = {
      ...{ alertId: newId(), ownerId: ctx.actor.id, kind: watched.kind, ...of, ...rule(ctx, watched.kind, input) },
      ...{ revision: 1, phase: 'armed', lastFiredAt: null, createdAt: tx.now, updatedAt: tx.now },
      ...{ sequence: sequenceOf(of.instrumentId), otherSequence: sequenceOf(of.otherInstrumentId) },
    };
    await insertAlert(tx, row);
    return row;
  });
}

/** States an alert's rule anew; it is armed again and has not fired under this rule. Errors as createAlert, and MARKET_ALERT_NOT_FOUND. */
export function changeAlert(ctx: Ctx, alertId: string, input: AlertInput): Promise<Alert> {
  return ctx.transaction('ChangeAlert', async (tx) => {
    const before = await lockAlert(tx, ctx.actor.id, alertId);
    return saveAlert(tx, before, {
      ...rule(ctx, before.kind, input),
      ...{ revision: before.revision + 1, phase: 'armed', lastFiredAt: null, updatedAt: tx.now },
    });
  });
}

/** Removes an alert; what it has told stays. Errors: MARKET_ALERT_NOT_FOUND. */
export function removeAlert(ctx: Ctx, alertId: string): Promise<Alert> {
  return ctx.transaction('RemoveAlert', async (tx) => {
    const row = await lockAlert(tx, ctx.actor.id, alertId);
    await deleteAlert(tx, row);
    return row;
  });
}

function rule(ctx: Ctx, kind: AlertKind, { name, channels, webhookUrl, enabled, ...stated }: AlertInput) {
  const byWebhook = channels.includes('webhook');
  if (byWebhook && webhookUrl === null) throw alertErrors.error('MARKET_ALERT_WEBHOOK_REQUIRED');
  if (byWebhook && webhookUrl !== null) ctx.clients.webhooks.check(webhookUrl);
  return { name, channels, webhookUrl: byWebhook ? webhookUrl : null, enabled, ...readRule(kind, stated) };
}

async function resolve(
  tx: Tx,
  watched: Watched,
): Promise<Pick<Alert, 'instrumentId' | 'otherInstrumentId' | 'routeId'>> {
  if (watched.kind === 'arbitrage') {
    const route = await findTradeRoute(tx, watched.routeId);
    const { routeId, originInstrumentId, destinationInstrumentId } = route;
    return { instrumentId: originInstrumentId, otherInstrumentId: destinationInstrumentId, routeId };
  }
  const { instrumentId } = watched;
  const of = await findInstrument(tx, instrumentId);
  if (watched.kind !== 'spread') return { instrumentId, otherInstrumentId: null, routeId: null };
  const { otherInstrumentId } = watched;
  if (instrumentId === otherInstrumentId) throw alertErrors.error('MARKET_ALERT_SAME_INSTRUMENT');
  sharedMeasure(of, await findInstrument(tx, otherInstrumentId));
  return { instrumentId, otherInstrumentId, routeId: null };
}
