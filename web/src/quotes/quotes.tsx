import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Instant } from '../design/figures.tsx';
import { CursorPages, SelectFilter } from '../design/filters.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { useMe } from '../session/session.ts';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { type QuoteRow, quoteStatus, sideOf } from './quote-state.ts';
import { statuses } from './quotes-search.ts';

function columnsFor(meId: string): readonly Column<QuoteRow>[] {
  return [
    {
      id: 'product',
      header: 'Quote',
      sortBy: ({ productTitle }) => productTitle,
      cell: (quote) => (
        <div className="min-w-44">
          <Link
            to="/quotes/$quoteId"
            params={{ quoteId: quote.quoteId }}
            className="font-medium text-accent hover:underline"
          >
            {quote.productTitle}
          </Link>
          <span className="block text-xs text-muted">
            asked <Instant at={quote.createdAt} />
          </span>
        </div>
      ),
    },
    {
      id: 'status',
      header: 'State',
      sortBy: ({ status }) => status,
      cell: (quote) => {
        const { tone, text: said } = quoteStatus(quote, sideOf(quote, meId));
        return <Status tone={tone}>{said}</Status>;
      },
    },
    {
      id: 'other',
      header: 'With',
      wideOnly: true,
      cell: (quote) =>
        sideOf(quote, meId) === 'supplier' ? 'A buyer' : <SupplierLink supplierId={quote.supplierId} />,
    },
    {
      id: 'quantity',
      header: 'Quantity',
      align: 'right',
      sortBy: ({ quantityKg }) => quantityKg,
      cell: ({ quantityKg }) => <Count value={quantityKg} unit="kg" />,
    },
    {
      id: 'terms',
      header: 'Terms',
      wideOnly: true,
      cell: ({ incoterm, place }) => <span className="whitespace-nowrap">{`${incoterm} ${place}`}</span>,
    },
    {
      id: 'round',
      header: 'Offers',
      align: 'right',
      wideOnly: true,
      cell: ({ round, roundsMax }) => <span className="whitespace-nowrap">{`${round} of ${roundsMax}`}</span>,
    },
    {
      id: 'expires',
      header: 'Answer by',
      sortBy: ({ expiresAt }) => expiresAt,
      cell: ({ turn, expiresAt }) =>
        turn === 'nobody' ? <span className="text-muted">–</span> : <Instant at={expiresAt} />,
    },
  ];
}

/** My quotes, as the buyer or as the supplier. */
export function Quotes() {
  const { id, role } = useMe();
  const { status, cursor } = useSearch({ from: '/_app/quotes/' });
  const quotes = server.useQuery(
    'get',
    '/api/quotes',
    { params: { query: { status, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  const isBuyer = role === 'buyer';
  return (
    <Page
      title="Quotes"
      wide
      summary={
        isBuyer
          ? 'Prices that you asked one supplier for. An accepted offer is an order.'
          : 'Prices that buyers asked you for. An accepted offer is an order.'
      }
      actions={
        isBuyer && (
          <ButtonLink to="/quotes/new" variant="primary">
            Ask for a quote
          </ButtonLink>
        )
      }
    >
      <QueryView query={quotes}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Quotes"
            columns={columnsFor(id)}
            rows={items}
            rowKey={({ quoteId }) => quoteId}
            toolbar={
              <SelectFilter
                name="status"
                label="State"
                any="Any state"
                choices={statuses.map((value) => ({ value, label: words(value) }))}
              />
            }
            empty={<NoQuotes isBuyer={isBuyer} isNarrowed={status !== undefined} />}
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}

function NoQuotes({ isBuyer, isNarrowed }: { isBuyer: boolean; isNarrowed: boolean }) {
  if (isNarrowed) return <Empty title="No quote is in this state">Choose any state to see all of them.</Empty>;
  return isBuyer ? (
    <Empty title="You have asked for no quote yet" action={<ButtonLink to="/products">Find a product</ButtonLink>}>
      Find a product and ask its supplier for a firm price. To ask several at once, make a request for quotation.
    </Empty>
  ) : (
    <Empty
      title="No buyer has asked you for a quote yet"
      action={<ButtonLink to="/supplier/products">List your products</ButtonLink>}
    >
      Buyers find you by your products. You get an e-mail when one asks.
    </Empty>
  );
}
