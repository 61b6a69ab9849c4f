import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { BasisBadge } from './badges.tsx';
import { type Basis, differingParts, type Instrument, partText, partWords, per } from './basis.ts';
import { type ChartLine, defaultRange, rangeStart, ranges } from './chart-lines.ts';
import { ChartView } from './chart-view.tsx';
import { DayField } from './day-field.tsx';
import { FilterSelect } from './filter-select.tsx';
import { flagWords } from './flag-words.ts';
import { instrumentChoices, useInstruments } from './instruments.ts';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { knownAtEndOf } from './observed.ts';
import { isNotRestated, NotRestated } from './refusals.tsx';
import { today } from './today.ts';

type Compared = Answer<'/api/market/compare'>['items'];

const periods = [
  { value: 'day', label: 'Daily' },
  { value: 'week', label: 'Weekly' },
  { value: 'month', label: 'Monthly' },
] as const;
const chosenMax = 6;

/** Instruments beside each other: as they are when they mean the same, restated in the measure of one when not. */
export function Compare() {
  const instruments = useInstruments();
  return (
    <MarketPage
      title="Compare instruments"
      summary="Prices compare when product, grade, region, delivery, currency, unit and tax are the same. Where they are not, choose in whose measure to restate the others."
    >
      <QueryView query={instruments}>{(list) => <Chosen instruments={list} />}</QueryView>
    </MarketPage>
  );
}

function Chosen({ instruments }: { instruments: readonly Instrument[] }) {
  const { search, set } = useMarketSearch();
  const ids = (search.ids ?? '').split(',').filter((id) => instruments.some(({ instrumentId }) => instrumentId === id));
  const chosen = ids.flatMap((id) => instruments.find(({ instrumentId }) => instrumentId === id) ?? []);
  const choose = (next: readonly string[]) =>
    set({ ids: next.join(','), ...(next.includes(search.convertTo ?? '') ? {} : { convertTo: undefined }) });
  const left = instruments.filter(({ instrumentId }) => !ids.includes(instrumentId));
  return (
    <>
      <Section title="Instruments">
        <ul className="grid gap-3">
          {chosen.map((instrument) => (
            <li key={instrument.instrumentId} className="flex flex-wrap items-center justify-between gap-2">
              <span>
                <Link
                  to="/market/$instrumentId"
                  params={{ instrumentId: instrument.instrumentId }}
                  className="font-medium text-accent hover:underline"
                >
                  {instrument.name}
                </Link>
                <span className="block">
                  <BasisBadge basis={instrument} withProduct={false} />
                </span>
              </span>
              <Button
                size="sm"
                aria-label={`Take ${instrument.name} out`}
                onClick={() => choose(ids.filter((id) => id !== instrument.instrumentId))}
              >
                Take out
              </Button>
            </li>
          ))}
          {ids.length < chosenMax && left.length > 0 && (
            <li>
              <FilterSelect
                wide
                label="Add an instrument"
                all="Add an instrument …"
                choices={instrumentChoices(left)}
                value={undefined}
                onChange={(id) => id && choose([...ids, id])}
              />
            </li>
          )}
        </ul>
      </Section>
      {chosen.length < 2 ? (
        <Empty title="Choose two instruments or more">
          They are drawn on one chart, with a table behind it. What does not mean the same is never drawn as if it did.
        </Empty>
      ) : (
        <Comparison ids={ids} chosen={chosen} />
      )}
    </>
  );
}

function Comparison({ ids, chosen }: { ids: readonly string[]; chosen: readonly Instrument[] }) {
  const { search, set } = useMarketSearch();
  const period = periods.find(({ value }) => value === search.period)?.value ?? 'day';
  const { convertTo } = search;
  const knownAt = knownAtEndOf(search.knownAt, today());
  const query = {
    ...{ ids: ids.join(','), period, from: rangeStart(search.range, today()) },
    ...(convertTo ? { convertTo } : {}),
    ...(knownAt ? { knownAt } : {}),
    ...(search.stale === 'yes' ? { allowStale: 'true' } : {}),
  };
  const compared = server.useQuery('get', '/api/market/compare', { params: { query } });
  const error: unknown = compared.error;
  return (
    <Section title="Side by side">
      <div className="grid gap-4">
        <div className="flex flex-wrap items-end gap-2">
          <FilterSelect label="Bars" choices={periods} value={period} onChange={(value) => set({ period: value })} />
          <FilterSelect
            label="Range"
            choices={ranges}
            value={search.range ?? defaultRange}
            onChange={(range) => set({ range })}
          />
          <FilterSelect
            wide
            label="Restate in the measure of"
            all="As they are"
            choices={instrumentChoices(chosen).map(({ value, label }) => ({
              value,
              label: `In the measure of: ${label}`,
            }))}
            value={convertTo}
            onChange={(to) => set({ convertTo: to, stale: undefined })}
          />
          <DayField
            label="As known on"
            value={search.knownAt}
            max={today()}
            onChange={(day) => set({ knownAt: day })}
          />
        </div>
        {error instanceof Problem && error.code === 'MARKET_BASES_DIFFER' ? (
          <Unlike chosen={chosen} onConvert={(to) => set({ convertTo: to })} />
        ) : isNotRestated(error) ? (
          <NotRestated error={error} onUseOldRate={() => set({ stale: 'yes' })} />
        ) : (
          <QueryView query={compared} rows={10}>
            {({ items }) => <Drawn items={items} />}
          </QueryView>
        )}
      </div>
    </Section>
  );
}

