import { fraction, newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import type { Value } from './read-values.ts';
import { insertDelivery, insertFiring } from './store.ts';
import type { Alert, AlertFiring, FiringDetail } from './tables.ts';
import { showValue } from './terms.ts';

/** Tells an alert's owner on every channel it names, once for these figures; all of it commits with the caller's rows. */
export async function fireAlert(tx: Tx, alert: Alert, value: Value): Promise<void> {
  const detail = describe(alert, value);
  const { alertId, ownerId, revision } = alert;
  const { sequence, otherSequence } = value;
  const firing: AlertFiring = {
    ...{
      firingId: newId(),
      alertId,
      ownerId,
      revision,
      sequence,
      otherSequence,
      firedAt: tx.now,
      detail,
      readAt: null,
    },
  };
  if (!(await insertFiring(tx, firing))) return;
  if (alert.channels.includes('email')) {
    const { alertName, text } = detail;
    const [figure] = detail.figures;
    tx.notify(ownerId, 'price_alert', {
      alertName,
      text,
      source: figure?.source ?? '',
      validAt: figure?.validAt ?? '',
    });
  }
  if (alert.webhookUrl !== null) {
    const body = JSON.stringify({ deliveryId: firing.firingId, alertId, firedAt: tx.now.toISOString(), ...detail });
    await insertDelivery(tx, {
      ...{ deliveryId: firing.firingId, alertId, ownerId, url: alert.webhookUrl, body, state: 'planned', attempts: 0 },
      ...{ dueAt: tx.now, leaseUntil: null, lastError: null, createdAt: tx.now, deliveredAt: null },
    });
  }
}

function describe(alert: Alert, { value, per, figures }: Value): FiringDetail {
  const { name: alertName, kind, direction } = alert;
  const limit = showValue(kind, fraction.of(alert.limit < 0n && kind === 'percent_move' ? -alert.limit : alert.limit));
  const shown = showValue(kind, value);
  const [of, other] = figures;
  const simulated = figures.some((figure) => figure.kind === 'simulated') ? ' (simulated)' : '';
  const beyond = direction === 'below' ? 'below' : 'above';
  const text = {
    threshold: () => `${of?.name} is at ${shown} ${per}, ${beyond} ${limit} ${per}${simulated}.`,
    percent_move: () =>
      `${of?.name} moved by ${shown} % to ${of?.mid} ${of?.per}, by more than ${limit} %${simulated}.`,
    spread: () => `${of?.name} less ${other?.name} is ${shown} ${per}, ${beyond} ${limit} ${per}${simulated}.`,
    staleness: () => `There is nothing new of ${of?.name} for ${shown} minutes, longer than ${limit}.`,
    arbitrage: () =>
      `From ${of?.name} to ${other?.name} ${shown} ${per} are left, ${beyond} ${limit} ${per}${simulated}.`,
  }[kind]();
  return { alertName, kind, text, value: shown, limit, per, figures };
}
