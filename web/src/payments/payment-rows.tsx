import { Link } from '@tanstack/react-router';
import { Instant, Money } from '../design/figures.tsx';
import { Status } from '../design/status.tsx';
import { type Payment, paymentState, purposeLabel } from './payment-words.ts';

/** A few payments of something, each with its state. */
export function PaymentRows({ payments, empty }: { payments: readonly Payment[]; empty: string }) {
  if (payments.length === 0) return <p className="text-muted">{empty}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {payments.map((payment) => {
        const { label, tone } = paymentState(payment);
        return (
          <li
            key={payment.paymentId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5"
          >
            <div className="min-w-0">
              <Link
                to="/payments/$paymentId"
                params={{ paymentId: payment.paymentId }}
                className="font-medium text-accent hover:underline"
              >
                {purposeLabel(payment.purpose)}: <Money amount={payment.amount} currency={payment.currency} />
              </Link>
              <p className="text-xs text-muted">
                Reference <span className="figures">{payment.reference}</span> · <Instant at={payment.createdAt} />
              </p>
            </div>
            <Status tone={tone}>{label}</Status>
          </li>
        );
      })}
    </ul>
  );
}
