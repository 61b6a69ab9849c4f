import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { StateLadder } from '../design/ladder.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { DeliveryWindow } from '../orders/delivery-window.tsx';
import { useMe } from '../session/session.ts';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { Negotiation } from './negotiation.tsx';
import { type Offer, type Quote, quoteRungs, quoteStatus, type Side, sideOf } from './quote-state.ts';

const pollMs = 10_000;

/** A quote: what was asked, the offers on it, and what is for me to do. */
export function QuotePage() {
  const { quoteId } = useParams({ from: '/_app/quotes/$quoteId' });
  const quote = server.useQuery(
    'get',
    '/api/quotes/{id}',
    { params: { path: { id: quoteId } } },
    { refetchInterval: ({ state }) => (state.data?.turn === 'nobody' ? false : pollMs) },
  );
  return (
    <QueryView query={quote} rows={10}>
      {(it) => <Shown quote={it} />}
    </QueryView>
  );
}

function Shown({ quote }: { quote: Quote }) {
  const side = sideOf(quote, useMe().id);
  const { tone, text } = quoteStatus(quote, side);
  const { orderId } = quote;
  return (
    <Page
      title={quote.productTitle}
      above={
        <Link to="/quotes" className="underline">
          Quotes
        </Link>
      }
      status={<Status tone={tone}>{text}</Status>}
      summary={
        <>
          <Count value={quote.quantityKg} unit="kg" />, {quote.incoterm} {quote.place},{' '}
          {side === 'supplier' ? (
            'asked by a buyer'
          ) : (
            <>
              from <SupplierLink supplierId={quote.supplierId} />
            </>
          )}
        </>
      }
      actions={
        orderId && (
          <ButtonLink to="/orders/$orderId" params={{ orderId }} variant="primary">
            Go to the order
          </ButtonLink>
        )
      }
    >
      <Negotiation quote={quote} side={side} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="grid content-start gap-6">
          <Offers quote={quote} side={side} />
          <Section title="What was asked">
            <Asked quote={quote} />
          </Section>
        </div>
        <div className="self-start max-lg:order-first lg:sticky lg:top-18">
          <Section title="Timeline">
            <StateLadder label="The course of this quote" rungs={quoteRungs(quote, side)} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

function offerColumns(side: Side | undefined, currency: string): readonly Column<Offer>[] {
  return [
    {
      id: 'round',
      header: 'Offer',
      cell: ({ round, madeBy, incoterm, place, deliverFrom, deliverTo, validUntil, notes }) => (
        <div className="min-w-52">
          <span className="font-medium">
            {round}, {madeBy === side ? 'yours' : `of the ${madeBy}`}
          </span>
          <span className="block text-xs text-muted">
            {incoterm} {place}, <DeliveryWindow from={deliverFrom} to={deliverTo} />
          </span>
          <span className="block text-xs text-muted">
            firm until <Instant at={validUntil} />
          </span>
          {notes && <span className="block text-xs whitespace-pre-line">“{notes}”</span>}
        </div>
      ),
    },
    {
      id: 'price',
      header: 'Per tonne',
      align: 'right',
      cell: ({ price }) => <Money amount={price} currency={currency} />,
    },
    {
      id: 'quantity',
      header: 'Quantity',
      align: 'right',
      cell: ({ quantityKg }) => <Count value={quantityKg} unit="kg" />,
    },
    {
      id: 'amount',
      header: 'Comes to',
      align: 'right',
      cell: ({ amount }) => (
        <strong className="font-semibold">
          <Money amount={amount} currency={currency} />
        </strong>
      ),
    },
  ];
}

function Offers({ quote: { offers, currency, round, roundsMax }, side }: { quote: Quote; side: Side | undefined }) {
  return (
    <Section
      title="Offers"
      plain
      actions={
        <span className="text-sm text-muted">
          {round} of at most {roundsMax}
        </span>
      }
    >
      <DataTable
        label="Offers"
        columns={offerColumns(side, currency)}
        rows={offers.toReversed()}
        rowKey={(each) => String(each.round)}
        empty={<Empty title="No offer yet">The supplier makes the first one.</Empty>}
      />
    </Section>
  );
}

function Asked({ quote }: { quote: Quote }) {
  const { productId, productType, grade, basis, incoterm, place, deliverFrom, deliverTo, notes } = quote;
  return (
    <Facts
      facts={[
        [
          'Product',
          <Link key="product" to="/products/$productId" params={{ productId }} className="text-accent underline">
            {words(productType)}, {grade} grade
          </Link>,
        ],
        ['Quantity', <Count key="quantity" value={quote.quantityKg} unit={`kg, ${basis} mass`} />],
        ['Terms', `${incoterm} ${place}`],
        ['Delivery', <DeliveryWindow key="window" from={deliverFrom} to={deliverTo} />],
        ['Currency', quote.currency],
        ['Asked', <Instant key="asked" at={quote.createdAt} />],
        ...(notes ? ([['Notes', notes]] as const) : []),
      ]}
    />
  );
}
