import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Basis, forms, grades, incoterms, products, taxBases, units } from '../instruments/instrument.ts';
import { basisOf } from './conversion.fixture.ts';
import { add, basisParts, compare, differingParts, inBasis, requireSameBasis, subtract } from './price.ts';

const anyBasis: fc.Arbitrary<Basis> = fc.record({
  ...{ product: fc.constantFrom(...products), grade: fc.constantFrom(...grades), form: fc.constantFrom(...forms) },
  ...{ region: fc.constantFrom('CN', 'CJK', 'EU'), incoterm: fc.constantFrom(...incoterms) },
  ...{
    currency: fc.constantFrom('USD', 'CNY'),
    unit: fc.constantFrom(...units),
    taxBasis: fc.constantFrom(...taxBases),
  },
});

describe('prices of unlike bases', () => {
  it('are always refused, naming what differs, and prices of one basis never', () => {
    fc.assert(
      fc.property(anyBasis, anyBasis, (a, b) => {
        const parts = differingParts(a, b);
        expect(parts).toEqual(basisParts.filter((part) => a[part] !== b[part]));
        const compared = () => inBasis(a, (scale) => scale.price(b, fraction.of(1n)).micros);
        if (parts.length === 0) expect(compared).not.toThrow();
        else {
          const failure = expect.objectContaining({ code: 'MARKET_BASES_DIFFER', params: { parts: parts.join(',') } });
          expect(compared).toThrow(failure);
          expect(() => requireSameBasis(a, b)).toThrow(failure);
        }
      }),
    );
  });

  it('do not compile', () => {
    const [kilogram, tonne] = [basisOf(), basisOf({ unit: 't' })];
    inBasis(kilogram, (a) =>
      inBasis(tonne, (b) => {
        const one = a.price(kilogram, fraction.of(1n));
        const other = b.price(tonne, fraction.of(1n));
        // @ts-expect-error: of two bases
        add(one, other);
        // @ts-expect-error: of two bases
        subtract(one, other);
        // @ts-expect-error: of two bases
        compare(one, other);
        // @ts-expect-error: a number has no basis at all
        add(one, { micros: fraction.of(1n) });
      }),
    );
  });
});

describe('prices of one basis', () => {
  it('are added, subtracted and compared exactly', () => {
    const basis = basisOf();
    const answer = inBasis(basis, (scale) => {
      const [a, b] = [scale.price(basis, fraction.of(1n, 3n)), scale.price({ ...basis }, fraction.of(1n, 6n))];
      return [add(a, b).micros, subtract(a, b).micros, compare(a, b)];
    });
    expect(answer).toEqual([fraction.of(1n, 2n), fraction.of(1n, 6n), 1]);
  });
});
