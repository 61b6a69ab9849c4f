import { deadEnds, move, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccreditationStatus, bestOf, standing, transitions, verificationExpiry } from './accreditation.ts';

const now = new Date('2026-11-22T10:00:00Z');
const day = 24 * 3_600_000;
const at = (days: number) => new Date(now.getTime() + days * day);

test('every state is reached and leads to an end', () => {
  expect(unreachableStates(transitions, 'submitted')).toEqual([]);
  expect(deadEnds(transitions, ['rejected', 'verified'])).toEqual([]);
});

test('a rejected accreditation stays rejected; a verified one can be revoked but not verified again', () => {
  const illegal = expect.objectContaining({ code: 'STATE_TRANSITION_ILLEGAL' });
  expect(() => move(transitions, 'rejected', 'verified')).toThrow(illegal);
  expect(() => move(transitions, 'verified', 'verified')).toThrow(illegal);
  expect(move(transitions, 'verified', 'rejected')).toBe('rejected');
});

test('a verification holds to the same day a year later, 29 February to 28 February', () => {
  expect(verificationExpiry(now)).toEqual(new Date('2027-11-22T10:00:00Z'));
  expect(verificationExpiry(new Date('2028-02-29T12:00:00Z'))).toEqual(new Date('2029-02-28T12:00:00Z'));
});

test('a verification past its end is expired from that instant on', () => {
  expect(standing({ status: 'verified', expiresAt: at(1) }, now)).toBe('verified');
  expect(standing({ status: 'verified', expiresAt: now }, now)).toBe('expired');
  expect(standing({ status: 'rejected', expiresAt: null }, now)).toBe('rejected');
});

test('the best standing speaks for a person whatever the order they are found in', () => {
  const one = (id: string, status: AccreditationStatus, expiresAt: Date | null) => ({ id, status, expiresAt });
  const all = [
    one('1', 'verified', at(-1)),
    one('2', 'rejected', null),
    one('3', 'verified', at(1)),
    one('4', 'submitted', null),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (some) => {
      const best = bestOf(some, now);
      const order = ['3', '4', '1', '2'];
      expect(best?.id).toBe(order.find((id) => some.some((each) => each.id === id)));
    }),
  );
  expect(bestOf([one('5', 'submitted', null), one('6', 'submitted', null)], now)?.id).toBe('6');
  expect(bestOf([], now)).toBeUndefined();
});
