import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Instant, Money } from '../design/figures.tsx';
import { StateLadder } from '../design/ladder.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { type Side, sideOf } from '../quotes/quote-state.ts';
import { useMe } from '../session/session.ts';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { Deliveries } from './deliveries.tsx';
import { EscrowFunding } from './escrow-funding.tsx';
import { NextStep } from './next-step.tsx';
import { OrderDocuments } from './order-documents.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderPayments } from './order-payments.tsx';
import { type Order, orderRungs, stateTone, stateWords } from './order-state.ts';
import { ReviewOrder } from './review-order.tsx';

const settlingMs = 2_000;
const pollMs = 10_000;

/** An order: where it stands, who must act, its deliveries, money, documents and history. */
export function OrderPage() {
  const { orderId } = useParams({ from: '/_app/orders/$orderId' });
  const order = server.useQuery(
    'get',
    '/api/orders/{id}',
    { params: { path: { id: orderId } } },
    { refetchInterval: ({ state }) => intervalOf(state.data) },
  );
  return (
    <QueryView query={order} rows={12}>
      {(it) => <Shown order={it} />}
    </QueryView>
  );
}

/** Sooner while the platform moves money by itself. */
function intervalOf(order: Order | undefined): number | false {
  if (order?.status === 'released' || order?.status === 'cancelled') return false;
  return order?.deliveries.some(({ status }) => status === 'releasing') ? settlingMs : pollMs;
}

function Shown({ order }: { order: Order }) {
  const side = sideOf(order, useMe().id);
  return (
    <Page
      title={order.title}
      above={
        <Link to="/orders" className="underline">
          Orders
        </Link>
      }
      status={<Status tone={stateTone(order.status, side)}>{stateWords(order.status)}</Status>}
      summary={
        <>
          <Money amount={order.amount} currency={order.currency} />, {order.incoterm} {order.place},{' '}
          {side === 'supplier' ? (
            'for a buyer'
          ) : (
            <>
              from <SupplierLink supplierId={order.supplierId} />
            </>
          )}
        </>
      }
    >
      <NextStep order={order} side={side} />
      {order.status === 'confirmed' && side === 'buyer' && <EscrowFunding order={order} />}
      {order.status === 'released' && side === 'buyer' && <ReviewOrder order={order} />}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="grid content-start gap-6">
          <EscrowFigures order={order} />
          <Deliveries order={order} side={side} />
          <OrderPayments order={order} />
          <OrderLines order={order} />
          <Section title="Terms">
            <Terms order={order} side={side} />
          </Section>
          <OrderDocuments order={order} side={side} />
          <History order={order} />
          {side && <CancelOrder order={order} side={side} />}
        </div>
        <div className="self-start max-lg:order-first lg:sticky lg:top-18">
          <Section title="Timeline">
            <StateLadder label="The course of this order" rungs={orderRungs(order, side)} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** What escrow took, gave and holds; the figures add up in the order shown. */
function EscrowFigures({ order }: { order: Order }) {
  const { currency, escrow, fundedAt, released, refunded, held } = order;
  const rows: readonly (readonly [string, number | string, boolean?])[] = [
    [fundedAt ? 'Paid into escrow' : 'To be paid into escrow', escrow],
    ['Released to the supplier', released],
    ['Returned to the buyer', refunded],
    ['Held in escrow now', held, true],
  ];
  return (
    <Section title="Money">
      <dl className="figures grid max-w-md gap-1.5">
        {rows.map(([name, amount, isSum]) => (
          <div
            key={name}
            className={`flex justify-between gap-6 ${isSum ? 'border-t border-line-strong pt-1.5 font-semibold' : ''}`}
          >
            <dt>{name}</dt>
            <dd>
              <Money amount={amount} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      {order.quantityTolerancePpm > 0 && (
        <p className="mt-3 text-sm text-muted">
          Escrow takes the amount with the quantity tolerance of {order.quantityTolerancePpm / 10_000} % on top; what is
          not released goes back to the buyer.
        </p>
      )}
    </Section>
  );
}

function Terms({ order, side }: { order: Order; side: Side | undefined }) {
  return (
    <Facts
      facts={[
        ['Made by', <Source key="source" order={order} />],
        ['Delivery terms', `${order.incoterm} ${order.place}`],
        [
          'Quantity tolerance',
          order.quantityTolerancePpm === 0 ? 'None' : `${order.quantityTolerancePpm / 10_000} % more or less`,
        ],
        ['Time to inspect', `${order.inspectionDays} days from arrival`],
        ['You are', side ? `the ${side}` : 'looking on'],
        ['Order made', <Instant key="made" at={order.createdAt} />],
      ]}
    />
  );
}

const link = 'text-accent underline';

function Source({ order: { source, sourceId, rfqId } }: { order: Order }) {
  if (source === 'quote') {
    return (
      <Link to="/quotes/$quoteId" params={{ quoteId: sourceId }} className={link}>
        An accepted quote
      </Link>
    );
  }
  if (source === 'auction') {
    return (
      <Link to="/auctions/$auctionId" params={{ auctionId: sourceId }} className={link}>
        An auction
      </Link>
    );
  }
  return rfqId ? (
    <Link to="/rfq/$rfqId" params={{ rfqId }} className={link}>
      An awarded request
    </Link>
  ) : (
    'An awarded request'
  );
}

function History({ order: { steps, deliveries } }: { order: Order }) {
  const numberOf = (id: string | null) => deliveries.find(({ deliveryId }) => deliveryId === id)?.sequence;
  return (
    <Section title="History">
      <ol className="grid gap-2 text-sm">
        {steps.toReversed().map(({ deliveryId, status, note, at }) => (
          <li key={`${at}-${status}-${deliveryId}`} className="grid gap-x-4 sm:grid-cols-[14rem_1fr]">
            <span className="text-muted">
              <Instant at={at} />
            </span>
            <span>
              {deliveryId ? `Delivery ${numberOf(deliveryId) ?? ''}: ` : 'Order: '}
              {words(status).toLowerCase()}
              {note && <span className="block text-muted">{note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
