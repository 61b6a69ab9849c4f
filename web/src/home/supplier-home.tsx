import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { ButtonLink } from '../design/button.tsx';
import { Refusal } from '../design/fields.tsx';
import { Money } from '../design/figures.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { Skeleton } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { sumOf } from '../money/amount.ts';
import type { OrderRow } from '../orders/order-state.ts';
import { useMe } from '../session/session.ts';
import { applicationTone } from '../suppliers/application-state.ts';
import { Rating } from '../suppliers/rating.tsx';
import { supplierTasks } from './supplier-tasks.ts';
import { Tasks } from './tasks.tsx';

const polled = { refetchInterval: 10_000 };
const most = { params: { query: { limit: 100 } } };

/** Requests that take responses, each with what I handed in. */
function useOpenRequests(enabled: boolean) {
  const open = server.useQuery(
    'get',
    '/api/rfqs',
    { params: { query: { status: 'published', limit: 50 } } },
    { ...polled, enabled },
  );
  const rfqs = open.data?.items ?? [];
  const mine = useQueries({
    queries: rfqs.map(({ rfqId }) =>
      server.queryOptions('get', '/api/rfqs/{id}/responses/my', { params: { path: { id: rfqId } } }),
    ),
  });
  // What is not known yet is not said to be missing.
  return rfqs.flatMap((rfq, index) => {
    const handedIn = mine[index]?.data;
    return handedIn ? [{ rfq, mine: handedIn }] : [];
  });
}

/** What waits on a supplier, and how its trade stands. */
export function SupplierHome() {
  const { fullName } = useMe();
  const company = server.useQuery('get', '/api/suppliers/my', {}, polled);
  const error: unknown = company.error;
  const hasNotApplied = error instanceof Problem && error.status === 404;
  const products = server.useQuery('get', '/api/products/my');
  const quotes = server.useQuery('get', '/api/quotes', most, polled);
  const orders = server.useQuery('get', '/api/orders', most, polled);
  const papers = server.useQuery('get', '/api/documents/my', {}, polled);
  const rfqs = useOpenRequests(company.data?.status === 'verified');
  const failed = [hasNotApplied ? null : error, products.error, quotes.error, orders.error, papers.error].find(Boolean);
  const isKnown =
    (company.data || hasNotApplied) && quotes.data && orders.data && papers.data && (products.data || hasNotApplied);
  return (
    <Page
      title={`Welcome, ${fullName}`}
      status={company.data && <Status tone={applicationTone[company.data.status]}>{words(company.data.status)}</Status>}
      summary={company.data?.legalName}
      actions={
        <>
          <ButtonLink to="/rfq">Requests</ButtonLink>
          <ButtonLink to="/supplier/products">Your products</ButtonLink>
        </>
      }
    >
      <Section title="Waits on you" plain>
        {isKnown ? (
          <Tasks
            tasks={supplierTasks(
              {
                company: company.data ?? null,
                hasProducts: (products.data?.length ?? 0) > 0,
                quotes: quotes.data.items,
                orders: orders.data.items,
                papers: papers.data,
                rfqs,
              },
              Date.now(),
            )}
            nothing="New requests, quotes and orders appear here, what is due first on top."
          />
        ) : failed ? (
          <Refusal problem={failed} />
        ) : (
          <Skeleton rows={5} />
        )}
      </Section>
      {company.data && orders.data && (
        <Standing
          supplierId={company.data.supplierId}
          deliveredOrders={company.data.deliveredOrders}
          orders={orders.data.items}
          onOffer={products.data?.filter(({ visible }) => visible).length}
        />
      )}
    </Page>
  );
}

function Standing({
  supplierId,
  deliveredOrders,
  orders,
  onOffer,
}: {
  supplierId: string;
  deliveredOrders: number;
  orders: readonly OrderRow[];
  onOffer: number | undefined;
}) {
  const seen = server.useQuery('get', '/api/suppliers/{id}', { params: { path: { id: supplierId } } });
  const underWay = orders.filter(({ status }) => status !== 'released' && status !== 'cancelled');
  const held = Object.entries(Object.groupBy(underWay, ({ currency }) => currency)).map(([currency, of = []]) => ({
    currency,
    amount: sumOf(
      of.map((each) => each.held),
      currency,
    ),
  }));
  const reviews = seen.data?.reviews;
  return (
    <Section
      title="How your trade stands"
      actions={
        <Link to="/orders" className="text-accent underline">
          All orders
        </Link>
      }
    >
      <Facts
        columns={3}
        facts={[
          [
            'In escrow for your orders',
            held.length === 0
              ? 'Nothing'
              : held.map(({ currency, amount }) => (
                  <span key={currency} className="block text-lg font-semibold">
                    <Money amount={amount} currency={currency} />
                  </span>
                )),
          ],
          ['Orders under way', underWay.length],
          ['Orders delivered', deliveredOrders],
          ['Products on offer', onOffer ?? '–'],
          ['Rating', reviews ? <Rating key="rating" rating={reviews.rating} count={reviews.count} /> : '–'],
        ]}
      />
    </Section>
  );
}
