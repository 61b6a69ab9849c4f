import type { Tx } from '@clearlot/service';
import type { Latest } from '../observations/observation.ts';
import { type AlertState, refreshStaleness, stepAlert } from './alert.ts';
import { fireAlert } from './fire-alert.ts';
import { readValues, type Value } from './read-values.ts';
import { lockAlertsOf, saveStates } from './store.ts';
import type { Alert } from './tables.ts';

/**
 * Holds every alert that changed figures concern against what is published now, in the transaction that published it: a
 * firing commits with its figure or not at all. Looking again at the same figures, in any order, changes nothing.
 */
export async function evaluateAlerts(tx: Tx, changed: readonly Pick<Latest, 'instrumentId'>[]): Promise<void> {
  if (changed.length === 0) return;
  const alerts = await lockAlertsOf(tx, [...new Set(changed.map(({ instrumentId }) => instrumentId))]);
  if (alerts.length === 0) return;
  const valueFor = await readValues(tx, alerts);
  const states: ({ alertId: string } & AlertState)[] = [];
  for (const alert of alerts) {
    const value = await valueFor(alert);
    if (!value) continue;
    const next = step(alert, value, tx.now);
    if (next.fired) await fireAlert(tx, alert, value);
    if (next.state !== alert) states.push({ ...next.state, alertId: alert.alertId });
  }
  await saveStates(tx, states);
}

function step(
  alert: Alert,
  { value, sequence, otherSequence }: Value,
  at: Date,
): { state: AlertState; fired: boolean } {
  // A figure that has just come is not stale; the timer looks for those that do not come.
  if (alert.kind === 'staleness') return { state: refreshStaleness(alert, sequence), fired: false };
  return stepAlert(alert, alert, { value, sequence, otherSequence, at });
}
