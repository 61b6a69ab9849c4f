import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button, buttonClass } from '../design/button.tsx';
import { Count, Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { KindBadge, type Quote } from './badges.tsx';
import { per } from './basis.ts';
import { DayField } from './day-field.tsx';
import { FilterSelect } from './filter-select.tsx';
import { type MarketSearch, useMarketSearch } from './market-search.ts';
import { correctionsOf, dayAfter, knownAtEndOf } from './observed.ts';
import { today } from './today.ts';

type Observation = Answer<'/api/market/instruments/{id}/observations'>['items'][number];

const pageSize = 50;

/** Every figure as it was recorded, and as it was known: what was corrected since says what it is now. */
export function Observations({ quote }: { quote: Quote }) {
  const { search, set } = useMarketSearch();
  const { instrumentId } = quote.instrument;
  const filter = observationFilter(search);
  const known = useObservations(instrumentId, filter);
  const { knownAt, ...asOfNow } = filter;
  const now = useObservations(instrumentId, asOfNow, knownAt !== undefined);
  const items = known.data?.pages.flatMap((page) => page.items) ?? [];
  const corrected = knownAt ? correctionsOf(items, now.data?.pages.flatMap((page) => page.items) ?? []) : new Map();
  const csv = `/api/market/instruments/${instrumentId}/observations.csv?${new URLSearchParams(filter)}`;
  const sources = quote.figures.map(({ source }) => ({ value: source.sourceId, label: source.name }));
  const names = new Map(quote.figures.map(({ source }) => [source.sourceId, source.name]));
  return (
    <div id="observations" className="scroll-mt-16">
      <Section
        title="Figures as recorded"
        plain
        actions={
          <a href={csv} download className={buttonClass({ size: 'sm' })}>
            Download as CSV
          </a>
        }
      >
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <FilterSelect
            label="Source of the figures"
            all="All sources"
            choices={sources}
            value={search.source}
            onChange={(source) => set({ source })}
          />
          <DayField label="From" value={search.from} max={search.to} onChange={(from) => set({ from })} />
          <DayField label="To" value={search.to} max={today()} onChange={(to) => set({ to })} />
          <DayField
            label="As known on"
            value={search.knownAt}
            max={today()}
            onChange={(day) => set({ knownAt: day })}
          />
        </div>
        <p className="text-xs text-muted">
          Prices in {per(quote.instrument)}. The file has exactly these figures, without those that their source does
          not allow to be exported.
        </p>
        <QueryView query={known} rows={8}>
          {() =>
            items.length === 0 ? (
              <Empty title="No figure is under these filters">Choose other days, or all sources.</Empty>
            ) : (
              <Table items={items} names={names} corrected={corrected} highlighted={search.observation} />
            )
          }
        </QueryView>
        {known.hasNextPage && (
          <div>
            <Button onClick={() => void known.fetchNextPage()} busy={known.isFetchingNextPage}>
              Show older figures
            </Button>
          </div>
        )}
      </Section>
    </div>
  );
}

function observationFilter({ source, from, to, ...search }: MarketSearch): Record<string, string> {
  const knownAt = knownAtEndOf(search.knownAt, today());
  return {
    ...(source ? { source } : {}),
    ...(from ? { from } : {}),
    // The day is included; the platform takes the instant before which.
    ...(to ? { to: dayAfter(to) } : {}),
    ...(knownAt ? { knownAt } : {}),
  };
}

function useObservations(id: string, filter: Record<string, string>, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['market', 'observations', id, filter],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const query = { ...filter, limit: pageSize, ...(cursor ? { cursor } : {}) };
      const { data } = await api.GET('/api/market/instruments/{id}/observations', { params: { path: { id }, query } });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

function Table({
  items,
  names,
  corrected,
  highlighted,
}: {
  items: readonly Observation[];
  names: ReadonlyMap<string, string>;
  corrected: ReadonlyMap<string, Observation>;
  highlighted: string | undefined;
}) {
  const cited = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void cited.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <TableFrame
      tall
      label="Figures"
      heads={[
        { text: 'Valid' },
        { text: 'Source' },
        { text: 'Low', align: 'right' },
        { text: 'Mid', align: 'right' },
        { text: 'High', align: 'right' },
        { text: 'Recorded' },
        { text: 'Edition' },
      ]}
    >
      {items.map((item) => {
        const now = corrected.get(item.observationId);
        const isCited = item.observationId === highlighted;
        return (
          <tr
            key={item.observationId}
            ref={isCited ? cited : undefined}
            className={`border-t border-line align-top ${isCited ? 'bg-accent-soft' : ''}`}
          >
            <th scope="row" className="px-3 py-1.5 text-left font-normal">
              <Instant at={item.validAt} />
              {isCited && <span className="block text-xs font-semibold text-accent">cited in the summary</span>}
            </th>
            <td className="px-3 py-1.5">
              <span className="flex flex-wrap items-center gap-2">
                {names.get(item.sourceId) ?? 'Another source'}
                <KindBadge kind={item.kind} />
              </span>
            </td>
            <Price value={item.low} now={now?.low} />
            <Price value={item.mid} now={now?.mid} />
            <Price value={item.high} now={now?.high} />
            <td className="px-3 py-1.5">
              <Instant at={item.recordedAt} />
              {now && (
                <span className="block text-xs text-amber">
                  corrected <Instant at={now.recordedAt} />
                </span>
              )}
            </td>
            <td className="px-3 py-1.5 text-muted">{item.edition}</td>
          </tr>
        );
      })}
    </TableFrame>
  );
}

function Price({ value, now }: { value: string; now: string | undefined }) {
  return (
    <td className="px-3 py-1.5 text-right">
      <Count value={value} />
      {now !== undefined && now !== value && (
        <span className="block text-xs text-amber">
          now <Count value={now} />
        </span>
      )}
    </td>
  );
}
