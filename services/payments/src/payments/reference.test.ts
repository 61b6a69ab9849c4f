import { newId } from '@clearlot/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReference, referenceOf } from './reference.ts';

const invalid = expect.objectContaining({ code: 'PAYMENTS_REFERENCE_INVALID' });
const ids = fc.constant(null).map(() => newId());

test('a reference is read back however it is typed', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const reference = referenceOf(id);
      expect(reference).toMatch(/^CL(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9]{2}$/);
      for (const typed of [
        reference,
        reference.toLowerCase(),
        reference.replaceAll('-', ''),
        ` ${reference.replaceAll('-', ' ')} `,
      ]) {
        expect(readReference(typed)).toBe(reference);
      }
      const sloppy = reference.slice(3).replaceAll('0', 'o').replaceAll('1', 'l');
      expect(readReference(`CL${sloppy}`)).toBe(reference);
    }),
  );
});

test('one wrong character or two swapped neighbours never pass', () => {
  const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
  fc.assert(
    fc.property(ids, fc.nat(11), fc.constantFrom(...alphabet), (id, at, other) => {
      const plain = referenceOf(id).slice(2).replaceAll('-', '');
      if (plain[at] !== other) {
        expect(() => readReference(`CL${plain.slice(0, at)}${other}${plain.slice(at + 1)}`)).toThrow(invalid);
      }
      const swapped = plain.slice(0, at) + (plain[at + 1] ?? '') + (plain[at] ?? '') + plain.slice(at + 2);
      if (at < 11 && swapped !== plain) expect(() => readReference(`CL${swapped}`)).toThrow(invalid);
    }),
    { numRuns: 2_000 },
  );
});

test('two payments of the same millisecond have different references', () => {
  const references = Array.from({ length: 20_000 }, () => referenceOf(newId()));
  expect(new Set(references).size).toBe(references.length);
});

test.each(['', 'CL', 'CL-0000', 'hello world', 'CL-UUUU-UUUU-UUUU-00'])('%j is no reference', (text) => {
  expect(() => readReference(text)).toThrow(invalid);
});
