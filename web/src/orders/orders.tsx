import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { CursorPages, SelectFilter } from '../design/filters.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { sideOf } from '../quotes/quote-state.ts';
import { useMe } from '../session/session.ts';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { type OrderRow, stateTone, stateWords, waitsOn } from './order-state.ts';
import { orderStatuses } from './orders-search.ts';

function columnsFor(meId: string): readonly Column<OrderRow>[] {
  return [
    {
      id: 'title',
      header: 'Order',
      sortBy: ({ title }) => title,
      cell: ({ orderId, title, createdAt }) => (
        <div className="min-w-44">
          <Link to="/orders/$orderId" params={{ orderId }} className="font-medium text-accent hover:underline">
            {title}
          </Link>
          <span className="block text-xs text-muted">
            made <Instant at={createdAt} />
          </span>
        </div>
      ),
    },
    {
      id: 'status',
      header: 'State',
      sortBy: ({ status }) => orderStatuses.indexOf(status),
      cell: (order) => {
        const side = sideOf(order, meId);
        return (
          <>
            <Status tone={stateTone(order.status, side)}>{stateWords(order.status)}</Status>
            {waitsOn(order.status, side) && <span className="block text-xs text-muted">waits on you</span>}
          </>
        );
      },
    },
    {
      id: 'other',
      header: 'With',
      wideOnly: true,
      cell: (order) =>
        sideOf(order, meId) === 'supplier' ? 'A buyer' : <SupplierLink supplierId={order.supplierId} />,
    },
    {
      id: 'terms',
      header: 'Terms',
      wideOnly: true,
      cell: ({ incoterm, place }) => `${incoterm} ${place}`,
    },
    {
      id: 'amount',
      header: 'Amount',
      align: 'right',
      sortBy: ({ amount }) => Number(amount),
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      id: 'held',
      header: 'In escrow',
      align: 'right',
      wideOnly: true,
      sortBy: ({ held }) => Number(held),
      cell: ({ held, currency }) => <Money amount={held} currency={currency} />,
    },
    {
      id: 'due',
      header: 'Due',
      wideOnly: true,
      sortBy: ({ deadlineAt }) => deadlineAt,
      cell: ({ deadlineAt }) => <Instant at={deadlineAt} />,
    },
  ];
}

/** My orders, as the buyer or as the supplier. */
export function Orders() {
  const { id, role } = useMe();
  const { status, cursor } = useSearch({ from: '/_app/orders/' });
  const orders = server.useQuery(
    'get',
    '/api/orders',
    { params: { query: { status, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  return (
    <Page
      title="Orders"
      wide
      summary="Paid through escrow: the money is released delivery by delivery, as each is accepted."
    >
      <QueryView query={orders}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Orders"
            columns={columnsFor(id)}
            rows={items}
            rowKey={({ orderId }) => orderId}
            toolbar={
              <SelectFilter
                name="status"
                label="State"
                any="Any state"
                choices={orderStatuses.map((value) => ({ value, label: stateWords(value) }))}
              />
            }
            empty={<NoOrders role={role} isNarrowed={status !== undefined} />}
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}

function NoOrders({ role, isNarrowed }: { role: string; isNarrowed: boolean }) {
  if (isNarrowed) return <Empty title="No order is in this state">Choose any state to see all of them.</Empty>;
  return role === 'buyer' ? (
    <Empty title="You have no order yet" action={<ButtonLink to="/products">Find a product</ButtonLink>}>
      An order is made when you accept a quote, award a request or win an auction.
    </Empty>
  ) : (
    <Empty title="You have no order yet" action={<ButtonLink to="/quotes">See your quotes</ButtonLink>}>
      An order is made when a quote is accepted, a request is awarded to you or an auction is settled with you.
    </Empty>
  );
}
