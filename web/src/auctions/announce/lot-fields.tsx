import { Button } from '../../design/button.tsx';
import { SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../money/money-field.tsx';
import { basisMeaning, gradeChoices, incotermChoices, productTypeChoices } from '../../products/commodity.ts';
import { type Format, isBuying } from '../auction.ts';
import { RowList } from './row-list.tsx';

const basisChoices = Object.entries(basisMeaning).map(([value, label]) => ({ value, label }));
const sides = [
  { value: 'min', label: 'at least' },
  { value: 'max', label: 'at most' },
];
const units = ['%', 'ppm', 'ppb'].map((value) => ({ value, label: value }));

/** One lot: what it is, where and when it is delivered, and its prices per tonne. */
export function LotFields({
  at,
  number,
  format,
  currency,
  remove,
}: {
  /** Where the lot stands in what is sent, `lots.0`. */
  at: string;
  number: number;
  format: Format;
  currency: string;
  remove: (() => void) | undefined;
}) {
  const price = (name: string, label: string, hint: string, required = false) => (
    <MoneyField name={`${at}.${name}`} label={label} hint={hint} currency={currency} required={required} />
  );
  const isProxy = format === 'english' || format === 'reverse';
  const hasReserve = isProxy || format.startsWith('sealed') || format === 'meat_rounds';
  const buys = isBuying(format);
  return (
    <fieldset className="grid gap-4 rounded-md border border-line bg-surface p-4 sm:grid-cols-2 sm:p-5">
      <legend className="px-1 font-semibold">Lot {number}</legend>
      <div className="grid gap-4 sm:col-span-2">
        <TextField name={`${at}.title`} label="Title" required maxLength={200} />
        <TextAreaField name={`${at}.description`} label="Description" maxLength={10_000} />
      </div>
      <SelectField name={`${at}.productType`} label="Product" choices={productTypeChoices} />
      <SelectField name={`${at}.grade`} label="Grade" choices={gradeChoices} />
      <TextField
        name={`${at}.quantityKg`}
        label="Quantity in kg"
        {...{ type: 'number', inputMode: 'numeric', min: 1, max: 1_000_000_000, step: 1, required: true }}
      />
      <SelectField name={`${at}.basis`} label="Mass counted" choices={basisChoices} />
      <SelectField name={`${at}.incoterm`} label="Incoterm" choices={incotermChoices} defaultValue="FOB" />
      <TextField name={`${at}.place`} label="Named place" required maxLength={200} />
      <TextField name={`${at}.deliverFrom`} label="Deliver from" type="date" required />
      <TextField name={`${at}.deliverTo`} label="Deliver until" type="date" required />
      {price(
        'startingPrice',
        'Starting price per tonne',
        buys ? 'The most a first offer may ask.' : 'Where bidding begins.',
        true,
      )}
      {hasReserve &&
        price(
          'reservePrice',
          'Reserve per tonne',
          buys ? 'Hidden. You buy only at or below it.' : 'Hidden. It sells only at or above it.',
        )}
      {isProxy &&
        price(
          'buyNowPrice',
          buys ? 'Sell-at-once price' : 'Buy-now price',
          'Ends the auction while bidding is short of it.',
        )}
      {format === 'dutch' && price('floorPrice', 'Floor per tonne', 'The clock stops there.', true)}
      <div className="grid gap-2 sm:col-span-2">
        <p className="text-sm font-medium">Assay limits</p>
        <RowList add="Add a limit" first={0}>
          {(index, removeLimit, position) => (
            <LimitFields at={`${at}.limits.${index}`} number={position + 1} remove={removeLimit} />
          )}
        </RowList>
      </div>
      {remove && (
        <div className="sm:col-span-2">
          <Button size="sm" variant="quiet" onClick={remove}>
            Remove lot {number}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function LimitFields({ at, number, remove }: { at: string; number: number; remove: (() => void) | undefined }) {
  return (
    <div className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[1fr_1fr_1fr_5rem_auto]">
      <TextField name={`${at}.analyte`} label="Analyte" placeholder="Li2CO3" required maxLength={20} />
      <SelectField name={`${at}.side`} label="Limit" choices={sides} />
      <TextField
        name={`${at}.value`}
        label="Share"
        {...{ inputMode: 'decimal', placeholder: '99.5', pattern: '\\d{1,10}(\\.\\d{1,9})?', required: true }}
      />
      <SelectField name={`${at}.unit`} label="Unit" choices={units} />
      <Button variant="quiet" aria-label={`Remove limit ${number}`} onClick={remove}>
        ×
      </Button>
    </div>
  );
}
