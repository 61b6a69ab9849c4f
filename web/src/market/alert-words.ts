import type { Answer } from '../api/shapes.ts';
import { formatCount } from '../money/format.ts';
import type { Instrument } from './basis.ts';
import { per } from './basis.ts';

export type Alert = Answer<'/api/alerts'>['items'][number];
export type AlertKind = Alert['kind'];

export const alertKinds: Record<AlertKind, string> = {
  threshold: 'A price beyond a limit',
  percent_move: 'A move in percent',
  spread: 'A spread between two prices',
  staleness: 'No new figure for too long',
  arbitrage: 'A margin on a trade route',
};

type Rule = Pick<Alert, 'kind' | 'direction' | 'limit' | 'windowHours'>;

/** The rule of an alert as a sentence. */
export function alertSentence(
  { kind, direction, limit, windowHours }: Rule,
  names: { of: Pick<Instrument, 'name' | 'currency' | 'unit'> | undefined; other?: string; route?: string },
): string {
  const name = names.of?.name ?? 'The instrument';
  const beyond = direction === 'below' ? 'below' : 'above';
  const measured = `${formatCount(limit)}${names.of ? ` ${per(names.of)}` : ''}`;
  switch (kind) {
    case 'threshold':
      return `${name} is ${beyond} ${measured}.`;
    case 'percent_move': {
      const moves = { above: 'rises', below: 'falls', either: 'moves either way' }[direction];
      return `${name} ${moves} by more than ${formatCount(limit)} % within ${hoursText(windowHours ?? 24)}.`;
    }
    case 'spread':
      return `${name} less ${names.other ?? 'the other'} is ${beyond} ${measured}.`;
    case 'staleness':
      return `${name} has no new figure for more than ${formatCount(limit)} minutes.`;
    case 'arbitrage':
      return `The margin at mid on ${names.route ?? 'the route'} is ${beyond} ${measured}.`;
  }
}

function hoursText(hours: number): string {
  if (hours % 24 === 0) return hours === 24 ? 'a day' : `${hours / 24} days`;
  return hours === 1 ? 'an hour' : `${hours} hours`;
}

/** What of an alert is stated anew when it is changed: all of its rule, with one thing different. */
export function restated(alert: Alert, change: Partial<Pick<Alert, 'enabled'>>) {
  const { name, direction, limit, band, windowHours, cooldownMinutes, channels, webhookUrl, enabled } = alert;
  return {
    ...{ name, direction, limit, band, cooldownMinutes, channels, webhookUrl, enabled, ...change },
    ...(windowHours === null ? {} : { windowHours }),
  };
}

/** Where an alert is told. */
export const channelWords: Record<Alert['channels'][number], string> = {
  in_app: 'here',
  email: 'by e-mail',
  webhook: 'by webhook',
};
