import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Form, TextField } from '../design/fields.tsx';
import { Count } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import { ppbOfPercent, shareOf } from '../products/assay.ts';
import { type AssayEntry, AssayFields, readAssay } from '../products/assay-fields.tsx';
import type { Delivery, Line, Order } from './order-state.ts';
import { useRefreshOrders } from './refresh-orders.ts';

/** What the buyer found: mass, moisture and what the specification asks for. The platform answers what it pays. */
export function InspectionForm({ order, delivery, onDone }: { order: Order; delivery: Delivery; onDone(): void }) {
  const refresh = useRefreshOrders();
  const toast = useToast();
  const inspect = server.useMutation('post', '/api/orders/{id}/deliveries/{deliveryId}/inspection', {
    onSuccess: async () => {
      toast('The inspection is recorded. See what it pays, then accept or open a dispute.');
      onDone();
      await refresh();
    },
  });
  const submit = (data: FormData) => {
    const items = delivery.items.map(({ lineId }, index) => {
      const said = (name: string) => String(data.get(`items.${index}.${name}`) ?? '').trim();
      return {
        lineId,
        wetKg: Number(said('wetKg')),
        moisturePpb: ppbOfPercent(said('moisturePpb')) ?? 0,
        assay: readAssay(data, `items.${index}.assay`),
      };
    });
    inspect.mutate({
      params: { path: { id: order.orderId, deliveryId: delivery.deliveryId } },
      body: { items },
    });
  };
  return (
    <Form problem={inspect.error} onSubmit={submit}>
      {delivery.items.map(({ lineId, massKg }, index) => {
        const line = order.lines.find((each) => each.lineId === lineId);
        return (
          <fieldset key={lineId} className="grid gap-4">
            <legend className="mb-2 font-semibold">
              {line?.title}, <Count value={massKg} unit="kg" /> shipped
            </legend>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                name={`items.${index}.wetKg`}
                label="Mass as it came, in kg"
                type="number"
                inputMode="numeric"
                step={1}
                min={0}
                max={1_000_000_000}
                required
              />
              <TextField
                name={`items.${index}.moisturePpb`}
                label="Moisture in %"
                hint={
                  line?.basis === 'dry' ? 'It is taken off the mass that is paid.' : 'For the record: wet mass is paid.'
                }
                inputMode="decimal"
                pattern="100(\.0{1,7})?|\d{1,2}(\.\d{1,7})?"
                defaultValue="0"
                required
              />
            </div>
            <AssayFields name={`items.${index}.assay`} initial={line ? asked(line) : []} />
          </fieldset>
        );
      })}
      <p className="text-sm text-muted">
        Add the laboratory's report under documents. What you record here cannot be changed afterwards; the supplier
        sees it.
      </p>
      <div>
        <Button type="submit" variant="primary" busy={inspect.isPending}>
          Record the inspection
        </Button>
      </div>
    </Form>
  );
}

/** The analytes that the line's specification or price asks for, in the unit it says them in. */
function asked({ limits, adjustments }: Line): AssayEntry[] {
  const said = new Map<string, number>();
  for (const { analyte, min, max } of limits) said.set(analyte, min ?? max ?? 0);
  for (const { analyte, referencePpb } of adjustments) said.set(analyte, said.get(analyte) ?? referencePpb);
  return [...said].map(([analyte, ppb]) => ({ analyte, value: '', unit: shareOf(ppb).unit }));
}
