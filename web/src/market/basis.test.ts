import { describe, expect, it } from 'vitest';
import { type Basis, differingParts, partText, per, regionWords } from './basis.ts';

const cif: Basis = {
  ...{ product: 'lithium_carbonate', grade: 'battery', form: 'any', region: 'CJK', incoterm: 'CIF' },
  ...{ currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat' },
};

describe('a basis', () => {
  it('differs from another in exactly the parts that are not the same', () => {
    expect(differingParts(cif, cif)).toEqual([]);
    const exw: Basis = { ...cif, region: 'CN', incoterm: 'EXW', currency: 'CNY', unit: 't', taxBasis: 'including_vat' };
    expect(differingParts(cif, exw)).toEqual(['region', 'incoterm', 'currency', 'unit', 'taxBasis']);
  });

  it('is said in words that people trade in', () => {
    expect(per(cif)).toBe('USD/kg');
    expect(partText('taxBasis', { ...cif, taxBasis: 'including_vat' })).toBe('including VAT');
    expect([regionWords('CJK'), regionWords('CN'), regionWords('NORTH_ASIA')]).toEqual([
      ...['China, Japan and Korea', 'China', 'NORTH_ASIA'],
    ]);
  });
});
