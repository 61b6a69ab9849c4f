import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Money } from '../../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter, TextFilter } from '../../design/filters.tsx';
import { Page, Section } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { RowLink } from '../open-row.tsx';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';
import { BookWire } from './book-wire.tsx';
import { EscrowFacts } from './escrow-facts.tsx';
import { LedgerSections } from './ledger.tsx';
import { purposeOf, stateOf } from './payment-labels.ts';
import { PaymentPanel } from './payment-panel.tsx';
import type { Payment } from './wire-outcome.ts';

const columns: readonly Column<Payment>[] = [
  {
    id: 'reference',
    header: 'Reference',
    cell: ({ paymentId, reference, purpose }) => (
      <>
        <RowLink id={paymentId}>
          <span className="figures whitespace-nowrap">{reference}</span>
        </RowLink>
        <span className="block text-xs text-muted">{purposeOf(purpose)}</span>
      </>
    ),
  },
  { id: 'who', header: 'Who', cell: ({ userId }) => <Person id={userId} /> },
  {
    id: 'amount',
    header: 'Amount',
    align: 'right',
    cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
  },
  {
    id: 'due',
    header: 'Still due',
    align: 'right',
    cell: ({ remainingAmount, currency, status }) => (
      <Money amount={status === 'cancelled' ? null : remainingAmount} currency={currency} />
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (payment) => {
      const { label, tone } = stateOf(payment);
      return <Status tone={tone}>{label}</Status>;
    },
  },
  {
    id: 'at',
    header: 'Called',
    wideOnly: true,
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Since at={createdAt} />,
  },
  {
    id: 'book',
    header: 'At the bank',
    cell: (payment) => (payment.status === 'confirmed' ? null : <BookWire payment={payment} />),
  },
];

/** Wires in and out with what is to be booked, and the books of one escrow. */
export function PaymentsDesk() {
  const { status, type, reference, dealId, cursor } = useSearch({ from: '/_app/admin/payments' });
  const query = {
    ...{ reference, dealId, cursor, limit: 50 },
    status: status as Payment['status'] | undefined,
    type: type as Payment['type'] | undefined,
  };
  const payments = server.useQuery(
    'get',
    '/api/admin/payments',
    { params: { query } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  return (
    <Page
      title="Payments"
      wide
      summary="Book each wire that the bank shows. What is booked moves the deal or order on by itself."
    >
      {dealId && <Books dealId={dealId} />}
      <Section title="Wires" plain>
        <QueryView query={payments}>
          {({ items, nextCursor }) => (
            <>
              <DataTable
                label="Payments"
                columns={columns}
                rows={items}
                rowKey={({ paymentId }) => paymentId}
                toolbar={<Filters />}
                empty={
                  <Empty title="No payment matches">
                    Payments are called when agreements are signed, orders are confirmed or balances are topped up.
                  </Empty>
                }
                footer={<CursorPages nextCursor={nextCursor} />}
              />
              <PaymentPanel payments={items} />
            </>
          )}
        </QueryView>
      </Section>
    </Page>
  );
}

function Filters() {
  return (
    <>
      <TextFilter name="reference" label="Reference of the wire" />
      <SelectFilter
        name="status"
        label="State"
        any="Any state"
        choices={[
          { value: 'pending', label: 'Waiting' },
          { value: 'partial', label: 'Received in part' },
          { value: 'confirmed', label: 'Booked' },
          { value: 'cancelled', label: 'Not due any more' },
        ]}
      />
      <SelectFilter
        name="type"
        label="Direction"
        any="In and out"
        choices={[
          { value: 'incoming', label: 'Coming in' },
          { value: 'outgoing', label: 'Going out' },
        ]}
      />
      <TextFilter name="dealId" label="Id of a deal or order" />
      <ClearFilters />
    </>
  );
}

function Books({ dealId }: { dealId: string }) {
  return (
    <>
      <Section
        title="Escrow"
        actions={
          <Link to="/admin/audit" search={{ entityType: 'escrow', entityId: dealId }} className="text-accent underline">
            Audit of this escrow
          </Link>
        }
      >
        <EscrowFacts dealId={dealId} />
      </Section>
      <LedgerSections dealId={dealId} />
    </>
  );
}
