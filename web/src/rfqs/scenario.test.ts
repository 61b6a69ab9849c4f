import { describe, expect, it } from 'vitest';
import { constraintWords, readScenario, scenarioWords } from './scenario.ts';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe('what is asked of a split', () => {
  it('is sent in parts per million and kilograms; what is left empty is no limit', () => {
    const fields = {
      mode: 'by_share',
      'constraints.suppliersMax': '2',
      'constraints.shareMaxPpm': '66.5',
      'constraints.suppliersMin': '',
      'constraints.supplierMaxKg.s1': '100,000',
      'constraints.supplierMaxKg.s2': '',
      lotKg: '20000',
    };
    expect(readScenario(form(fields), ['s1', 's2'])).toEqual({
      body: {
        mode: 'by_share',
        constraints: { suppliersMax: 2, shareMaxPpm: 665_000, supplierMaxKg: { s1: 100_000 } },
        lotKg: 20_000,
      },
      errors: [],
    });
  });

  it('may be that a supplier gets nothing', () => {
    const { body } = readScenario(form({ mode: 'whole', 'constraints.supplierMaxKg.s1': '0' }), ['s1']);
    expect(body.constraints?.supplierMaxKg).toEqual({ s1: 0 });
  });

  it('is refused at the field that is no figure', () => {
    const fields = { mode: 'whole', 'constraints.suppliersMin': '0', 'constraints.shareMinPpm': '120', lotKg: 'all' };
    expect(readScenario(form(fields), []).errors.map(({ pointer }) => pointer)).toEqual([
      '/constraints/suppliersMin',
      '/constraints/shareMinPpm',
      '/lotKg',
    ]);
  });
});

it('names a limit of a supplier by the supplier', () => {
  const nameOf = (id: string) => (id === 's1' ? 'Salar del Norte' : '?');
  expect(constraintWords('supplierMaxKg/s1', nameOf)).toBe('The most from Salar del Norte');
  expect(constraintWords('shareMaxPpm', nameOf)).toBe('The largest share of each supplier');
});

it('tells scenarios apart by mode and limits', () => {
  const limit = { constraint: 'suppliersMax', saves: 0, savesExact: '0' };
  expect(scenarioWords({ mode: 'by_line', constraints: [] })).toBe('Each line goes to one supplier');
  expect(scenarioWords({ mode: 'by_line', constraints: [limit] })).toBe('Each line goes to one supplier, 1 limit');
});
