import { expect, it } from 'vitest';
import { nested } from './nested.ts';

it('fields become the body they are named for; empty ones are not sent, and figures stay text unless they are counts', () => {
  const fields: [string, string][] = [
    ...([
      ['lagDays', '30'],
      ['a.freight.amount', '120.50'],
      ['a.freight.unit', 't'],
      ['a.recovery.value', ' '],
    ] as const),
  ].map(([name, value]) => [name, value]);
  expect(nested(fields, ['lagDays'])).toEqual({ lagDays: 30, a: { freight: { amount: '120.50', unit: 't' } } });
});
