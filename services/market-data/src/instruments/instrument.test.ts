import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Basis, codeOf, forms, grades, incoterms, products, taxBases, units } from './instrument.ts';

const basis: fc.Arbitrary<Basis> = fc.record({
  product: fc.constantFrom(...products),
  grade: fc.constantFrom(...grades),
  form: fc.constantFrom(...forms),
  // Also regions that are called like another part of a basis.
  region: fc.constantFrom('CN', 'CJK', 'EU', 'GLOBAL', 'POWDER', 'VAT', 'KG', 'CIF'),
  incoterm: fc.constantFrom(...incoterms),
  currency: fc.constantFrom('USD', 'CNY', 'EUR', 'VAT'),
  unit: fc.constantFrom(...units),
  taxBasis: fc.constantFrom(...taxBases),
});

it('one basis has one code, and no other basis has it', () => {
  fc.assert(
    fc.property(basis, basis, (a, b) => {
      expect(codeOf(a) === codeOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 5_000 },
  );
});

it('a code can be read', () => {
  const carbonate: Basis = {
    ...{ product: 'lithium_carbonate', grade: 'battery', form: 'any', region: 'CJK', incoterm: 'CIF' },
    ...{ currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat' },
  };
  expect(codeOf(carbonate)).toBe('CARBONATE-BATTERY-CJK-CIF-USD-KG');
  expect(codeOf({ ...carbonate, form: 'powder', unit: 't', taxBasis: 'including_vat' })).toBe(
    'CARBONATE-BATTERY-POWDER-CJK-CIF-USD-T-VAT',
  );
});
