import { describe, expect, it } from 'vitest';
import { mainLine, rangeStart, type SourceLine, tableOf } from './chart-lines.ts';

describe('a chart', () => {
  it('has a table with every day of every line, newest first, and gaps where a line has none', () => {
    const line = (id: string, ...points: [string, string][]) => ({
      ...{ id, label: id, points: points.map(([day, close]) => ({ day, close })) },
    });
    expect(tableOf([line('a', ['2026-01-01', '1'], ['2026-01-03', '3']), line('b', ['2026-01-02', '2'])])).toEqual([
      { day: '2026-01-03', closes: ['3', undefined] },
      { day: '2026-01-02', closes: [undefined, '2'] },
      { day: '2026-01-01', closes: ['1', undefined] },
    ]);
  });

  it('begins a range so many days before its end, a year before unless said', () => {
    expect(rangeStart('30', '2026-03-01')).toBe('2026-01-30');
    expect(rangeStart('bogus', '2026-03-01')).toBe('2025-03-01');
  });

  it('shows a real source before a simulated one that says more', () => {
    const of = (kind: string, bars: number) =>
      ({ source: { kind, sourceId: kind }, bars: Array.from({ length: bars }) }) as unknown as SourceLine;
    expect(mainLine([of('simulated', 400), of('embedded', 2), of('import', 9)])?.source.kind).toBe('import');
    expect(mainLine([])).toBeUndefined();
  });
});
