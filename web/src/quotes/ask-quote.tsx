import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { Form, SelectField, TextAreaField, TextField } from '../design/fields.tsx';
import { Count, Money } from '../design/figures.tsx';
import { Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';
import { amountOf } from '../money/price-per-tonne.ts';
import { type Incoterm, incotermMeanings, incoterms, type Product } from '../products/commodity.ts';

const dayMs = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** Asks one supplier for a firm price of one product. */
export function AskQuote() {
  const { supplierId, productId } = useSearch({ from: '/_app/quotes/new' });
  return (
    <Page
      title="Ask for a quote"
      above={
        <Link to="/quotes" className="underline">
          Quotes
        </Link>
      }
      summary="The supplier answers with a firm offer that holds until a time it says. You then accept it, counter or decline."
    >
      {productId ? (
        <OfProduct productId={productId} />
      ) : supplierId ? (
        <OfSupplier supplierId={supplierId} />
      ) : (
        <Empty title="Choose a product first" action={<ButtonLink to="/products">Find a product</ButtonLink>}>
          A quote is for one product of one supplier.
        </Empty>
      )}
    </Page>
  );
}

function OfSupplier({ supplierId }: { supplierId: string }) {
  const supplier = server.useQuery('get', '/api/suppliers/{id}', { params: { path: { id: supplierId } } });
  return (
    <QueryView query={supplier}>
      {({ legalName, products, incoterms: offered }) => {
        const [first] = products;
        if (!first) {
          return (
            <Empty title={`${legalName} lists no product now`}>Ask all suppliers with a request for quotation.</Empty>
          );
        }
        return <AskForm products={products} preferred={offered} />;
      }}
    </QueryView>
  );
}

function OfProduct({ productId }: { productId: string }) {
  const product = server.useQuery('get', '/api/products/{id}', { params: { path: { id: productId } } });
  return <QueryView query={product}>{(it) => <WithSupplier product={it} />}</QueryView>;
}

function WithSupplier({ product }: { product: Product }) {
  const path = { id: product.supplierId };
  const supplier = server.useQuery('get', '/api/suppliers/{id}', { params: { path } });
  return (
    <QueryView query={supplier}>
      {({ incoterms: offered }) => <AskForm products={[product]} preferred={offered} />}
    </QueryView>
  );
}

function AskForm({
  products,
  preferred,
}: {
  products: readonly Product[];
  preferred: Answer<'/api/suppliers/{id}'>['incoterms'];
}) {
  const navigate = useNavigate();
  const toast = useToast();
  const [productId, setProductId] = useState(products[0]?.productId ?? '');
  const product = products.find((each) => each.productId === productId);
  const [quantity, setQuantity] = useState(String(product?.minLotKg ?? ''));
  const ask = server.useMutation('post', '/api/quotes', {
    onSuccess: ({ quoteId }) => {
      toast('The supplier has your request.');
      void navigate({ to: '/quotes/$quoteId', params: { quoteId } });
    },
  });
  const submit = (data: FormData) => {
    const said = (name: string) => String(data.get(name) ?? '').trim();
    ask.mutate({
      body: {
        productId,
        quantityKg: Number(said('quantityKg')),
        currency: said('currency').toUpperCase(),
        incoterm: said('incoterm') as Incoterm,
        place: said('place'),
        deliverFrom: said('deliverFrom'),
        deliverTo: said('deliverTo'),
        roundsMax: Number(said('roundsMax')),
        validDays: Number(said('validDays')),
        notes: said('notes'),
      },
    });
  };
  const rules = [...preferred, ...incoterms.filter((each) => !preferred.includes(each))];
  return (
    <Section title="What you ask for">
      <Form problem={ask.error} onSubmit={submit} className="sm:grid-cols-2">
        <div className="grid gap-4 sm:col-span-2">
          <SelectField
            name="productId"
            label="Product"
            value={productId}
            onChange={(event) => {
              setProductId(event.currentTarget.value);
              setQuantity(
                String(products.find((each) => each.productId === event.currentTarget.value)?.minLotKg ?? ''),
              );
            }}
            choices={products.map((each) => ({ value: each.productId, label: each.title }))}
          />
        </div>
        <TextField
          name="quantityKg"
          label="Quantity in kg"
          hint={
            product && (
              <>
                At least <Count value={product.minLotKg} unit="kg" />; capacity a month{' '}
                <Count value={product.capacityKgPerMonth} unit="kg" />.
              </>
            )
          }
          type="number"
          inputMode="numeric"
          step={1}
          min={product?.minLotKg ?? 1}
          max={1_000_000_000}
          required
          value={quantity}
          onChange={(event) => setQuantity(event.currentTarget.value)}
        />
        <TextField
          name="currency"
          label="Currency of the price"
          hint="Three letters, such as USD or EUR."
          defaultValue={product?.currency ?? 'USD'}
          required
          pattern="[A-Za-z]{3}"
          maxLength={3}
          autoCapitalize="characters"
        />
        {product && <Indication product={product} quantityKg={Number(quantity)} />}
        <SelectField
          name="incoterm"
          label="Incoterm"
          hint={preferred.length > 0 ? `This supplier delivers ${preferred.join(', ')}.` : undefined}
          choices={rules.map((value) => ({ value, label: `${value}, ${incotermMeanings[value].toLowerCase()}` }))}
        />
        <TextField name="place" label="Named place" hint="A port, a terminal or your plant." required maxLength={200} />
        <TextField name="deliverFrom" label="Deliver from" type="date" required defaultValue={dayFromNow(30)} />
        <TextField name="deliverTo" label="Deliver until" type="date" required defaultValue={dayFromNow(60)} />
        <TextField
          name="validDays"
          label="Days for the supplier to answer"
          type="number"
          min={1}
          max={90}
          defaultValue={14}
          required
        />
        <TextField
          name="roundsMax"
          label="Offers at most"
          hint="Of both sides together; then only accept or decline is left."
          type="number"
          min={1}
          max={10}
          defaultValue={3}
          required
        />
        <div className="sm:col-span-2">
          <TextAreaField name="notes" label="Notes for the supplier" maxLength={4000} />
        </div>
        <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
          <Button type="submit" variant="primary" busy={ask.isPending}>
            Ask for the quote
          </Button>
          <span className="text-sm text-muted">Asking binds you to nothing.</span>
        </div>
      </Form>
    </Section>
  );
}

/** What the quantity would come to at the price that the supplier shows, which is only a hint. */
function Indication({ product, quantityKg }: { product: Product; quantityKg: number }) {
  const { indicativePrice, currency } = product;
  if (indicativePrice === null || currency === null) return null;
  const amount = amountOf(quantityKg, indicativePrice, currency);
  return (
    <p className="rounded-md bg-sunken px-3 py-2 text-sm sm:col-span-2">
      At the indicative <Money amount={indicativePrice} currency={currency} /> per tonne
      {amount && quantityKg > 0 ? (
        <>
          , <Count value={quantityKg} unit="kg" /> would come to{' '}
          <strong className="font-semibold">
            <Money amount={amount} currency={currency} />
          </strong>
        </>
      ) : null}
      . The supplier's offer decides.
    </p>
  );
}
