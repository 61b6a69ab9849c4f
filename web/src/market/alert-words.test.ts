import { describe, expect, it } from 'vitest';
import { type Alert, alertSentence, restated } from './alert-words.ts';

const of = { name: 'Carbonate', currency: 'USD', unit: 'kg' } as const;
const rule = { direction: 'above', limit: '1250.5', windowHours: null } as const;

describe('an alert', () => {
  it('says when it tells, for each kind', () => {
    expect(alertSentence({ ...rule, kind: 'threshold' }, { of })).toBe('Carbonate is above 1,250.5 USD/kg.');
    const move = { kind: 'percent_move', limit: '5' } as const;
    expect(alertSentence({ ...move, direction: 'below', windowHours: 24 }, { of })).toBe(
      'Carbonate falls by more than 5 % within a day.',
    );
    expect(alertSentence({ ...move, direction: 'either', windowHours: 36 }, { of })).toContain('within 36 hours');
    expect(alertSentence({ ...rule, kind: 'spread', direction: 'below' }, { of, other: 'Hydroxide' })).toBe(
      'Carbonate less Hydroxide is below 1,250.5 USD/kg.',
    );
  });

  it('that is paused keeps all else of its rule, and has a window only where it had one', () => {
    const alert = {
      ...{ alertId: 'a', phase: 'fired', kind: 'threshold', name: 'Mine', direction: 'above', limit: '1', band: '0.1' },
      ...{ windowHours: null, cooldownMinutes: 60, channels: ['email'], webhookUrl: null, enabled: true },
    } as unknown as Alert;
    expect(restated(alert, { enabled: false })).toEqual({
      ...{ name: 'Mine', direction: 'above', limit: '1', band: '0.1', cooldownMinutes: 60, channels: ['email'] },
      ...{ webhookUrl: null, enabled: false },
    });
    expect(restated({ ...alert, windowHours: 24 }, {})).toMatchObject({ windowHours: 24 });
  });
});
