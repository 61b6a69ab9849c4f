import { lazy, type ReactNode, Suspense } from 'react';
import { Count, Instant } from '../design/figures.tsx';
import { Skeleton } from '../design/query-view.tsx';
import { type Head, TableFrame } from '../design/table-frame.tsx';
import { type ChartLine, dashArrays, lineTokens, tableOf } from './chart-lines.ts';
import type { Bar } from './price-chart.tsx';

const PriceChart = lazy(() => import('./price-chart.tsx'));

/** A chart with its legend, and the table behind it. */
export function ChartView({
  label,
  bars,
  barsLabel,
  lines,
}: {
  label: string;
  bars?: readonly Bar[];
  barsLabel?: string;
  lines: readonly ChartLine[];
}) {
  return (
    <div className="grid gap-3">
      <ul aria-label="Lines of the chart" className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {bars && barsLabel && (
          <li className="flex items-center gap-2">
            <span aria-hidden className="inline-block h-3.5 w-2 border border-accent bg-accent" />
            {barsLabel}
            <span className="text-xs text-muted">filled where it closed lower than it opened</span>
          </li>
        )}
        {lines.map((line, index) => (
          <li key={line.id} className="flex items-center gap-2">
            <LineMark index={index + (bars ? 1 : 0)} />
            {line.label}
          </li>
        ))}
      </ul>
      <Suspense fallback={<Skeleton rows={10} />}>
        <PriceChart label={label} bars={bars} lines={lines} />
      </Suspense>
      <details className="text-sm">
        <summary className="min-h-6 w-fit font-medium text-accent">The same as a table</summary>
        <div className="mt-2">
          {bars ? <BarTable label={label} bars={bars} lines={lines} /> : <LineTable label={label} lines={lines} />}
        </div>
      </details>
    </div>
  );
}

function LineMark({ index }: { index: number }) {
  const style = index % lineTokens.length;
  return (
    <svg aria-hidden width="26" height="8" viewBox="0 0 26 8">
      <line
        x1="0"
        x2="26"
        y1="4"
        y2="4"
        stroke={`var(--${lineTokens[style]})`}
        strokeWidth="2"
        strokeDasharray={dashArrays[style] || undefined}
      />
    </svg>
  );
}

function BarTable({ label, bars, lines }: { label: string; bars: readonly Bar[]; lines: readonly ChartLine[] }) {
  const beside = new Map(tableOf(lines).map(({ day, closes }) => [day, closes]));
  return (
    <Frame label={label} headers={['Open', 'High', 'Low', 'Close', ...lines.map((line) => line.label)]}>
      {[...bars].reverse().map(({ day, open, high, low, close }) => (
        <Row
          key={day}
          day={day}
          values={[open, high, low, close, ...lines.map((_, index) => beside.get(day)?.[index])]}
        />
      ))}
    </Frame>
  );
}

function LineTable({ label, lines }: { label: string; lines: readonly ChartLine[] }) {
  return (
    <Frame label={label} headers={lines.map((line) => line.label)}>
      {tableOf(lines).map(({ day, closes }) => (
        <Row key={day} day={day} values={closes} />
      ))}
    </Frame>
  );
}

function Frame({ label, headers, children }: { label: string; headers: readonly string[]; children: ReactNode }) {
  const heads = headers.map((text): Head => ({ text, align: 'right' }));
  return (
    <TableFrame tall label={`Table: ${label}`} heads={[{ text: 'Day' }, ...heads]}>
      {children}
    </TableFrame>
  );
}

function Row({ day, values }: { day: string; values: readonly (string | null | undefined)[] }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-3 py-1 text-left font-normal">
        <Instant at={day} dateOnly />
      </th>
      {values.map((value, index) => (
        <td key={index} className="px-3 py-1 text-right">
          <Count value={value} />
        </td>
      ))}
    </tr>
  );
}
