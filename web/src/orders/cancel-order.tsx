import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Side } from '../quotes/quote-state.ts';
import { type Order, whyNotCancellable } from './order-state.ts';
import { ReasonForm } from './reason-form.tsx';
import { useRefreshOrders } from './refresh-orders.ts';

/** Calls an order off while that may be, or says why it may not. */
export function CancelOrder({ order, side }: { order: Order; side: Side }) {
  const [open, setOpen] = useState(false);
  const refresh = useRefreshOrders();
  const toast = useToast();
  const cancel = server.useMutation('post', '/api/orders/{id}/cancel', {
    onSuccess: async () => {
      setOpen(false);
      toast('The order is called off.');
      await refresh();
    },
  });
  if (order.status === 'released' || order.status === 'cancelled') return null;
  const whyNot = whyNotCancellable(order, side);
  if (whyNot) return <p className="text-sm text-muted">You cannot call this order off. {whyNot}</p>;
  return (
    <div>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Call the order off
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Call the order off">
        <ReasonForm
          action="Call it off"
          problem={cancel.error}
          busy={cancel.isPending}
          maxLength={2000}
          onClose={() => setOpen(false)}
          onReason={(reason) => cancel.mutate({ params: { path: { id: order.orderId } }, body: { reason } })}
        >
          {order.fundedAt ? (
            <>
              <Money amount={order.held} currency={order.currency} /> goes from escrow back to the buyer.
            </>
          ) : (
            'What has been wired for it goes back to the buyer.'
          )}{' '}
          Both sides are told, with your reason. This cannot be undone.
        </ReasonForm>
      </Dialog>
    </div>
  );
}
