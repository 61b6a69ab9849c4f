import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { formatInstant } from '../money/format.ts';
import { AgeBadge, BasisBadge, type Figure, hasSimulated, KindBadge, type Quote } from './badges.tsx';
import { shortName } from './basis.ts';
import { type BoardRow, boardFilters, boardRows, boardSources } from './board-filters.ts';
import { ChangeText } from './change-text.tsx';
import { FilterSelect } from './filter-select.tsx';
import { FlashOnChange } from './flash-on-change.tsx';
import { LatestSummary } from './latest-summary.tsx';
import { LivePrices } from './live-prices.tsx';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { useNow } from './now.ts';
import { ageText, changeOf } from './price.ts';
import { Sparkline } from './sparkline.tsx';

/** So many of the newest figures are drawn and held against each other. */
const recentFigures = 60;
/** What the socket does not tell, such as another source that became stale, is asked for so often. */
const refreshMs = 30_000;

/** The newest figures of every source, side by side with what they mean and how old they are. */
export function Board() {
  const latest = server.useQuery(
    'get',
    '/api/market/latest',
    { params: { query: { limit: 200 } } },
    { refetchInterval: refreshMs },
  );
  return (
    <MarketPage
      title="Market"
      status={
        latest.data && <LivePrices instrumentIds={latest.data.items.map(({ instrument }) => instrument.instrumentId)} />
      }
      summary="What lithium is assessed, averaged and traded at: the newest figure of each source, with what it means and how old it is. Figures of unlike bases do not compare; Convert restates them."
    >
      <LatestSummary />
      <QueryView query={latest} rows={8}>
        {({ items }) => <Prices quotes={items} />}
      </QueryView>
    </MarketPage>
  );
}

function Prices({ quotes }: { quotes: readonly Quote[] }) {
  const { search, set } = useMarketSearch();
  const now = useNow();
  const rows = boardRows(quotes, search);
  const currencies = [...new Set(quotes.map(({ instrument }) => instrument.currency))].sort();
  return (
    <div className="grid gap-4">
      {hasSimulated(quotes) && (
        <Notice title="Figures marked SIMULATED are not prices of anything">
          They are a random walk for demonstration. Choose a source to leave them out.
        </Notice>
      )}
      <DataTable
        label="Prices"
        columns={columnsAt(now)}
        rows={rows}
        rowKey={({ instrument, figure }) => `${instrument.instrumentId} ${figure?.sourceId}`}
        textOf={({ instrument, figure }) => `${instrument.name} ${instrument.code} ${figure?.source.name ?? ''}`}
        empty={<Empty title="No figure is under these filters">Choose “All” in the lists above.</Empty>}
        toolbar={
          <>
            <FilterSelect
              label="Product"
              all="All products"
              choices={boardFilters.product}
              value={search.product}
              onChange={(product) => set({ product })}
            />
            <FilterSelect
              label="Grade"
              all="All grades"
              choices={boardFilters.grade}
              value={search.grade}
              onChange={(grade) => set({ grade })}
            />
            <FilterSelect
              label="Currency"
              all="All currencies"
              choices={currencies.map((value) => ({ value, label: value }))}
              value={search.currency}
              onChange={(currency) => set({ currency })}
            />
            <FilterSelect
              label="Source"
              all="All sources"
              choices={boardSources(quotes)}
              value={search.source}
              onChange={(source) => set({ source })}
            />
            <FilterSelect
              label="Freshness"
              all="Fresh and stale"
              choices={[{ value: 'yes', label: 'Fresh only' }]}
              value={search.fresh}
              onChange={(fresh) => set({ fresh })}
            />
          </>
        }
      />
    </div>
  );
}

function columnsAt(now: number): readonly Column<BoardRow>[] {
  return [
    {
      id: 'instrument',
      header: 'Instrument',
      sortBy: ({ instrument }) => instrument.name,
      cell: ({ instrument, figure }) => (
        <div className="min-w-40 md:min-w-56">
          <Link
            to="/market/$instrumentId"
            params={{ instrumentId: instrument.instrumentId }}
            title={instrument.name}
            className="font-medium text-accent hover:underline"
          >
            {shortName(instrument)}
          </Link>
          <span className="block">
            <BasisBadge basis={instrument} short />
          </span>
          {figure && (
            <span className="mt-1 flex flex-wrap items-center gap-1.5 text-xs text-muted md:hidden">
              {figure.source.name} <KindBadge kind={figure.kind} />
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'source',
      header: 'Source',
      wideOnly: true,
      sortBy: ({ figure }) => figure?.source.name,
      cell: ({ figure }) =>
        figure ? (
          <div className="grid min-w-40 justify-items-start gap-1" title={figure.source.attribution}>
            <span>{figure.source.name}</span>
            <KindBadge kind={figure.kind} />
          </div>
        ) : (
          <span className="text-muted">No figure yet</span>
        ),
    },
    { id: 'low', header: 'Low', align: 'right', wideOnly: true, cell: ({ figure }) => <Count value={figure?.low} /> },
    {
      id: 'mid',
      header: 'Mid',
      align: 'right',
      cell: ({ instrument, figure }) =>
        figure ? (
          <FlashOnChange value={figure.mid}>
            <span className="font-semibold">
              <Money amount={figure.mid} currency={instrument.currency} />
            </span>
            <span className="block text-xs text-muted">per {instrument.unit}</span>
            <span className="block md:hidden">
              <RecentChange id={instrument.instrumentId} figure={figure} />
            </span>
          </FlashOnChange>
        ) : (
          <span className="text-muted">–</span>
        ),
    },
    {
      id: 'high',
      header: 'High',
      align: 'right',
      wideOnly: true,
      cell: ({ figure }) => <Count value={figure?.high} />,
    },
    {
      id: 'change',
      header: 'Change',
      align: 'right',
      wideOnly: true,
      cell: ({ instrument, figure }) => figure && <RecentChange id={instrument.instrumentId} figure={figure} />,
    },
    {
      id: 'recent',
      header: 'Last figures',
      wideOnly: true,
      cell: ({ instrument, figure }) => figure && <RecentLine id={instrument.instrumentId} figure={figure} />,
    },
    {
      id: 'age',
      header: 'Age',
      sortBy: ({ figure }) => figure && -Date.parse(figure.validAt),
      cell: ({ figure }) => figure && <AgeBadge validAt={figure.validAt} stale={figure.stale} now={now} />,
    },
  ];
}

/** The newest figures of a source, with one that came live in front. */
function useRecent(id: string, figure: Figure) {
  const query = { source: figure.sourceId, limit: recentFigures };
  const recent = server.useQuery(
    'get',
    '/api/market/instruments/{id}/observations',
    { params: { path: { id }, query } },
    { staleTime: refreshMs },
  );
  if (!recent.data) return undefined;
  const older = recent.data.items.filter(({ validAt }) => validAt < figure.validAt);
  return [figure, ...older].slice(0, recentFigures);
}

function RecentChange({ id, figure }: { id: string; figure: Figure }) {
  const recent = useRecent(id, figure);
  const change = recent && changeOf(recent);
  if (!change) return <span className="text-muted">–</span>;
  return (
    <span className="grid justify-items-end">
      <ChangeText percent={change.percent} direction={change.direction} />
      <span className="text-xs whitespace-nowrap text-muted" title={`since ${formatInstant(change.since)}`}>
        over {ageText(Date.parse(figure.validAt) - Date.parse(change.since))}
      </span>
    </span>
  );
}

function RecentLine({ id, figure }: { id: string; figure: Figure }) {
  return <Sparkline figures={useRecent(id, figure) ?? []} />;
}
