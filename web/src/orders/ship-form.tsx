import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { CheckField, Form, TextField } from '../design/fields.tsx';
import { Count } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Order } from './order-state.ts';
import { useRefreshOrders } from './refresh-orders.ts';

/** What is on the way, with whom, and whether more follows. */
export function ShipForm({ order, onDone }: { order: Order; onDone(): void }) {
  const refresh = useRefreshOrders();
  const toast = useToast();
  const ship = server.useMutation('post', '/api/orders/{id}/deliveries', {
    onSuccess: async () => {
      toast('The shipment is recorded; the buyer is told.');
      onDone();
      await refresh();
    },
  });
  const lines = order.lines.filter(({ shippableKg }) => shippableKg > 0);
  const submit = (data: FormData) => {
    const said = (name: string) => String(data.get(name) ?? '').trim();
    const items = lines
      .map(({ lineId }) => ({ lineId, massKg: Number(said(`mass-${lineId}`) || 0) }))
      .filter(({ massKg }) => massKg > 0);
    ship.mutate({
      params: { path: { id: order.orderId } },
      body: { items, carrier: said('carrier'), tracking: said('tracking'), final: data.has('final') },
    });
  };
  return (
    <Form problem={ship.error} onSubmit={submit}>
      {lines.map(({ lineId, title, basis, shippableKg }) => (
        <TextField
          key={lineId}
          name={`mass-${lineId}`}
          label={`${title}: ${basis} mass in kg`}
          hint={
            <>
              Up to <Count value={shippableKg} unit="kg" /> may still be shipped. Leave it empty if none is on board.
            </>
          }
          type="number"
          inputMode="numeric"
          step={1}
          min={0}
          max={shippableKg}
          required={lines.length === 1}
        />
      ))}
      <TextField name="carrier" label="Carrier" required maxLength={200} />
      <TextField name="tracking" label="Bill of lading or tracking number" required maxLength={200} />
      <CheckField
        name="final"
        label="This is the final delivery: nothing more follows, and what escrow does not need for it goes back to the buyer."
      />
      <div>
        <Button type="submit" variant="primary" busy={ship.isPending}>
          Record the shipment
        </Button>
      </div>
    </Form>
  );
}
