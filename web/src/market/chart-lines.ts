import type { Answer } from '../api/shapes.ts';

export type Series = Answer<'/api/market/instruments/{id}/series'>;
export type SourceLine = Series['lines'][number];

/** A line of closes, drawn in a colour and a dash of its own: lines are told apart without colour too. */
export interface ChartLine {
  id: string;
  label: string;
  points: { day: string; close: string }[];
}

/** The tokens that lines are drawn in, in their order. */
export const lineTokens = ['accent', 'blue', 'amber', 'red', 'muted', 'ink'] as const;
/** How they are drawn: solid, dotted, dashed, and so on, as the chart library counts them. */
export const lineDashes = [0, 2, 1, 3, 4, 0] as const;
export const dashArrays = ['', '6 4', '1 3', '9 5', '1 6', ''] as const;

/** Days that any line has, newest first, with each line's close of the day: the table behind a chart. */
export function tableOf(lines: readonly ChartLine[]): { day: string; closes: (string | undefined)[] }[] {
  const byDay = lines.map(({ points }) => new Map(points.map(({ day, close }) => [day, close])));
  const days = [...new Set(byDay.flatMap((line) => [...line.keys()]))].sort().reverse();
  return days.map((day) => ({ day, closes: byDay.map((line) => line.get(day)) }));
}

const dayMs = 86_400_000;
export const ranges = [
  { value: '30', label: '1 month' },
  { value: '91', label: '3 months' },
  { value: '365', label: '1 year' },
  { value: '1095', label: '3 years' },
  { value: '3650', label: '10 years' },
] as const;
export const defaultRange = '365';

/** The first day of a range that ends on a day. */
export function rangeStart(range: string | undefined, end: string): string {
  const known = ranges.find(({ value }) => value === range)?.value ?? defaultRange;
  return new Date(Date.parse(end) - Number(known) * dayMs).toISOString().slice(0, 10);
}

/** The line to show first: the one that says most and is not simulated. */
export function mainLine(lines: readonly SourceLine[]): SourceLine | undefined {
  const rank = ({ source, bars }: SourceLine) => (source.kind === 'simulated' ? 0 : 1_000_000) + bars.length;
  return [...lines].sort((a, b) => rank(b) - rank(a))[0];
}
