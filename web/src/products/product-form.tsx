import { useState } from 'react';
import type { Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, SelectField, TextAreaField, TextField } from '../design/fields.tsx';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import { countries } from '../places/countries.ts';
import { shareOf } from './assay.ts';
import { AssayFields, readAssay } from './assay-fields.tsx';
import {
  basisMeaning,
  type Grade,
  gradeChoices,
  type Product,
  type ProductType,
  productTypeChoices,
} from './commodity.ts';

type Sent = Body<'/api/products'>;

const currencies = ['USD', 'EUR', 'CNY', 'GBP', 'JPY', 'AUD'];

/** What a supplier says of a product. */
export function ProductForm({
  product,
  action,
  problem,
  busy,
  onProduct,
}: {
  product?: Product;
  action: string;
  problem: unknown;
  busy: boolean;
  onProduct(body: Sent): void;
}) {
  const [currency, setCurrency] = useState(product?.currency ?? 'USD');
  const submit = (data: FormData) => {
    const said = (name: string) => String(data.get(name) ?? '').trim();
    const price = enteredMoney(data, 'indicativePrice', currency);
    onProduct({
      title: said('title'),
      productType: said('productType') as ProductType,
      grade: said('grade') as Grade,
      description: said('description'),
      assay: readAssay(data, 'assay'),
      basis: said('basis') as Product['basis'],
      packaging: said('packaging'),
      originCountry: said('originCountry'),
      minLotKg: Number(said('minLotKg')),
      capacityKgPerMonth: Number(said('capacityKgPerMonth')),
      ...(price ? { currency, indicativePrice: price } : {}),
    });
  };
  const assay = product
    ? product.assay.map(({ analyte, value }) => ({ analyte, ...shareOf(value) }))
    : [{ analyte: 'Li2CO3', value: '', unit: '%' as const }];
  const mass = { type: 'number', inputMode: 'numeric', step: 1, max: 1_000_000_000, required: true } as const;
  return (
    <Form problem={problem} onSubmit={submit} className="sm:grid-cols-2">
      <div className="sm:col-span-2">
        <TextField name="title" label="Title" required maxLength={200} defaultValue={product?.title} />
      </div>
      <SelectField
        name="productType"
        label="Type"
        choices={productTypeChoices}
        defaultValue={product?.productType ?? 'lithium_carbonate'}
      />
      <SelectField name="grade" label="Grade" choices={gradeChoices} defaultValue={product?.grade ?? 'battery'} />
      <div className="sm:col-span-2">
        <TextAreaField name="description" label="Description" maxLength={4000} defaultValue={product?.description} />
      </div>
      <fieldset className="sm:col-span-2">
        <legend className="mb-2 text-sm font-medium">Assay: what you promise it contains</legend>
        <AssayFields name="assay" initial={assay} />
      </fieldset>
      <SelectField
        name="basis"
        label="Mass that is counted"
        defaultValue={product?.basis ?? 'dry'}
        choices={Object.entries(basisMeaning).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="packaging"
        label="Packaging"
        placeholder="500 kg big bags"
        maxLength={200}
        defaultValue={product?.packaging}
      />
      <SelectField
        name="originCountry"
        label="Origin"
        required
        defaultValue={product?.originCountry ?? ''}
        choices={[{ value: '', label: 'Choose' }, ...countries]}
      />
      <span className="hidden sm:block" />
      <TextField name="minLotKg" label="Smallest lot in kg" min={1} defaultValue={product?.minLotKg} {...mass} />
      <TextField
        name="capacityKgPerMonth"
        label="Capacity a month in kg"
        min={0}
        defaultValue={product?.capacityKgPerMonth}
        {...mass}
      />
      <SelectField
        name="currency"
        label="Currency of the hint"
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
        choices={[...new Set([currency, ...currencies])].map((value) => ({ value, label: value }))}
      />
      <MoneyField
        key={currency}
        name="indicativePrice"
        label="Indicative price per tonne"
        currency={currency}
        hint="Leave it empty to say “on request”."
        defaultValue={product?.indicativePrice == null ? '' : String(product.indicativePrice)}
      />
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" busy={busy}>
          {action}
        </Button>
      </div>
    </Form>
  );
}
