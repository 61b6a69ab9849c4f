import { expect, it } from 'vitest';
import { accountLabel, sidesOf } from './ledger-entries.ts';

it('puts an entry on the side of its sign, to the cent', () => {
  expect(sidesOf({ amount: 250.25, currency: 'USD' })).toEqual({ debit: '250.25' });
  expect(sidesOf({ amount: '-90071992547409930.07', currency: 'USD' })).toEqual({ credit: '90071992547409930.07' });
});

it('names an account by its kind, and whose it is where several are of that kind', () => {
  const nameOf = (party: string) => (party === 'c1' ? 'Bea Buyer' : party);
  expect(accountLabel('bank:deal', nameOf)).toBe('Bank');
  expect(accountLabel('escrow:deal:c1', nameOf)).toBe('Escrow of Bea Buyer');
  expect(accountLabel('refundable:deal:c2', nameOf)).toBe('To send back to c2');
});
