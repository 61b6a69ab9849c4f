import { expect, it } from 'vitest';
import { accountLabel, sidesOf } from './ledger-entries.ts';

it('puts an entry on the side of its sign, to the cent', () => {
  expect(sidesOf({ amount: 250.25, currency: 'USD' })).toEqual({ debit: '250.25' });
  expect(sidesOf({ amount: '-90071992547409930.07', currency: 'USD' })).toEqual({ credit: '90071992547409930.07' });
});

it('names an account by its kind, and whose it is where several are of that kind', () => {
  expect(accountLabel('bank:01a20fb1-7bd5-7505-a267-9e46cc2fdb56')).toBe('Bank');
  expect(accountLabel('escrow:01a20fb1-7bd5-7505-a267-9e46cc2fdb56:01a20fb1-7e78-77f6-8532-0c28d9fad51e')).toBe(
    'Escrow · d9fad51e',
  );
});
