import { Link } from '@tanstack/react-router';
import { Dialog } from '../../design/dialog.tsx';
import { Instant, Money } from '../../design/figures.tsx';
import { Facts } from '../../design/page.tsx';
import { Status, words } from '../../design/status.tsx';
import { useOpenRow } from '../open-row.tsx';
import { Person } from '../people/person.tsx';
import { BookWire } from './book-wire.tsx';
import { purposeOf, stateOf } from './payment-labels.ts';
import type { Payment } from './wire-outcome.ts';

/** One payment: what is due, the wires booked against it, and the books of its escrow. */
export function PaymentPanel({ payments }: { payments: readonly Payment[] }) {
  const { row, close } = useOpenRow(payments, ({ paymentId }) => paymentId);
  if (!row) return null;
  const { label, tone } = stateOf(row);
  const money = (amount: number | string) => <Money amount={amount} currency={row.currency} />;
  return (
    <Dialog open onClose={close} title={`${purposeOf(row.purpose)} ${row.reference}`} side>
      <div className="grid gap-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Status tone={tone}>{label}</Status>
          <BookWire payment={row} size="md" variant={row.status === 'confirmed' ? 'secondary' : 'primary'} />
        </div>
        <Facts
          facts={[
            ['Who', <Person key="who" id={row.userId} />],
            ['Reference', row.reference],
            ['Amount', money(row.amount)],
            ['Booked', money(row.confirmedAmount)],
            ['Still due', money(row.remainingAmount)],
            ['Sent back as too much', money(row.surplusAmount)],
            ['Called', <Instant key="called" at={row.createdAt} />],
            ['Complete', <Instant key="complete" at={row.confirmedAt} />],
          ]}
        />
        <Wires payment={row} />
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          <Link to="/admin/payments" search={{ dealId: row.dealId }} className="text-accent underline">
            Escrow and ledger
          </Link>
          <Link
            to="/admin/audit"
            search={{ entityType: 'payment', entityId: row.paymentId }}
            className="text-accent underline"
          >
            Audit of this payment
          </Link>
        </div>
      </div>
    </Dialog>
  );
}

function Wires({ payment: { wires, currency } }: { payment: Payment }) {
  if (wires.length === 0) return <p className="text-muted">No wire is booked yet.</p>;
  return (
    <div>
      <h3 className="mb-1 font-semibold">Wires</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {wires.map((wire) => (
          <li
            key={`${wire.wireReference}${wire.recordedAt}`}
            className="flex flex-wrap items-center justify-between gap-3 px-3 py-2"
          >
            <div>
              <p className="figures break-all">{wire.wireReference}</p>
              <p className="text-xs text-muted">
                received <Instant at={wire.receivedAt} />
              </p>
            </div>
            <div className="text-right">
              <Money amount={wire.amount} currency={currency} />
              <p className="text-xs text-muted">{words(wire.match)}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
