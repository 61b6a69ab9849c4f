import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { formatRelative } from '../money/format.ts';
import type { Side } from '../quotes/quote-state.ts';
import { dueAt, type Order, waitsOn } from './order-state.ts';
import { ShipForm } from './ship-form.tsx';

/** What comes next, for whom and until when; a supplier ships from here. */
export function NextStep({ order, side }: { order: Order; side: Side | undefined }) {
  const [shipping, setShipping] = useState(false);
  const { status, lines } = order;
  const isOver = status === 'released' || status === 'cancelled';
  const due = isOver ? undefined : dueAt(order);
  const mayShip = side === 'supplier' && status !== 'confirmed' && lines.some(({ shippableKg }) => shippableKg > 0);
  const tone = status === 'released' ? 'green' : isOver ? 'plain' : waitsOn(status, side) ? 'amber' : 'blue';
  const said = side
    ? order.nextStep[side]
    : isOver
      ? 'Nothing: the order is over'
      : `The buyer: ${order.nextStep.buyer}. The supplier: ${order.nextStep.supplier}`;
  return (
    <>
      <Notice
        tone={tone}
        title={said}
        action={
          mayShip && (
            <Button variant={status === 'funded' ? 'primary' : 'secondary'} onClick={() => setShipping(true)}>
              Record a shipment
            </Button>
          )
        }
      >
        {due && (
          <>
            By <Instant at={due} />, {formatRelative(due)}.
          </>
        )}
      </Notice>
      <Dialog open={shipping} onClose={() => setShipping(false)} title="Record a shipment">
        <ShipForm order={order} onDone={() => setShipping(false)} />
      </Dialog>
    </>
  );
}
