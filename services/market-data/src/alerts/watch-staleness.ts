import type { Timer } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { type AlertState, stepStaleness } from './alert.ts';
import { fireAlert } from './fire-alert.ts';
import { readValues } from './read-values.ts';
import { lockStaleAlerts, saveStates } from './store.ts';

const batch = 100;

/** Tells of figures that did not come in time, once for each figure. Alerts are claimed, so replicas do not repeat each other. */
export const watchStaleness: Timer<Clients> = {
  name: 'watch-staleness',
  everyMs: 1_000,
  run: (ctx) =>
    ctx.transaction('WatchStaleness', async (tx) => {
      const alerts = await lockStaleAlerts(tx, batch);
      if (alerts.length === 0) return;
      const valueFor = await readValues(tx, alerts);
      const states: ({ alertId: string } & AlertState)[] = [];
      for (const alert of alerts) {
        const value = await valueFor(alert);
        if (!value) continue;
        const ageMs = Number(value.value.num);
        const { state, fired } = stepStaleness(alert, alert, { sequence: value.sequence, ageMs, at: tx.now });
        if (fired) await fireAlert(tx, alert, value);
        states.push({ ...state, alertId: alert.alertId });
      }
      await saveStates(tx, states);
    }),
};
