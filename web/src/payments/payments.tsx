import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { ClearFilters, SelectFilter } from '../design/filters.tsx';
import { Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { Balances } from './balances.tsx';
import { type Payment, paymentState, purposeLabel, waitsForMyWire } from './payment-words.ts';
import { purposes } from './payments-search.ts';
import { WireInstructions } from './wire-instructions.tsx';

const columns: readonly Column<Payment>[] = [
  {
    id: 'payment',
    header: 'Payment',
    sortBy: ({ purpose }) => purposeLabel(purpose),
    cell: ({ paymentId, purpose, reference }) => (
      <>
        <Link to="/payments/$paymentId" params={{ paymentId }} className="font-medium text-accent hover:underline">
          {purposeLabel(purpose)}
        </Link>
        <span className="figures block text-xs text-muted">{reference}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    sortBy: (payment) => paymentState(payment).label,
    cell: (payment) => {
      const { label, tone } = paymentState(payment);
      return <Status tone={tone}>{label}</Status>;
    },
  },
  {
    id: 'amount',
    header: 'Amount',
    align: 'right',
    sortBy: ({ amount }) => Number(amount),
    cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
  },
  {
    id: 'confirmed',
    header: 'Wired',
    align: 'right',
    wideOnly: true,
    sortBy: ({ confirmedAmount }) => Number(confirmedAmount),
    cell: ({ confirmedAmount, currency }) => <Money amount={confirmedAmount} currency={currency} />,
  },
  {
    id: 'created',
    header: 'Since',
    wideOnly: true,
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    id: 'done',
    header: 'Complete',
    wideOnly: true,
    sortBy: ({ confirmedAt }) => confirmedAt,
    cell: ({ confirmedAt }) => <Instant at={confirmedAt} />,
  },
];

/** My payments, with what waits for my own wire on top, and my balances. */
export function Payments() {
  const payments = server.useQuery('get', '/api/payments/my', {}, { refetchInterval: 10_000 });
  return (
    <Page title="Payments" wide summary="Wires to escrow, payouts, refunds, and the balance your deposits are held of.">
      <QueryView query={payments}>
        {(all) => (
          <>
            <WaitingWires payments={all.filter(waitsForMyWire)} />
            <Balances />
            <PaymentsTable all={all} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function WaitingWires({ payments }: { payments: readonly Payment[] }) {
  if (payments.length === 0) return null;
  return (
    <Section title="Waits for your wire" plain>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        {payments.map((payment, index) => (
          <details key={payment.paymentId} open={index === 0} className="rounded-md border border-line bg-surface p-4">
            <summary className="cursor-pointer font-medium">
              {purposeLabel(payment.purpose)}: <Money amount={payment.remainingAmount} currency={payment.currency} /> to
              wire
            </summary>
            <div className="mt-3 grid gap-3">
              <WireInstructions payment={payment} />
              <Link
                to="/payments/$paymentId"
                params={{ paymentId: payment.paymentId }}
                className="justify-self-start text-sm text-accent underline"
              >
                All about this payment
              </Link>
            </div>
          </details>
        ))}
      </div>
    </Section>
  );
}

function PaymentsTable({ all }: { all: readonly Payment[] }) {
  const { purpose } = useSearch({ from: '/_app/payments/' });
  return (
    <Section title="All payments" plain>
      <DataTable
        label="Payments"
        columns={columns}
        rows={purpose ? all.filter((each) => each.purpose === purpose) : all}
        rowKey={({ paymentId }) => paymentId}
        textOf={(payment) =>
          `${purposeLabel(payment.purpose)} ${payment.reference} ${payment.amount} ${payment.currency} ${paymentState(payment).label}`
        }
        toolbar={
          <>
            <SelectFilter
              name="purpose"
              label="Purpose"
              any="Any purpose"
              choices={purposes.map((value) => ({ value, label: purposeLabel(value) }))}
            />
            <ClearFilters />
          </>
        }
        empty={
          purpose && all.length > 0 ? (
            <Empty title="No payment is for this">Choose any purpose to see all {all.length}.</Empty>
          ) : (
            <Empty title="You have no payment yet">
              A payment appears here when money is due from you or to you: for an escrow, a deposit, a payout.
            </Empty>
          )
        }
      />
    </Section>
  );
}
