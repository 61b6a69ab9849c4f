import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Instant, Money } from '../../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Page, Section } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { stateTone, stateWords } from '../../orders/order-state.ts';
import { orderStatuses } from '../../orders/orders-search.ts';
import { SupplierLink } from '../../suppliers/supplier-link.tsx';
import { Person } from '../people/person.tsx';
import { Disputes } from './disputes.tsx';
import { OrderActs } from './order-acts.tsx';

export type AdminOrder = Answer<'/api/admin/orders'>['items'][number];

const columns: readonly Column<AdminOrder>[] = [
  {
    id: 'title',
    header: 'Order',
    sortBy: ({ title }) => title,
    cell: ({ orderId, title, incoterm, place }) => (
      <>
        <Link to="/orders/$orderId" params={{ orderId }} className="font-medium text-accent hover:underline">
          {title}
        </Link>
        <span className="block text-xs text-muted">
          {incoterm} {place}
        </span>
      </>
    ),
  },
  {
    id: 'parties',
    header: 'Buyer and supplier',
    cell: ({ buyerId, supplierId }) => (
      <>
        <span className="block min-h-6">
          <Person id={buyerId} />
        </span>
        <span className="block min-h-6">
          <SupplierLink supplierId={supplierId} />
        </span>
      </>
    ),
  },
  {
    id: 'amount',
    header: 'In escrow',
    align: 'right',
    cell: ({ held, amount, currency }) => (
      <>
        <Money amount={held} currency={currency} />
        <span className="block text-xs text-muted">
          of <Money amount={amount} currency={currency} />
        </span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    sortBy: ({ status }) => orderStatuses.indexOf(status),
    cell: ({ status, incidents }) => (
      <div className="grid justify-items-start gap-1">
        <Status tone={stateTone(status, undefined)}>{stateWords(status)}</Status>
        {incidents.map(({ kind, detail, at }) => (
          <span key={`${kind}${at}`} className="max-w-56 text-xs font-medium text-red">
            {detail}
          </span>
        ))}
      </div>
    ),
  },
  {
    id: 'due',
    header: 'Next is due',
    wideOnly: true,
    sortBy: ({ deadlineAt }) => deadlineAt,
    cell: ({ deadlineAt }) => <Instant at={deadlineAt} />,
  },
  { id: 'acts', header: 'You can', cell: (order) => <OrderActs order={order} /> },
];

/** Disputes that an operator must decide, and every order with what is overdue in it. */
export function OrdersDesk() {
  const { status, cursor } = useSearch({ from: '/_app/admin/orders' });
  const orders = server.useQuery(
    'get',
    '/api/admin/orders',
    { params: { query: { status: status as AdminOrder['status'] | undefined, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  return (
    <Page title="Orders and disputes" wide>
      <Disputes />
      <Section title="Orders" plain>
        <QueryView query={orders}>
          {({ items, nextCursor }) => (
            <DataTable
              label="Orders"
              columns={columns}
              rows={items}
              rowKey={({ orderId }) => orderId}
              textOf={({ title, place }) => `${title} ${place}`}
              toolbar={
                <>
                  <SelectFilter
                    name="status"
                    label="State"
                    any="Any state"
                    choices={orderStatuses.map((value) => ({ value, label: stateWords(value) }))}
                  />
                  <ClearFilters />
                </>
              }
              empty={<Empty title="No order matches">Orders come from quotes, awards and auctions.</Empty>}
              footer={<CursorPages nextCursor={nextCursor} />}
            />
          )}
        </QueryView>
      </Section>
    </Page>
  );
}
