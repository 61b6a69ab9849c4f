import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Instant } from '../design/figures.tsx';
import { CursorPages, SelectFilter, TextFilter } from '../design/filters.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { formatRelative } from '../money/format.ts';
import { type ProductType, productTypeChoices } from '../products/commodity.ts';
import { useMe } from '../session/session.ts';
import { rfqStatuses } from './requests-search.ts';
import { type Looker, type RfqRow, rfqStatus } from './rfq.ts';

function columnsFor(looker: Looker): readonly Column<RfqRow>[] {
  return [
    {
      id: 'title',
      header: 'Request',
      sortBy: ({ title }) => title,
      cell: ({ rfqId, title, version, visibility, publishedAt, createdAt }) => (
        <>
          <Link to="/rfq/$rfqId" params={{ rfqId }} className="font-medium text-accent hover:underline">
            {title}
          </Link>
          <span className="block text-xs text-muted">
            {publishedAt ? 'sent out' : 'drafted'} <Instant at={publishedAt ?? createdAt} dateOnly />
            {version > 1 && ` · version ${version}`}
            {visibility === 'invited' && ' · by invitation'}
          </span>
        </>
      ),
    },
    {
      id: 'status',
      header: 'State',
      sortBy: ({ status }) => status,
      cell: (rfq) => {
        const { tone, text: said } = rfqStatus(rfq, looker);
        return <Status tone={tone}>{said}</Status>;
      },
    },
    {
      id: 'product',
      header: 'Products',
      wideOnly: true,
      cell: ({ productTypes }) => productTypes.map(words).join(', '),
    },
    {
      id: 'deadline',
      header: 'Deadline for responses',
      sortBy: ({ deadlineAt }) => deadlineAt,
      cell: ({ deadlineAt, status }) => (
        <>
          <Instant at={deadlineAt} />
          {status === 'published' && (
            <span className="block text-xs text-muted first-letter:uppercase">{formatRelative(deadlineAt)}</span>
          )}
        </>
      ),
    },
    {
      id: 'decide',
      header: 'Decision by',
      wideOnly: true,
      sortBy: ({ decideBy }) => decideBy,
      cell: ({ decideBy }) => <Instant at={decideBy} dateOnly />,
    },
    { id: 'currency', header: 'Currency', wideOnly: true, cell: ({ currency }) => currency },
  ];
}

const summaries: Record<Looker, string> = {
  buyer: 'What you ask several suppliers for at once. Their responses stay sealed until your deadline.',
  supplier: 'Requests that you are invited to or that are open to all. Your response stays sealed until the deadline.',
  operator: 'Every request that was sent out.',
};

/** A buyer's requests; a supplier's inbox of those it may answer. */
export function Requests() {
  const { role } = useMe();
  const looker = role as Looker;
  const { status, productType, q, cursor } = useSearch({ from: '/_app/rfq/' });
  const mine = looker === 'buyer' ? 'true' : undefined;
  const query = { status, productType: productType as ProductType | undefined, q, cursor, limit: 50, mine } as const;
  const rfqs = server.useQuery(
    'get',
    '/api/rfqs',
    { params: { query } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  const narrowed = [status, productType, q].some((each) => each !== undefined);
  return (
    <Page
      title={looker === 'supplier' ? 'Requests for you' : 'Requests for quotation'}
      wide
      summary={summaries[looker]}
      actions={
        looker === 'buyer' && (
          <ButtonLink to="/rfq/new" variant="primary">
            Make a request
          </ButtonLink>
        )
      }
    >
      <QueryView query={rfqs}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Requests"
            columns={columnsFor(looker)}
            rows={items}
            rowKey={({ rfqId }) => rfqId}
            toolbar={
              <>
                <TextFilter name="q" label="Find by title" />
                <SelectFilter
                  name="status"
                  label="State"
                  any="Any state"
                  choices={rfqStatuses
                    .filter((each) => looker === 'buyer' || each !== 'draft')
                    .map((value) => ({ value, label: words(value) }))}
                />
                <SelectFilter name="productType" label="Product" any="Any product" choices={productTypeChoices} />
              </>
            }
            empty={<NoRequests looker={looker} isNarrowed={narrowed} />}
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}

function NoRequests({ looker, isNarrowed }: { looker: Looker; isNarrowed: boolean }) {
  if (isNarrowed) return <Empty title="No request is like this">Widen the filters above to see more.</Empty>;
  if (looker === 'buyer') {
    return (
      <Empty
        title="You have made no request yet"
        action={<ButtonLink to="/rfq/new">Make your first request</ButtonLink>}
      >
        Say what you need, where and when. Suppliers that fit are told and hand in sealed responses; at the deadline you
        compare their landed costs and award.
      </Empty>
    );
  }
  return (
    <Empty title="No request is there for you" action={<ButtonLink to="/products">See the products</ButtonLink>}>
      Requests are matched with what suppliers sell, where they deliver and what they prove. You get an e-mail when one
      fits you.
    </Empty>
  );
}
