import { Link, linkOptions } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { formatMoney } from '../money/format.ts';
import { useMe } from '../session/session.ts';
import { Parts } from './parts.tsx';
import { byDue, type Task, Tasks } from './tasks.tsx';

const polled = { refetchInterval: 10_000 };
const newest = { params: { query: { limit: 50 } } };

/** What waits on a buyer of either market, and how what they began stands. */
export function BuyerHome() {
  const { fullName } = useMe();
  const commitments = server.useQuery('get', '/api/commitments/my', {}, polled);
  return (
    <Page
      title={`Welcome, ${fullName}`}
      actions={
        <>
          <ButtonLink to="/deals">Open deals</ButtonLink>
          <ButtonLink to="/market">Market</ButtonLink>
        </>
      }
    >
      <Section title="Waits on you" plain>
        <BuyerTasks />
      </Section>
      <Section title="Your commitments" plain>
        <QueryView query={commitments}>
          {(all) => <Parts parts={all} empty="Funds that you commit to a deal appear here with their state." />}
        </QueryView>
      </Section>
      <Orders />
    </Page>
  );
}

function BuyerTasks() {
  const documents = server.useQuery('get', '/api/documents/my', {}, polled);
  const payments = server.useQuery('get', '/api/payments/my', {}, polled);
  const orders = server.useQuery('get', '/api/orders', newest, polled);
  const quotes = server.useQuery('get', '/api/quotes', newest, polled);
  const tasks = (signatures: NonNullable<typeof documents.data>): Task[] => [
    ...signatures
      .filter(({ needsMySignature }) => needsMySignature)
      .map(({ documentId, title }) => ({
        key: documentId,
        title: 'Sign an agreement',
        about: title,
        link: linkOptions({ to: '/documents/$documentId', params: { documentId } }),
      })),
    ...(payments.data ?? [])
      .filter(({ type, status }) => type === 'incoming' && (status === 'pending' || status === 'partial'))
      .map(({ paymentId, remainingAmount, currency, reference }) => ({
        key: paymentId,
        title: `Wire ${formatMoney(remainingAmount, currency)}`,
        about: `Reference ${reference}`,
        link: linkOptions({ to: '/payments/$paymentId', params: { paymentId } }),
      })),
    ...(orders.data?.items ?? [])
      .filter(({ status }) => status === 'delivered' || status === 'disputed')
      .map(({ orderId, title, status, deadlineAt }) => ({
        key: orderId,
        title: status === 'delivered' ? 'Inspect a delivery' : 'Settle a dispute',
        about: title,
        due: deadlineAt,
        link: linkOptions({ to: '/orders/$orderId', params: { orderId } }),
      })),
    ...(quotes.data?.items ?? [])
      .filter(({ turn }) => turn === 'buyer')
      .map(({ quoteId, productTitle, expiresAt }) => ({
        key: quoteId,
        title: 'Answer an offer',
        about: productTitle,
        due: expiresAt,
        link: linkOptions({ to: '/quotes/$quoteId', params: { quoteId } }),
      })),
  ];
  return (
    <QueryView query={documents}>
      {(signatures) => (
        <Tasks
          tasks={byDue(tasks(signatures))}
          nothing="Agreements to sign, wires to send, deliveries to inspect and offers to answer appear here."
        />
      )}
    </QueryView>
  );
}

function Orders() {
  const orders = server.useQuery('get', '/api/orders', newest, polled);
  return (
    <Section title="Your orders" plain>
      <QueryView query={orders}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">What you buy by request, quote or auction appears here.</p>
          ) : (
            <ul className="divide-y divide-line rounded-md border border-line bg-surface">
              {items.slice(0, 6).map(({ orderId, title, amount, currency, status, createdAt }) => (
                <li
                  key={orderId}
                  data-row
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5"
                >
                  <div className="min-w-0">
                    <Link
                      to="/orders/$orderId"
                      params={{ orderId }}
                      className="font-medium text-accent hover:underline"
                    >
                      {title}
                    </Link>
                    <p className="text-xs text-muted">
                      <Money amount={amount} currency={currency} /> · <Instant at={createdAt} />
                    </p>
                  </div>
                  <Status tone={status === 'released' ? 'green' : 'blue'}>{words(status)}</Status>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Section>
  );
}
