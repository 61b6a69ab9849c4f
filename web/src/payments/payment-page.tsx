import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Instant, Money } from '../design/figures.tsx';
import { Missing } from '../design/missing.tsx';
import { Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { type Payment, paymentState, purposeLabel, waitsForMyWire } from './payment-words.ts';
import { Receipt } from './receipt.tsx';
import { WireInstructions } from './wire-instructions.tsx';
import { Wires } from './wires.tsx';

/** One payment: how its amounts add up, which wires it is made of, and what is still to be done. */
export function PaymentPage() {
  const { paymentId } = useParams({ from: '/_app/payments/$paymentId' });
  const payment = server.useQuery(
    'get',
    '/api/payments/{id}',
    { params: { path: { id: paymentId } } },
    { refetchInterval: 10_000 },
  );
  if (payment.error?.status === 404) return <Missing />;
  if (payment.data) return <Shown payment={payment.data} />;
  return (
    <Page title="Payment">
      <QueryView query={payment} rows={8}>
        {() => null}
      </QueryView>
    </Page>
  );
}

function Shown({ payment }: { payment: Payment }) {
  const { label, tone } = paymentState(payment);
  const isIncoming = payment.type === 'incoming';
  return (
    <Page
      title={purposeLabel(payment.purpose)}
      above={
        <Link to="/payments" className="hover:underline">
          Payments
        </Link>
      }
      status={<Status tone={tone}>{label}</Status>}
      summary={
        <>
          Reference <span className="figures">{payment.reference}</span> · since <Instant at={payment.createdAt} />
        </>
      }
    >
      <Section title="Amounts">
        <Amounts payment={payment} />
      </Section>
      {waitsForMyWire(payment) && (
        <Section title="Send your wire" plain>
          <WireInstructions payment={payment} />
        </Section>
      )}
      <Section title={isIncoming ? 'Wires received' : 'Wires sent'} plain>
        {payment.wires.length === 0 ? (
          <Empty title={isIncoming ? 'No wire has arrived yet' : 'No wire has been sent yet'}>
            {isIncoming
              ? 'It stands here as soon as it is booked.'
              : 'Clearlot sends it; it stands here once it has left.'}
          </Empty>
        ) : (
          <Wires payment={payment} />
        )}
      </Section>
      {payment.status === 'confirmed' && <Receipt payment={payment} />}
    </Page>
  );
}

/** What was due, less what has arrived, is what remains; what came beyond that goes back. */
function Amounts({ payment }: { payment: Payment }) {
  const { type, amount, confirmedAmount, remainingAmount, surplusAmount, currency, status } = payment;
  const rest = status === 'cancelled' ? 'Not due any more' : type === 'incoming' ? 'Still due' : 'Still to be sent';
  return (
    <dl className="figures grid max-w-md grid-cols-[1fr_auto] gap-x-8 gap-y-2">
      <dt>{type === 'incoming' ? 'Due' : 'To be sent to you'}</dt>
      <dd className="text-right">
        <Money amount={amount} currency={currency} />
      </dd>
      <dt>{type === 'incoming' ? 'Received of it' : 'Sent of it'}</dt>
      <dd className="text-right">
        − <Money amount={confirmedAmount} currency={currency} />
      </dd>
      <dt className="border-t border-line pt-2 font-semibold">{rest}</dt>
      <dd className="border-t border-line pt-2 text-right font-semibold">
        <Money amount={remainingAmount} currency={currency} />
      </dd>
      {Number(surplusAmount) > 0 && (
        <>
          <dt className="text-muted">Received beyond it, sent back to you</dt>
          <dd className="text-right">
            <Money amount={surplusAmount} currency={currency} />
          </dd>
        </>
      )}
    </dl>
  );
}
