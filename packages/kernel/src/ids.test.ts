import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveId, isId, newId } from './ids.ts';

describe('ids', () => {
  test('new ids are version 7, unique and sorted by creation also inside a millisecond', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids.slice(0, 50)) expect(id[14]).toBe('7');
    expect(ids.every(isId)).toBe(true);
  });

  test('a derived id never changes', () => {
    // Recorded: a release that answers another id would create a second agreement for a retried step.
    expect(deriveId('settlement.agreement', 'deal-1:pair-2')).toBe('5d0ed60a-6ef5-5c74-bbb0-a3ca8927541b');
  });

  test('derived ids are valid, and differ by namespace and by name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (n1, k1, n2, k2) => {
        expect(isId(deriveId(n1, k1))).toBe(true);
        expect(deriveId(n1, k1) === deriveId(n2, k2)).toBe(n1 === n2 && k1 === k2);
      }),
    );
    expect(deriveId('a', 'bc')).not.toBe(deriveId('ab', 'c'));
  });

  test.each([
    '',
    'x',
    '01a200a0-1f36-74fc-9d39-8d5ca278a12',
    '01A200A0-1F36-74FC-9D39-8D5CA278A122',
    '01a200a01f3674fc9d398d5ca278a122',
    '{01a200a0-1f36-74fc-9d39-8d5ca278a122}',
    '01a200a0-1f36-74fc-9d39-8d5ca278a122\n',
    '01a200a0-1f36-04fc-9d39-8d5ca278a122',
    '01a200a0-1f36-74fc-cd39-8d5ca278a122',
    '00000000-0000-0000-0000-000000000000',
  ])('%j is not an id', (text) => {
    expect(isId(text)).toBe(false);
  });
});
