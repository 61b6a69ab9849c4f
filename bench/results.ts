/** One line of the table: what was measured and what we mean to hold (ARCHITECTURE.md, "Speed"). */
export interface Result {
  what: string;
  measured: string;
  goal: string;
  /** Undefined when the line is only there to explain another. */
  met?: boolean;
}

/** The results as a table for people, with a mark beside each goal. */
export function asTable(results: readonly Result[]): string {
  const mark = ({ met }: Result) => (met === undefined ? ' ' : met ? '✓' : '✗');
  const width = (column: 'what' | 'measured') => Math.max(...results.map((result) => result[column].length));
  const [what, measured] = [width('what'), width('measured')];
  return results
    .map((each) => `${mark(each)} ${each.what.padEnd(what)}  ${each.measured.padEnd(measured)}  ${each.goal}`.trimEnd())
    .join('\n');
}

export const perSecond = (count: number) => `${Math.round(count).toLocaleString('en-US')}/s`;
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
export const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
