import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm, Dialog } from '../design/dialog.tsx';
import { Count, Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Side } from '../quotes/quote-state.ts';
import { useSupplierName } from '../suppliers/supplier-link.tsx';
import { InspectionForm } from './inspection-form.tsx';
import type { Delivery, Order } from './order-state.ts';
import { ReasonForm } from './reason-form.tsx';
import { useRefreshOrders } from './refresh-orders.ts';

type Act = 'arrived' | 'inspect' | 'accept' | 'dispute';

/** What a side may do with a delivery, by the state it is in. */
export function DeliveryActions({ order, delivery, side }: { order: Order; delivery: Delivery; side: Side }) {
  const [act, setAct] = useState<Act>();
  const close = () => setAct(undefined);
  const { status } = delivery;
  const isBuyer = side === 'buyer';
  const mayDispute = status === 'inspected' || (isBuyer && status === 'delivered');
  const given = { order, delivery, onClose: close };
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {isBuyer && status === 'shipped' && (
        <Button variant="primary" onClick={() => setAct('arrived')}>
          It has arrived
        </Button>
      )}
      {isBuyer && status === 'delivered' && (
        <Button variant="primary" onClick={() => setAct('inspect')}>
          Record the inspection
        </Button>
      )}
      {isBuyer && status === 'inspected' && (
        <Button variant="primary" onClick={() => setAct('accept')}>
          Accept and release
        </Button>
      )}
      {mayDispute && <Button onClick={() => setAct('dispute')}>Open a dispute</Button>}
      {isBuyer && (
        <>
          <ArrivedConfirm {...given} open={act === 'arrived'} />
          <AcceptConfirm {...given} open={act === 'accept'} />
          <Dialog open={act === 'inspect'} onClose={close} title={`Inspection of delivery ${delivery.sequence}`}>
            <InspectionForm order={order} delivery={delivery} onDone={close} />
          </Dialog>
        </>
      )}
      <DisputeDialog {...given} open={act === 'dispute'} />
    </div>
  );
}

interface Given {
  order: Order;
  delivery: Delivery;
  open: boolean;
  onClose(): void;
}

function useDone(said: string, onClose: () => void) {
  const refresh = useRefreshOrders();
  const toast = useToast();
  return {
    onSuccess: async () => {
      onClose();
      toast(said);
      await refresh();
    },
  };
}

const pathOf = ({ order, delivery }: Given) => ({
  params: { path: { id: order.orderId, deliveryId: delivery.deliveryId } },
});

function ArrivedConfirm(given: Given) {
  const { order, delivery, open, onClose } = given;
  const arrived = server.useMutation(
    'post',
    '/api/orders/{id}/deliveries/{deliveryId}/delivered',
    useDone('The arrival is recorded.', onClose),
  );
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Delivery ${delivery.sequence} has arrived`}
      action="It has arrived"
      busy={arrived.isPending}
      problem={arrived.error}
      onConfirm={() => arrived.mutate({ ...pathOf(given), body: null })}
    >
      <p>
        From now you have {order.inspectionDays} days to inspect it or to open a dispute. If you do neither, it is
        accepted as shipped and paid for.
      </p>
    </Confirm>
  );
}

function AcceptConfirm(given: Given) {
  const { order, delivery, open, onClose } = given;
  const supplier = useSupplierName(order.supplierId);
  const accept = server.useMutation(
    'post',
    '/api/orders/{id}/deliveries/{deliveryId}/accept',
    useDone('Accepted: the money is being released.', onClose),
  );
  const payable = delivery.settlement?.payable;
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Accept delivery ${delivery.sequence}`}
      action="Accept and release"
      busy={accept.isPending}
      problem={accept.error}
      onConfirm={() => accept.mutate(pathOf(given))}
    >
      <p className="text-lg">
        <strong className="font-semibold">
          <Money amount={payable} currency={order.currency} />
        </strong>{' '}
        leaves escrow for {supplier}, for{' '}
        {delivery.settlement?.terms.map(({ lineId, payableKg }, index) => (
          <span key={lineId}>
            {index > 0 && ' and '}
            <Count value={payableKg} unit="kg" />
          </span>
        ))}
        . This cannot be undone.
      </p>
    </Confirm>
  );
}

function DisputeDialog(given: Given) {
  const { order, delivery, open, onClose } = given;
  const dispute = server.useMutation(
    'post',
    '/api/orders/{id}/deliveries/{deliveryId}/dispute',
    useDone('The dispute is open; the other side is told.', onClose),
  );
  return (
    <Dialog open={open} onClose={onClose} title={`Open a dispute about delivery ${delivery.sequence}`}>
      <ReasonForm
        action="Open the dispute"
        problem={dispute.error}
        busy={dispute.isPending}
        maxLength={4000}
        onClose={onClose}
        onReason={(reason) => dispute.mutate({ ...pathOf(given), body: { reason } })}
      >
        Nothing of this delivery is released until the two of you agree on an amount, or an operator decides.{' '}
        <Money amount={order.held} currency={order.currency} /> stays in escrow meanwhile. You can take the dispute back
        while it is open.
      </ReasonForm>
    </Dialog>
  );
}
