import { errorTable } from '@clearlot/kernel';

/** Every expected failure of alerts. */
export const alertErrors = errorTable({
  MARKET_ALERT_NOT_FOUND: ['missing', 'There is no such alert.'],
  MARKET_ALERT_LIMIT_REACHED: ['conflict', 'You have as many alerts as one person can have.'],
  MARKET_ALERT_RULE_INVALID: ['mismatch', 'This is not a rule of this kind of alert.'],
  MARKET_ALERT_SAME_INSTRUMENT: ['mismatch', 'A spread is between two different instruments.'],
  MARKET_ALERT_WEBHOOK_REQUIRED: ['mismatch', 'State where to send the webhook.'],
  MARKET_ALERT_WEBHOOK_REFUSED: ['mismatch', 'Webhooks go to public https addresses without credentials in them.'],
  MARKET_ALERT_FIRING_NOT_FOUND: ['missing', 'There is no such firing.'],
});
