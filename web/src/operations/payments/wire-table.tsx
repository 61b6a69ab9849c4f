import { Money } from '../../design/figures.tsx';
import { Scrolled } from '../../design/scrolled.tsx';
import { Status } from '../../design/status.tsx';
import { Person } from '../people/person.tsx';
import { BookWire } from './book-wire.tsx';
import { purposeOf, stateOf } from './payment-labels.ts';
import type { Payment } from './wire-outcome.ts';

/** Wires in and out of one escrow, those that wait first; each can be booked where it stands. */
export function WireTable({ payments }: { payments: readonly Payment[] }) {
  const waiting = ({ status }: Payment) => status === 'pending' || status === 'partial';
  const ordered = [...payments.filter(waiting), ...payments.filter((each) => !waiting(each))];
  return (
    <Scrolled label="Wires">
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-left text-xs text-muted">
          <tr>
            {['Who', 'For', 'Reference'].map((heading) => (
              <th key={heading} scope="col" className="px-3 py-2 font-medium">
                {heading}
              </th>
            ))}
            {['Amount', 'Booked', 'Due'].map((heading) => (
              <th key={heading} scope="col" className="px-3 py-2 text-right font-medium">
                {heading}
              </th>
            ))}
            <th scope="col" className="px-3 py-2 font-medium">
              State
            </th>
            <th scope="col" className="px-3 py-2">
              <span className="sr-only">Book it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((payment) => (
            <WireRow key={payment.paymentId} payment={payment} />
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function WireRow({ payment }: { payment: Payment }) {
  const { userId, purpose, reference, amount, confirmedAmount, remainingAmount, currency } = payment;
  const { label, tone } = stateOf(payment);
  return (
    <tr className="border-t border-line">
      <td className="px-3 py-2">
        <Person id={userId} />
      </td>
      <td className="px-3 py-2">{purposeOf(purpose)}</td>
      <td className="figures px-3 py-2 whitespace-nowrap">{reference}</td>
      {[amount, confirmedAmount, remainingAmount].map((each, index) => (
        <td key={['amount', 'booked', 'due'][index]} className="px-3 py-2 text-right">
          <Money amount={each} currency={currency} />
        </td>
      ))}
      <td className="px-3 py-2">
        <Status tone={tone}>{label}</Status>
      </td>
      <td className="px-3 py-1.5 text-right">{payment.status !== 'confirmed' && <BookWire payment={payment} />}</td>
    </tr>
  );
}
