import { describe, expect, it } from 'vitest';
import type { Terms } from './rfq.ts';
import { changeWords, limitWords, ppbPercent } from './terms-words.ts';

const terms: Terms = {
  lines: [
    {
      lineId: 'L1',
      title: 'Carbonate for spring',
      productType: 'lithium_carbonate',
      grade: 'battery',
      quantityKg: 120_000,
      deliverFrom: '2027-03-01',
      deliverTo: '2027-03-31',
    },
  ],
  incoterm: 'CIF',
  place: 'Antwerp',
  destinationCountry: 'BE',
  deadlineAt: '2026-12-01T12:00:00Z',
  questionsUntil: '2026-11-30T12:00:00Z',
  decideBy: '2026-12-20T12:00:00Z',
  criteria: [{ criterionId: 'C1', title: 'Carbon footprint', options: [{ value: 'low', title: '', sharePpm: 1 }] }],
};

const said = (path: string, before: unknown, after: unknown) => changeWords({ path, before, after }, terms);

describe('a change of terms', () => {
  it('names the line by its title and the figures with their unit', () => {
    expect(said('/lines/L1/quantityKg', 100_000, 120_000)).toEqual({
      what: 'Carbonate for spring, Quantity',
      before: '100,000 kg',
      after: '120,000 kg',
    });
  });

  it('says a rate in per cent and an Incoterm with its meaning', () => {
    expect(said('/costModel/insurancePpm', 2_000, null)).toEqual({
      what: 'Insurance',
      before: '0.2 %',
      after: undefined,
    });
    expect(said('/incoterm', 'FOB', 'CIF').after).toBe('CIF, cost, insurance and freight');
  });

  it('says a line that was added or taken away in one phrase', () => {
    expect(said('/lines/L1', null, terms.lines[0])).toEqual({
      what: 'Carbonate for spring',
      before: undefined,
      after: 'Carbonate for spring: 120,000 kg of lithium carbonate, battery grade',
    });
    expect(said('/lines/L9', terms.lines[0], null).what).toBe('L9');
  });

  it('says lists item by item, and an empty one as nothing', () => {
    const before = [{ origin: '*', perTonne: 95 }];
    const after = [...before, { origin: 'CL', perTonne: '80.50' }];
    expect(said('/costModel/freight', before, after)).toEqual({
      what: 'Freight by origin',
      before: 'Any other origin 95 a tonne',
      after: 'Any other origin 95 a tonne; Chile 80.5 a tonne',
    });
    expect(said('/requiredCertificates', [], ['REACH'])).toMatchObject({ before: undefined, after: 'REACH' });
    expect(said('/criteria/C1/options', [], [{ value: 'low', title: '', sharePpm: 50_000 }])).toMatchObject({
      what: 'Quality criteria, Carbon footprint, Options',
      after: 'low, worth 5 %',
    });
  });
});

it('says a limit with each of its bounds', () => {
  expect(limitWords({ analyte: 'Li2CO3', unit: '%', min: 99.5 })).toBe('Li2CO3 at least 99.5 %');
  expect(limitWords({ analyte: 'Na', unit: 'ppm', min: '1', max: '250' })).toBe(
    'Na at least 1 ppm and at most 250 ppm',
  );
});

it('says parts per billion in per cent without losing any', () => {
  expect([995_000_000, 1_000_000, 1, 1_000_000_000, 0].map(ppbPercent)).toEqual([
    '99.5',
    '0.1',
    '0.0000001',
    '100',
    '0',
  ]);
});
