import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';

type Deal = Answer<'/api/deals/active'>[number];

const columns: readonly Column<Deal>[] = [
  {
    id: 'name',
    header: 'Deal',
    sortBy: ({ name }) => name,
    cell: ({ dealId, name, companyName }) => (
      <>
        <Link to="/deals/$dealId" params={{ dealId }} className="font-medium text-accent hover:underline">
          {name}
        </Link>
        <span className="block text-xs text-muted">{companyName}</span>
      </>
    ),
  },
  {
    id: 'shares',
    header: 'Shares',
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
    id: 'ticket',
    header: 'Smallest ticket',
    align: 'right',
    wideOnly: true,
    cell: ({ minimumTicket, currency }) => <Money amount={minimumTicket} currency={currency} />,
  },
  {
    id: 'closes',
    header: 'Closes',
    sortBy: ({ closesAt }) => closesAt,
    cell: ({ closesAt }) => <Instant at={closesAt} />,
  },
];

/** Deals that take offers and commitments now. */
export function OpenDeals() {
  const deals = server.useQuery('get', '/api/deals/active');
  return (
    <Page title="Open deals" wide summary="Deals that take offers of shares and commitments of funds now.">
      <QueryView query={deals}>
        {(rows) => (
          <DataTable
            label="Open deals"
            columns={columns}
            rows={rows}
            rowKey={({ dealId }) => dealId}
            textOf={({ name, companyName }) => `${name} ${companyName}`}
            empty={<Empty title="No deal is open now">You get an e-mail when one opens that you can join.</Empty>}
          />
        )}
      </QueryView>
    </Page>
  );
}
