import { useMemo } from 'react';
import { server } from '../api/client.ts';
import { Facts, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { formatCount, formatDate } from '../money/format.ts';
import type { Instrument } from './basis.ts';
import { per } from './basis.ts';
import { type ChartLine, defaultRange, mainLine, rangeStart, ranges, type Series } from './chart-lines.ts';
import { ChartView } from './chart-view.tsx';
import { DayField } from './day-field.tsx';
import { FilterSelect } from './filter-select.tsx';
import { useMarketSearch } from './market-search.ts';
import { knownAtEndOf } from './observed.ts';
import { signedCount, signedPercent } from './price.ts';
import { today } from './today.ts';

const periods = [
  { value: 'day', label: 'Daily' },
  { value: 'week', label: 'Weekly' },
  { value: 'month', label: 'Monthly' },
] as const;
const averages = ['5', '20', '50', '200'].map((value) => ({ value, label: `Average of ${value}` }));
const every = 'every';

/** Bars of one source with its averages, or a line of each source, by day, week or month, as known on any day. */
export function InstrumentChart({ instrument }: { instrument: Instrument }) {
  const { search, set } = useMarketSearch();
  const period = periods.find(({ value }) => value === search.period)?.value ?? 'day';
  const knownAt = knownAtEndOf(search.knownAt, today());
  const query = {
    period,
    from: rangeStart(search.range, today()),
    average: Number(search.average ?? 20),
    ...(knownAt ? { knownAt } : {}),
  };
  const series = server.useQuery('get', '/api/market/instruments/{id}/series', {
    params: { path: { id: instrument.instrumentId }, query },
  });
  const sources = series.data?.lines.map(({ source }) => ({ value: source.sourceId, label: source.name })) ?? [];
  return (
    <Section title="History">
      <div className="grid gap-4">
        <div className="flex flex-wrap items-end gap-2">
          <FilterSelect label="Bars" choices={periods} value={period} onChange={(value) => set({ period: value })} />
          <FilterSelect
            label="Range"
            choices={ranges}
            value={search.range ?? defaultRange}
            onChange={(range) => set({ range })}
          />
          {sources.length > 0 && (
            <FilterSelect
              label="Source of the chart"
              choices={[...sources, ...(sources.length > 1 ? [{ value: every, label: 'Every source, as lines' }] : [])]}
              value={search.line ?? (series.data ? mainLine(series.data.lines)?.source.sourceId : undefined)}
              onChange={(line) => set({ line })}
            />
          )}
          <FilterSelect
            label="Moving average"
            choices={averages}
            value={search.average ?? '20'}
            onChange={(average) => set({ average })}
          />
          <DayField label="As known on" value={search.knownAt} max={today()} onChange={(knownAt) => set({ knownAt })} />
        </div>
        {search.knownAt && (
          <p className="text-sm text-muted" role="status">
            {knownAt
              ? `This is what was known at the end of ${formatDate(search.knownAt)} (UTC). Figures and corrections recorded later are left out.`
              : 'This is what is known now: that day is not over yet.'}
          </p>
        )}
        <QueryView query={series} rows={10}>
          {(data) => <Drawn series={data} chosen={search.line} />}
        </QueryView>
      </div>
    </Section>
  );
}

function Drawn({ series, chosen }: { series: Series; chosen: string | undefined }) {
  const isEvery = chosen === every;
  const line = series.lines.find(({ source }) => source.sourceId === chosen) ?? mainLine(series.lines);
  const lines = useMemo((): ChartLine[] => {
    if (isEvery) {
      return series.lines.map(({ source, bars }) => ({ id: source.sourceId, label: source.name, points: bars }));
    }
    if (!line) return [];
    const averaged = (pick: 'simpleAverage' | 'exponentialAverage') =>
      line.bars.flatMap((bar) => (bar[pick] === null ? [] : [{ day: bar.day, close: bar[pick] }]));
    return [
      { id: 'simple', label: `Simple average of ${line.averagedOver}`, points: averaged('simpleAverage') },
      {
        id: 'exponential',
        label: `Exponential average of ${line.averagedOver}`,
        points: averaged('exponentialAverage'),
      },
    ].filter(({ points }) => points.length > 0);
  }, [series, line, isEvery]);
  if (!line || line.bars.length === 0) {
    return (
      <Empty title="There is no figure in this range">Choose a longer range, or a later day it was known on.</Empty>
    );
  }
  const unit = per(series.instrument);
  const label = `${series.instrument.name} in ${unit}, ${formatDate(series.from)} to ${formatDate(series.to)}`;
  return (
    <>
      {isEvery ? (
        <ChartView label={label} lines={lines} />
      ) : (
        <ChartView label={label} bars={line.bars} barsLabel={`${line.source.name}, ${unit}`} lines={lines} />
      )}
      {!isEvery && <Trend line={line} unit={unit} />}
    </>
  );
}

function Trend({ line, unit }: { line: Series['lines'][number]; unit: string }) {
  const { trend, volatility } = line;
  if (trend.length === 0 && !volatility) return null;
  return (
    <Facts
      columns={3}
      facts={[
        ...trend.map(
          ({ days, change, changePercent, from, fromValidAt }) =>
            [
              `Over ${days} ${days === 1 ? 'day' : 'days'}`,
              <span key={days} className="figures">
                {signedCount(change)} {unit} ({signedPercent(changePercent)})
                <span className="block text-xs text-muted">
                  from {formatCount(from)} on {formatDate(fromValidAt)}
                </span>
              </span>,
            ] as const,
        ),
        ...(volatility
          ? [
              [
                'Volatility, a year',
                <span key="volatility" className="figures">
                  {(volatility.annualised * 100).toFixed(1)} %
                  <span className="block text-xs text-muted">
                    standard deviation of {volatility.returns} log returns × √{volatility.periodsPerYear}
                  </span>
                </span>,
              ] as const,
            ]
          : []),
      ]}
    />
  );
}
