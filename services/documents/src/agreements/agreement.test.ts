import { deadEnds, newId, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AgreementState, decideSignature, retainUntil, roleOf, sameName, transitions } from './agreement.ts';

const [sellerId, buyerId] = [newId(), newId()];
const parties = { sellerName: 'Ana Maria Seller', buyerName: 'Bob Buyer' };
const sent: AgreementState = {
  status: 'sent',
  sellerId,
  buyerId,
  sellerSignedAt: null,
  buyerSignedAt: null,
  completedAt: null,
};
const at = new Date('2026-11-21T14:05:09Z');

test('every state is reached and every path ends', () => {
  expect(unreachableStates(transitions, 'sent')).toEqual([]);
  expect(deadEnds(transitions, ['signed', 'voided'])).toEqual([]);
});

describe('a signature', () => {
  test('of the first signer leaves the agreement open, of the last completes it', () => {
    expect(decideSignature(sent, parties, buyerId, 'Bob Buyer')).toEqual({
      kind: 'sign',
      role: 'buyer',
      status: 'sent',
      complete: false,
    });
    const half = { ...sent, sellerSignedAt: at };
    expect(decideSignature(half, parties, buyerId, 'Bob Buyer')).toEqual({
      kind: 'sign',
      role: 'buyer',
      status: 'signed',
      complete: true,
    });
  });

  test('given before is answered again, whatever is typed', () => {
    const half = { ...sent, sellerSignedAt: at };
    expect(decideSignature(half, parties, sellerId, 'x')).toEqual({
      kind: 'signed-before',
      role: 'seller',
      signedAt: at,
    });
  });

  test("is refused to a stranger, under another's name, and once void", () => {
    const codes = [
      () => decideSignature(sent, parties, newId(), 'Bob Buyer'),
      () => decideSignature(sent, parties, sellerId, 'Bob Buyer'),
      () => decideSignature({ ...sent, status: 'voided' }, parties, sellerId, 'Ana Maria Seller'),
      () => decideSignature({ ...sent, status: 'voided', sellerSignedAt: at }, parties, sellerId, 'Ana Maria Seller'),
    ].map((work) => {
      try {
        return work();
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(codes).toEqual([
      'DOCUMENTS_NOT_FOUND',
      'DOCUMENTS_NAME_MISMATCH',
      'DOCUMENTS_AGREEMENT_VOIDED',
      'DOCUMENTS_AGREEMENT_VOIDED',
    ]);
  });

  test('in any order of attempts completes exactly once, with the second distinct signer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(sellerId, buyerId), { maxLength: 12 }), (attempts) => {
        let state = sent;
        let completions = 0;
        for (const signer of attempts) {
          const name = signer === sellerId ? parties.sellerName : parties.buyerName;
          const decision = decideSignature(state, parties, signer, name);
          if (decision.kind !== 'sign') continue;
          const field = roleOf(state, signer) === 'seller' ? 'sellerSignedAt' : 'buyerSignedAt';
          state = { ...state, [field]: at, status: decision.status };
          if (decision.complete) completions++;
        }
        expect(completions).toBe(new Set(attempts).size === 2 ? 1 : 0);
        expect(state.status).toBe(completions === 1 ? 'signed' : 'sent');
      }),
    );
  });
});

test('names are the same up to case, spacing and composition, and no further', () => {
  expect(sameName('  ana   MARIA seller', 'Ana Maria Seller')).toBe(true);
  expect(sameName('Zoe\u0308 Kru\u0308ger', 'Zoë Krüger')).toBe(true);
  expect(sameName('Ana Seller', 'Ana Maria Seller')).toBe(false);
  expect(sameName('Zoe Kruger', 'Zoë Krüger')).toBe(false);
});

test('documents are kept for seven years, also from a leap day', () => {
  expect(retainUntil(at).toISOString()).toBe('2033-11-21T14:05:09.000Z');
  expect(retainUntil(new Date('2028-02-29T00:00:00Z')).toISOString()).toBe('2035-03-01T00:00:00.000Z');
});
