import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Form, SelectField, TextAreaField, TextField } from '../design/fields.tsx';
import { Count, Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatMoney } from '../money/format.ts';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import { amountOf } from '../money/price-per-tonne.ts';
import { type Incoterm, incotermChoices } from '../products/commodity.ts';
import type { Quote, Side } from './quote-state.ts';
import { useRefreshQuotes } from './refresh-quotes.ts';

const weekMs = 7 * 86_400_000;

/** A firm offer: what is not changed stays as it was offered last. */
export function OfferForm({ quote, side, onDone }: { quote: Quote; side: Side; onDone(): void }) {
  const { currency, offers, round, roundsMax } = quote;
  const last = offers.at(-1) ?? quote;
  const lastOwn = offers.findLast(({ madeBy }) => madeBy === side);
  const [price, setPrice] = useState<string>();
  const [quantity, setQuantity] = useState(String(last.quantityKg));
  const refresh = useRefreshQuotes();
  const toast = useToast();
  const offer = server.useMutation('post', '/api/quotes/{id}/offers', {
    onSuccess: async () => {
      toast('Your offer is made.');
      onDone();
      await refresh();
    },
  });
  const submit = (data: FormData) => {
    const said = (name: string) => String(data.get(name) ?? '').trim();
    offer.mutate({
      params: { path: { id: quote.quoteId } },
      body: {
        price: enteredMoney(data, 'price', currency) ?? '',
        quantityKg: Number(said('quantityKg')),
        validUntil: new Date(said('validUntil')).toISOString(),
        incoterm: said('incoterm') as Incoterm,
        place: said('place'),
        ...(said('deliverFrom') ? { deliverFrom: said('deliverFrom') } : {}),
        ...(said('deliverTo') ? { deliverTo: said('deliverTo') } : {}),
        notes: said('notes'),
      },
    });
  };
  const amount = price && amountOf(Number(quantity), price, currency);
  return (
    <Form problem={offer.error} onSubmit={submit} className="sm:grid-cols-2">
      <MoneyField
        name="price"
        label="Price per tonne"
        currency={currency}
        required
        onAmount={setPrice}
        hint={
          lastOwn
            ? `${side === 'supplier' ? 'Below' : 'Above'} ${formatMoney(lastOwn.price, currency)}, your last.`
            : undefined
        }
      />
      <TextField
        name="quantityKg"
        label="Quantity in kg"
        type="number"
        step={1}
        min={1}
        max={1_000_000_000}
        required
        value={quantity}
        onChange={(event) => setQuantity(event.currentTarget.value)}
      />
      <SelectField name="incoterm" label="Incoterm" defaultValue={last.incoterm} choices={incotermChoices} />
      <TextField name="place" label="Named place" required maxLength={200} defaultValue={last.place} />
      <TextField name="deliverFrom" label="Deliver from" type="date" defaultValue={last.deliverFrom.slice(0, 10)} />
      <TextField name="deliverTo" label="Deliver until" type="date" defaultValue={last.deliverTo.slice(0, 10)} />
      <TextField
        name="validUntil"
        label="Firm until, your time"
        hint="Until then it binds you."
        type="datetime-local"
        required
        defaultValue={localInput(new Date(Date.now() + weekMs))}
      />
      <div className="sm:col-span-2">
        <TextAreaField name="notes" label="Notes" rows={2} maxLength={4000} />
      </div>
      <p className="rounded-md bg-sunken px-3 py-2 sm:col-span-2" aria-live="polite">
        {amount ? (
          <>
            You offer to {side === 'supplier' ? 'sell' : 'buy'} <Count value={Number(quantity)} unit="kg" /> for{' '}
            <strong className="font-semibold">
              <Money amount={amount} currency={currency} />
            </strong>{' '}
            in all. If the {side === 'supplier' ? 'buyer' : 'supplier'} accepts in time, it is an order.
          </>
        ) : (
          'Enter a price to see what it comes to.'
        )}
      </p>
      <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
        <Button type="submit" variant="primary" busy={offer.isPending}>
          Make the offer
        </Button>
        <span className="text-sm text-muted">
          Offer {round + 1} of at most {roundsMax}
        </span>
      </div>
    </Form>
  );
}

/** An instant as the browser's own field writes it, in the reader's zone. */
function localInput(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
