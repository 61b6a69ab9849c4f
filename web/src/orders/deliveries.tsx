import type { ReactNode } from 'react';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Status } from '../design/status.tsx';
import { formatRelative } from '../money/format.ts';
import type { Side } from '../quotes/quote-state.ts';
import { DeliveryActions } from './delivery-actions.tsx';
import { DisputeView } from './dispute-view.tsx';
import { type Delivery, lapseOf, type Order, stateTone, stateWords } from './order-state.ts';
import { Settlement } from './settlement.tsx';

/** Each delivery with its state, what was found, what it pays and what may be done. */
export function Deliveries({ order, side }: { order: Order; side: Side | undefined }) {
  if (order.deliveries.length === 0) {
    if (order.status === 'confirmed' || order.status === 'cancelled') return null;
    return (
      <Section title="Deliveries">
        <p className="text-muted">Nothing has been shipped yet.</p>
      </Section>
    );
  }
  return (
    <>
      {order.deliveries.map((delivery) => (
        <Section
          key={delivery.deliveryId}
          title={`Delivery ${delivery.sequence}${delivery.final ? ', the final one' : ''}`}
          actions={<Status tone={stateTone(delivery.status, side)}>{stateWords(delivery.status)}</Status>}
        >
          <Shown order={order} delivery={delivery} side={side} />
        </Section>
      ))}
    </>
  );
}

function Shown({ order, delivery, side }: { order: Order; delivery: Delivery; side: Side | undefined }) {
  const { currency, lines } = order;
  const titleOf = (id: string) => lines.find(({ lineId }) => lineId === id)?.title ?? `Line ${id}`;
  const disputes = order.disputes.filter(({ deliveryId }) => deliveryId === delivery.deliveryId);
  return (
    <div className="grid gap-5">
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Fact name="On board">
          {delivery.items.map(({ lineId, massKg }) => (
            <span key={lineId} className="block">
              <Count value={massKg} unit="kg" />
              {lines.length > 1 && ` ${titleOf(lineId)}`}
            </span>
          ))}
        </Fact>
        <Fact name="Carrier">
          {delivery.carrier}, {delivery.tracking}
        </Fact>
        <Fact name="Reserved in escrow">
          <Money amount={delivery.reserved} currency={currency} />
        </Fact>
        <Fact name="Shipped">
          <Instant at={delivery.shippedAt} />
        </Fact>
        <Fact name="Arrived">
          <Instant at={delivery.deliveredAt} />
        </Fact>
        <Fact name="Inspected">
          <Instant at={delivery.inspectedAt} />
        </Fact>
      </dl>
      {delivery.settlement && <Settlement order={order} delivery={delivery} settlement={delivery.settlement} />}
      {disputes.map((dispute) => (
        <DisputeView key={dispute.disputeId} order={order} delivery={delivery} dispute={dispute} side={side} />
      ))}
      {delivery.release !== null && <Outcome delivery={delivery} currency={currency} />}
      <Lapse delivery={delivery} />
      {side && <DeliveryActions order={order} delivery={delivery} side={side} />}
    </div>
  );
}

/** Until when a side may act, and what happens then. */
function Lapse({ delivery: { status, deadlineAt } }: { delivery: Delivery }) {
  const then = lapseOf(status);
  if (!deadlineAt || !then) return null;
  return (
    <p className="text-sm text-muted">
      Open until <Instant at={deadlineAt} />, {formatRelative(deadlineAt)}; then {then}.
    </p>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function Outcome({
  delivery: { release, refund, releasedAt, paidAt },
  currency,
}: {
  delivery: Delivery;
  currency: string;
}) {
  return (
    <p className="rounded-md bg-sunken px-4 py-3">
      <strong className="font-semibold">
        <Money amount={release} currency={currency} />
      </strong>{' '}
      {releasedAt ? (
        <>
          left escrow for the supplier <Instant at={releasedAt} />
          {paidAt ? (
            <>
              ; the bank confirmed it <Instant at={paidAt} />.
            </>
          ) : (
            '; the bank has not confirmed it yet.'
          )}
        </>
      ) : (
        'is on its way from escrow to the supplier.'
      )}{' '}
      {refund !== null && Number(refund) > 0 && (
        <>
          <Money amount={refund} currency={currency} /> goes back to the buyer.
        </>
      )}
    </p>
  );
}
