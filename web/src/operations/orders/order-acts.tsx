import { useId, useState } from 'react';
import { api, server } from '../../api/client.ts';
import { controlClass } from '../../design/fields.tsx';
import { formatMoney } from '../../money/format.ts';
import { Act } from '../act.tsx';
import { instantOf } from '../local-time.ts';
import type { AdminOrder } from './orders-desk.tsx';

/** What an operator can do to an order in its state. */
export function OrderActs({ order }: { order: AdminOrder }) {
  if (order.status === 'confirmed' || order.status === 'funded') return <Cancel order={order} />;
  if (order.status === 'shipped') return <Arrived order={order} />;
  return null;
}

function Cancel({ order: { orderId, title, held, currency, status } }: { order: AdminOrder }) {
  return (
    <Act
      label="Call it off"
      variant="danger"
      size="sm"
      title="Call this order off?"
      action="Call it off"
      done="The order is called off."
      run={(reason) =>
        api.POST('/api/admin/orders/{id}/cancel', { params: { path: { id: orderId } }, body: { reason } })
      }
      reason={{ label: 'Why', hint: 'Buyer and supplier read it.' }}
    >
      <p>
        “{title}” ends without further deliveries.{' '}
        {status === 'funded'
          ? `${formatMoney(held, currency)} in escrow is sent back to the buyer.`
          : 'No money is in escrow yet.'}{' '}
        This cannot be undone.
      </p>
    </Act>
  );
}

function Arrived({ order: { orderId, title } }: { order: AdminOrder }) {
  const [at, setAt] = useState('');
  const id = useId();
  const order = server.useQuery('get', '/api/orders/{id}', { params: { path: { id: orderId } } });
  const delivery = order.data?.deliveries.find(({ status }) => status === 'shipped');
  if (!order.data || !delivery) return null;
  return (
    <Act
      label="Record its arrival"
      size="sm"
      title="Record that this delivery has arrived?"
      action="It has arrived"
      done="The arrival is recorded. The buyer inspects it now."
      run={() =>
        api.POST('/api/admin/orders/{id}/deliveries/{deliveryId}/delivered', {
          params: { path: { id: orderId, deliveryId: delivery.deliveryId } },
          body: at ? { deliveredAt: instantOf(at) } : {},
        })
      }
    >
      <p>
        Delivery {delivery.sequence} of “{title}” ({delivery.carrier}, {delivery.tracking}) counts as arrived. The buyer
        has {order.data.inspectionDays} days from then to inspect it; after that it is accepted as shipped.
      </p>
      <div className="grid gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          Arrived at
        </label>
        <input
          id={id}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          className={controlClass}
        />
        <p className="text-xs text-muted">In your own time zone. Left empty, it is now.</p>
      </div>
    </Act>
  );
}
