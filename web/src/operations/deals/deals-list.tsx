import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { ButtonLink } from '../../design/button.tsx';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Count, Instant, Money } from '../../design/figures.tsx';
import { CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { dealState } from '../../shares/standing-words.ts';

type Deal = Answer<'/api/admin/deals'>['items'][number];

const statuses = ['draft', 'open', 'allocated', 'locked', 'settled', 'closed', 'cancelled'] as const;

const columns: readonly Column<Deal>[] = [
  {
    id: 'name',
    header: 'Deal',
    sortBy: ({ name }) => name,
    cell: ({ dealId, name, companyName }) => (
      <>
        <Link to="/admin/deals/$dealId" params={{ dealId }} className="font-medium text-accent hover:underline">
          {name}
        </Link>
        <span className="block text-xs text-muted">{companyName}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    sortBy: ({ status }) => statuses.indexOf(status),
    cell: ({ status }) => {
      const { label, tone } = dealState(status);
      return <Status tone={tone}>{label}</Status>;
    },
  },
  {
    id: 'shares',
    header: 'Shares wanted',
    align: 'right',
    sortBy: ({ targetShares }) => targetShares,
    cell: ({ targetShares }) => <Count value={targetShares} />,
  },
  {
    id: 'price',
    header: 'Price per share',
    align: 'right',
    cell: ({ price, priceMin, priceMax, currency }) =>
      price === null ? (
        <>
          <Money amount={priceMin} currency={currency} /> to <Money amount={priceMax} currency={currency} />
        </>
      ) : (
        <Money amount={price} currency={currency} />
      ),
  },
  {
    id: 'closes',
    header: 'Takes offers until',
    sortBy: ({ closesAt }) => closesAt,
    cell: ({ closesAt }) => <Instant at={closesAt} />,
  },
];

/** Every deal in whatever state. */
export function DealsList() {
  const { status, cursor } = useSearch({ from: '/_app/admin/deals/' });
  const deals = server.useQuery(
    'get',
    '/api/admin/deals',
    { params: { query: { status: status as Deal['status'] | undefined, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData },
  );
  const draft = (
    <ButtonLink to="/admin/deals/new" variant="primary">
      Draft a deal
    </ButtonLink>
  );
  return (
    <Page title="Deals" wide summary="Run each deal from its draft to its close." actions={draft}>
      <QueryView query={deals}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Deals"
            columns={columns}
            rows={items}
            rowKey={({ dealId }) => dealId}
            textOf={({ name, companyName }) => `${name} ${companyName}`}
            toolbar={
              <SelectFilter
                name="status"
                label="State"
                any="Any state"
                choices={statuses.map((value) => ({ value, label: dealState(value).label }))}
              />
            }
            empty={
              <Empty title={status ? 'No deal is in this state' : 'There is no deal yet'} action={draft}>
                Draft one for a company; nobody sees it until you open it.
              </Empty>
            }
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}
