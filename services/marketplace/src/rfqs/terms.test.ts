import { describe, expect, it } from 'vitest';
import { checkTerms } from './check-terms.ts';
import { diffTerms } from './diff-terms.ts';
import { termsFor } from './rfq.fixture.ts';
import { rfqTerms } from './terms.ts';

describe('the differences of two versions', () => {
  const terms = termsFor();
  const [first, second] = terms.lines;
  if (!first || !second) throw new Error('two lines');

  it('of the same terms are none, whatever the order of keys and lines', () => {
    const reordered = Object.fromEntries(Object.entries(terms).reverse());
    expect(diffTerms(terms, { ...reordered, lines: [second, first] })).toEqual([]);
  });

  it('name each field by a pointer with its line id, and hold both values', () => {
    const after = { ...terms, incoterm: 'DAP', lines: [second, { ...first, quantityKg: 1 }] };
    expect(diffTerms(terms, after)).toEqual([
      { path: '/incoterm', before: 'CIF', after: 'DAP' },
      { path: '/lines/L1/quantityKg', before: 100_000, after: 1 },
    ]);
  });

  it('show a line that came or went as a whole, and null where there was nothing', () => {
    const third = { ...first, lineId: 'L3' };
    expect(diffTerms(terms, { ...terms, lines: [first, third], notes: 'Mind the port.' })).toEqual([
      { path: '/lines/L2', before: second, after: null },
      { path: '/lines/L3', before: null, after: third },
      { path: '/notes', before: null, after: 'Mind the port.' },
    ]);
  });

  it('compare a list without ids as a whole', () => {
    const limits = [{ analyte: 'Na', unit: 'ppm', max: 100 }];
    expect(diffTerms(terms, { ...terms, lines: [{ ...first, limits }, second] })).toEqual([
      { path: '/lines/L1/limits', before: first.limits, after: limits },
    ]);
  });

  it('undone give the other way round', () => {
    const after = { ...terms, place: 'Rotterdam', acceptedIncoterms: [] };
    const back = diffTerms(after, terms).map(({ path, before, after }) => ({ path, before: after, after: before }));
    expect(back).toEqual(diffTerms(terms, after));
  });
});

describe('terms', () => {
  const pointers = (overrides: Parameters<typeof termsFor>[0], currency = 'USD') => {
    try {
      checkTerms(rfqTerms.parse(termsFor(overrides)), currency);
      return [];
    } catch (error) {
      return (error as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    }
  };

  it('have amounts that are money of the currency', () => {
    const freight = [
      { origin: 'CL', perTonne: '10.001' },
      { origin: '*', perTonne: 0 },
    ];
    expect(pointers({ costModel: { freight } })).toEqual([
      '/terms/costModel/freight/0/perTonne',
      '/terms/costModel/freight/1/perTonne',
    ]);
    expect(pointers({ costModel: { freight: [{ origin: 'CL', perTonne: '10.01' }] } })).toEqual([]);
    expect(pointers({ costModel: { freight: [{ origin: 'CL', perTonne: '10.01' }] } }, 'JPY')).toHaveLength(1);
  });

  it('of a currency that does not exist are refused', () => {
    expect(() => checkTerms(rfqTerms.parse(termsFor()), 'XYZ')).toThrow(
      expect.objectContaining({ code: 'CURRENCY_UNKNOWN' }),
    );
  });

  it('with a key that is not known are refused', () => {
    expect(rfqTerms.safeParse({ ...termsFor(), standstilHours: 1 }).success).toBe(false);
  });
});