/** Why these prices are not drawn together, part by part, and what can be done. */
function Unlike({ chosen, onConvert }: { chosen: readonly Instrument[]; onConvert(to: string): void }) {
  const [first, ...others] = chosen;
  if (!first) return null;
  const parts = [...new Set(others.flatMap((other) => differingParts(first, other)))];
  return (
    <div className="grid gap-4">
      <Notice tone="amber" title="These prices do not mean the same thing, so they are not drawn together">
        They differ in {parts.map((part) => partWords[part].toLowerCase()).join(', ')}. Drawn as they are, the chart
        would show the difference of what they mean, not of what they cost.
      </Notice>
      <PartsTable instruments={chosen} parts={parts} />
      <div>
        <p className="mb-2 font-medium">Restate all of them in the measure of</p>
        <div className="flex flex-wrap gap-2">
          {chosen.map(({ instrumentId, name, currency, unit }) => (
            <Button key={instrumentId} onClick={() => onConvert(instrumentId)}>
              {name} ({per({ currency, unit })})
            </Button>
          ))}
        </div>
        <p className="mt-2 max-w-prose text-sm text-muted">
          Currency, unit, tax and lithium content are restated, each day by that day’s rates. Region, grade, form and
          Incoterm stay as they are and are named: they are what you compare. To restate an Incoterm too,{' '}
          <Link to="/market/convert" className="text-accent underline">
            convert a price
          </Link>{' '}
          and state the charges between.
        </p>
      </div>
    </div>
  );
}

function PartsTable({ instruments, parts }: { instruments: readonly Instrument[]; parts: readonly (keyof Basis)[] }) {
  return (
    <TableFrame
      label="In what they differ"
      heads={[{ text: 'Instrument' }, ...parts.map((part) => ({ text: partWords[part] }))]}
    >
      {instruments.map((instrument) => (
        <tr key={instrument.instrumentId} className="border-t border-line">
          <th scope="row" className="px-3 py-2 text-left font-normal">
            {instrument.name}
          </th>
          {parts.map((part) => (
            <td key={part} className="px-3 py-2">
              {partText(part, instrument)}
            </td>
          ))}
        </tr>
      ))}
    </TableFrame>
  );
}

function Drawn({ items }: { items: Compared }) {
  const lines = useMemo(
    (): ChartLine[] =>
      items.flatMap(({ instrument, lines: ofSources }) =>
        ofSources
          .filter(({ bars }) => bars.length > 0)
          .map(({ source, bars }) => ({
            id: `${instrument.instrumentId} ${source.sourceId}`,
            label: `${instrument.name}: ${source.name}`,
            points: bars,
          })),
      ),
    [items],
  );
  const [first] = items;
  if (!first || lines.length === 0) {
    return <Empty title="None of them has a figure in this range">Choose a longer range.</Empty>;
  }
  const measure = per(first.converted?.basis ?? first.instrument);
  return (
    <div className="grid gap-4">
      <ul className="grid gap-1 text-sm text-muted">
        {items.map(({ instrument, converted }) =>
          converted && (converted.differs.length > 0 || converted.flags.length > 0) ? (
            <li key={instrument.instrumentId}>
              <span className="font-medium text-ink">{instrument.name}</span>
              {converted.differs.length > 0 &&
                ` is restated; it still differs in ${converted.differs.map((part) => partWords[part as keyof Basis].toLowerCase()).join(', ')}.`}
              {converted.flags.map((flag) => ` ${flagWords(flag)}`)}
            </li>
          ) : null,
        )}
      </ul>
      <ChartView label={`Closes in ${measure}`} lines={lines} />
    </div>
  );
}
