import { describe, expect, it } from 'vitest';
import type { Quote } from './badges.tsx';
import { boardRows, boardSources } from './board-filters.ts';

const instrument = (code: string, product: Quote['instrument']['product']): Quote['instrument'] => ({
  ...{ instrumentId: code, code, name: code, product, grade: 'battery', form: 'any', region: 'CN' },
  ...{ incoterm: 'CIF', currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat' },
});
const figure = (sourceId: string, stale: boolean) =>
  ({ sourceId, stale, source: { sourceId, name: `Source ${sourceId}` } }) as Quote['figures'][number];

const quotes: Quote[] = [
  { instrument: instrument('A', 'lithium_carbonate'), figures: [figure('2', true), figure('1', false)] },
  { instrument: instrument('B', 'lithium_metal'), figures: [] },
];
const told = (search: Record<string, string>) =>
  boardRows(quotes, search).map((row) => `${row.instrument.code}${row.figure?.sourceId ?? '-'}`);

describe('the board', () => {
  it('has a line for each source, and one for an instrument without a figure', () => {
    expect(told({})).toEqual(['A2', 'A1', 'B-']);
    expect(told({ product: 'lithium_metal' })).toEqual(['B-']);
  });

  it('narrowed to a source or to fresh figures leaves out what has none', () => {
    expect(told({ source: '1' })).toEqual(['A1']);
    expect(told({ fresh: 'yes' })).toEqual(['A1']);
  });

  it('offers the sources that have figures, by name', () => {
    expect(boardSources(quotes).map(({ label }) => label)).toEqual(['Source 1', 'Source 2']);
  });
});
