import { describe, expect, it } from 'vitest';
import { conversionQuery, neededCharges } from './conversion-query.ts';

describe('Incoterms', () => {
  it('ask for the charges between them, added on the way there and taken off on the way back', () => {
    expect(neededCharges('FOB', 'CIF')).toEqual([
      { charge: 'freight', added: true },
      { charge: 'insurance', added: true },
    ]);
    expect(neededCharges('CIF', 'FOB').map(({ added }) => added)).toEqual([false, false]);
    expect(neededCharges('DPU', 'DDP')).toEqual([
      { charge: 'unloading', added: false },
      { charge: 'duty', added: true },
    ]);
    expect([neededCharges('CIF', ''), neededCharges('CIF', 'CIP')]).toEqual([[], []]);
  });
});

describe('an address', () => {
  it('asks for what it states and for nothing else', () => {
    expect(conversionQuery({ instrumentId: 'i', toUnit: 'kg', sort: 'age', toCurrency: '', stale: 'yes' })).toEqual({
      ...{ instrumentId: 'i', toUnit: 'kg', allowStale: 'true' },
    });
    expect(conversionQuery({ toUnit: 'kg' })).toBeUndefined();
  });
});
