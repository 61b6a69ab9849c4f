import { linkOptions } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { type Tone, words } from '../design/status.tsx';
import { DocumentRows } from '../documents/document-rows.tsx';
import { formatMoney } from '../money/format.ts';
import { PaymentRows } from '../payments/payment-rows.tsx';
import { rfqStatus } from '../rfqs/rfq.ts';
import { useMe } from '../session/session.ts';
import { NextTask } from './next-task.tsx';
import { Parts } from './parts.tsx';
import { ShortList } from './short-list.tsx';
import { byDue, type Task } from './tasks.tsx';

const polled = { refetchInterval: 10_000 };
const newest = { params: { query: { limit: 50 } } };
const orderTones: Partial<Record<string, Tone>> = {
  delivered: 'amber',
  disputed: 'red',
  released: 'green',
  cancelled: 'plain',
};

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
      <Requests />
      <Orders />
      <OpenAuctions />
      <Papers />
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
        <NextTask
          tasks={byDue(tasks(signatures))}
          nothing="Agreements to sign, wires to send, deliveries to inspect and offers to answer appear here."
        />
      )}
    </QueryView>
  );
}

function Requests() {
  const requests = server.useQuery('get', '/api/rfqs', { params: { query: { limit: 5, mine: 'true' } } }, polled);
  return (
    <QueryView query={requests}>
      {({ items }) => (
        <ShortList
          title="Your requests for quotation"
          all={linkOptions({ to: '/rfq' })}
          empty="Requests that you send to suppliers appear here."
          rows={items.map((rfq) => {
            const { tone, text } = rfqStatus(rfq, 'buyer');
            return {
              key: rfq.rfqId,
              title: rfq.title,
              about: (
                <>
                  Answers until <Instant at={rfq.deadlineAt} />
                </>
              ),
              state: { label: text, tone },
              link: linkOptions({ to: '/rfq/$rfqId', params: { rfqId: rfq.rfqId } }),
            };
          })}
        />
      )}
    </QueryView>
  );
}

function Orders() {
  const orders = server.useQuery('get', '/api/orders', newest, polled);
  return (
    <QueryView query={orders}>
      {({ items }) => (
        <ShortList
          title="Your orders"
          all={linkOptions({ to: '/orders' })}
          empty="What you buy by request, quote or auction appears here."
          rows={items.slice(0, 5).map(({ orderId, title, amount, currency, status, createdAt }) => ({
            key: orderId,
            title,
            about: (
              <>
                <Money amount={amount} currency={currency} /> · <Instant at={createdAt} />
              </>
            ),
            state: { label: words(status), tone: orderTones[status] ?? 'blue' },
            link: linkOptions({ to: '/orders/$orderId', params: { orderId } }),
          }))}
        />
      )}
    </QueryView>
  );
}

function OpenAuctions() {
  const auctions = server.useQuery('get', '/api/auctions', { params: { query: { limit: 5, status: 'open' } } }, polled);
  return (
    <QueryView query={auctions}>
      {({ items }) => (
        <ShortList
          title="Auctions open now"
          all={linkOptions({ to: '/auctions' })}
          empty="No auction is open now. Those that are announced stand with all auctions."
          rows={items.map(({ auctionId, title, closesAt, live, currency }) => ({
            key: auctionId,
            title,
            about: (
              <>
                {live.price === null ? 'No bid yet' : <Money amount={live.price} currency={currency} />} · closes{' '}
                <Instant at={closesAt} />
              </>
            ),
            state: { label: 'Open', tone: 'green' },
            link: linkOptions({ to: '/auctions/$auctionId', params: { auctionId } }),
          }))}
        />
      )}
    </QueryView>
  );
}

function Papers() {
  const documents = server.useQuery('get', '/api/documents/my', {}, polled);
  const payments = server.useQuery('get', '/api/payments/my', {}, polled);
  return (
    <>
      <Section title="Agreements" plain>
        <QueryView query={documents}>
          {(all) => (
            <DocumentRows
              documents={all.filter(({ dealId }) => dealId !== null).slice(0, 5)}
              empty="Agreements that you sign appear here."
            />
          )}
        </QueryView>
      </Section>
      <Section title="Payments" plain>
        <QueryView query={payments}>
          {(all) => <PaymentRows payments={all.slice(0, 5)} empty="Wires, payouts and refunds appear here." />}
        </QueryView>
      </Section>
    </>
  );
}
