import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter } from '../design/filters.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useTopic } from '../live/live.ts';
import { FlashOnChange } from '../market/flash-on-change.tsx';
import { useMe } from '../session/session.ts';
import {
  type AuctionRow,
  auctionStatuses,
  formatChoices,
  formats,
  isSimulated,
  type LiveState,
  type LiveUpdate,
  statusTones,
  statusWords,
  topicOf,
} from './auction.ts';
import { timeLeft } from './countdown.ts';
import { unsoldWords } from './lot-timeline.ts';
import { useServerNow } from './server-now.ts';

const pageRows = 50;
const pollMs = 10_000;

const columns: readonly Column<AuctionRow>[] = [
  {
    id: 'title',
    header: 'Lot',
    sortBy: ({ title }) => title,
    cell: (auction) => (
      <>
        <Link
          to="/auctions/$auctionId"
          params={{ auctionId: auction.auctionId }}
          className="font-medium text-accent hover:underline"
        >
          {auction.title}
        </Link>
        <span className="block text-xs text-muted">
          {formats[auction.format].name}
          {isSimulated(auction) && ' · bidders are played by a program'}
        </span>
      </>
    ),
  },
  {
    id: 'status',
    header: 'State',
    sortBy: ({ status }) => auctionStatuses.indexOf(status),
    cell: (auction) => (
      <WithLive auction={auction}>
        {({ status }) => <Status tone={statusTones[status]}>{statusWords[status]}</Status>}
      </WithLive>
    ),
  },
  {
    id: 'price',
    header: 'Price per tonne',
    align: 'right',
    sortBy: ({ live }) => (live.price === null ? null : Number(live.price)),
    cell: (auction) => <WithLive auction={auction}>{(live) => <Price auction={auction} live={live} />}</WithLive>,
  },
  {
    id: 'bids',
    header: 'Bids',
    align: 'right',
    wideOnly: true,
    sortBy: ({ live }) => live.bids,
    cell: (auction) => <WithLive auction={auction}>{({ bids }) => <Count value={bids} />}</WithLive>,
  },
  {
    id: 'quantity',
    header: 'Quantity',
    align: 'right',
    wideOnly: true,
    sortBy: ({ quantityKg }) => quantityKg,
    cell: ({ quantityKg }) => <Count value={quantityKg} unit="kg" />,
  },
  {
    id: 'closes',
    header: 'When',
    sortBy: ({ live }) => live.closesAt,
    cell: (auction) => (
      <WithLive auction={auction}>{(live, offsetMs) => <When live={live} offsetMs={offsetMs} />}</WithLive>
    ),
  },
];

/** Auctions that run, that are to come and that are over. */
export function Auctions() {
  const { role } = useMe();
  const { status, format, cursor } = useSearch({ from: '/_app/auctions/' });
  const query = { status, format, cursor, limit: pageRows };
  const auctions = server.useQuery(
    'get',
    '/api/auctions',
    { params: { query } },
    { placeholderData: keepPreviousData, refetchInterval: pollMs },
  );
  const mayAnnounce = role === 'supplier' || role === 'buyer';
  const announce = (
    <ButtonLink to="/auctions/new" variant="primary">
      {role === 'supplier' ? 'Announce a sale' : 'Ask for offers'}
    </ButtonLink>
  );
  return (
    <Page
      title="Auctions"
      wide
      summary="Lots of lithium under the rules of one format each. Prices are live and per tonne."
      actions={mayAnnounce && announce}
    >
      <QueryView query={auctions} rows={8}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Auctions"
            columns={columns}
            rows={byState(items)}
            rowKey={({ auctionId }) => auctionId}
            textOf={({ title }) => title}
            empty={
              <Empty title={status ? `No auction is in the state “${statusWords[status]}”` : 'No auction is announced'}>
                {mayAnnounce
                  ? 'Announce one yourself, or come back: running auctions appear here at once.'
                  : 'Running auctions appear here at once.'}
              </Empty>
            }
            toolbar={
              <>
                <SelectFilter
                  name="status"
                  label="State"
                  any="Any state"
                  choices={auctionStatuses.map((value) => ({ value, label: statusWords[value] }))}
                />
                <SelectFilter name="format" label="Format" any="Any format" choices={formatChoices} />
                <ClearFilters />
              </>
            }
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}

/** Running ones first, then what is to come; the newest of each before the others. */
function byState(rows: readonly AuctionRow[]): AuctionRow[] {
  return [...rows].sort((a, b) => auctionStatuses.indexOf(a.status) - auctionStatuses.indexOf(b.status));
}

/** A row of an auction that is not over is watched: one subscription however many cells show it. */
function WithLive({
  auction,
  children,
}: {
  auction: AuctionRow;
  children(live: LiveState, offsetMs: number): React.ReactNode;
}) {
  const isWatched = auction.status === 'open';
  const { state, offsetMs } = useTopic<LiveState, LiveUpdate>(isWatched ? topicOf(auction.auctionId) : undefined);
  return children(state && state.sequence >= auction.live.sequence ? state : auction.live, offsetMs);
}

function Price({ auction, live }: { auction: AuctionRow; live: LiveState }) {
  const { price, result, status } = live;
  if (result?.outcome === 'sold') {
    return (
      <>
        <Money amount={result.price} currency={auction.currency} />
        <span className="block text-xs text-muted">sold</span>
      </>
    );
  }
  if (status === 'closed') return <span className="text-muted">{unsoldWords(result?.reason ?? '')}</span>;
  if (price === null) return <span className="text-muted">Hidden</span>;
  return (
    <FlashOnChange value={String(price)}>
      <Money amount={price} currency={auction.currency} />
    </FlashOnChange>
  );
}

function When({ live, offsetMs }: { live: LiveState; offsetMs: number }) {
  const now = useServerNow(offsetMs, 1_000);
  const { status, opensAt, closesAt } = live;
  if (status === 'closed' || status === 'cancelled') {
    // One that was won early has a close that never came.
    return Date.parse(closesAt) <= now ? <Instant at={closesAt} /> : <span className="text-muted">Ended early</span>;
  }
  const at = status === 'scheduled' ? opensAt : closesAt;
  const left = timeLeft(at, now);
  return (
    <>
      <span className="figures font-medium whitespace-nowrap">
        {status === 'scheduled' ? 'Opens' : 'Closes'} {left ? `in ${left}` : 'now'}
      </span>
      <span className="block text-xs text-muted">
        <Instant at={at} />
      </span>
    </>
  );
}
