import { deadEnds, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depositTransitions, endedBy, splitDeposit } from './deposit.ts';

const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });

test('a deposit goes to an order up to what it needs, and what does not go is given back', () => {
  fc.assert(
    fc.property(minor, minor, (depositMinor, missingMinor) => {
      const { appliedMinor, restMinor } = splitDeposit(depositMinor, missingMinor);
      expect(appliedMinor + restMinor).toBe(depositMinor);
      expect(appliedMinor === depositMinor || appliedMinor === missingMinor).toBe(true);
      expect(appliedMinor <= missingMinor && restMinor >= 0n).toBe(true);
    }),
  );
});

test('an order that needs nothing takes nothing', () => {
  for (const missing of [0n, -1n]) expect(splitDeposit(5n, missing)).toEqual({ appliedMinor: 0n, restMinor: 5n });
});

test('a deposit ends once, in one of three ways', () => {
  expect(deadEnds(depositTransitions, ['released', 'applied', 'forfeited'])).toEqual([]);
  expect(unreachableStates(depositTransitions, 'held')).toEqual([]);
});

test('an outcome that is not known ends no deposit', () => {
  expect([endedBy('release'), endedBy('forfeit')]).toEqual(['released', 'forfeited']);
  expect(() => endedBy('')).toThrowError(expect.objectContaining({ code: 'PAYMENTS_REQUEST_INVALID' }));
});
