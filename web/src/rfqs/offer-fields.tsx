import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/fields.tsx';
import { Count, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { words } from '../design/status.tsx';
import { MoneyField } from '../money/money-field.tsx';
import { amountOf } from '../money/price-per-tonne.ts';
import { DeliveryWindow } from '../orders/delivery-window.tsx';
import { countries } from '../places/countries.ts';
import { incotermChoices } from '../products/commodity.ts';
import { MassField } from './goods-fields.tsx';
import { measuredOf, type Offer } from './response-content.ts';
import type { Line, Rfq } from './rfq.ts';
import { limitWords, ppbPercent } from './terms-words.ts';

/** An offer on a line, as asked for or an alternate, with what it was before when a response is replaced. */
export interface OfferRow {
  key: string;
  line: Line;
  offerId: string;
  alternate: boolean;
  before: Offer | undefined;
}

/** What a supplier offers of one line. */
export function OfferFields({
  row: { line, offerId, alternate, before },
  index,
  rfq,
  home,
  onAlternate,
  onRemove,
}: {
  row: OfferRow;
  index: number;
  rfq: Rfq;
  /** The supplier's own country, to begin with. */
  home: string | undefined;
  onAlternate: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}) {
  const { currency, terms } = rfq;
  const name = `content.offers.${index}`;
  const [isOffered, setOffered] = useState(true);
  const [price, setPrice] = useState(before && String(before.price));
  const accepted = [terms.incoterm, ...(terms.acceptedIncoterms ?? [])];
  const whole = price ? amountOf(line.quantityKg, price, currency) : undefined;
  return (
    <Section
      title={alternate ? `${line.title}, alternate` : line.title}
      actions={
        <div className="flex flex-wrap gap-2">
          {onAlternate && (
            <Button size="sm" onClick={onAlternate}>
              Offer an alternate
            </Button>
          )}
          {onRemove && (
            <Button size="sm" variant="quiet" onClick={onRemove}>
              Take it away
            </Button>
          )}
        </div>
      }
    >
      <div className="grid gap-4">
        <p className="text-sm text-muted">
          Asked for: <Count value={line.quantityKg} unit="kg" /> {words(line.productType).toLowerCase()}, {line.grade}{' '}
          grade, {line.basis ?? 'dry'}, delivered <DeliveryWindow from={line.deliverFrom} to={line.deliverTo} />.
          {(line.limits ?? []).length > 0 && ` ${(line.limits ?? []).map(limitWords).join('; ')}.`}
          {alternate && ' An alternate may be something else; it is ranked beside the offers as asked for.'}
        </p>
        <label className="flex min-h-6 items-center gap-2.5">
          <input
            type="checkbox"
            name={`${name}.offered`}
            checked={isOffered}
            onChange={(event) => setOffered(event.currentTarget.checked)}
            className="size-4.5 accent-(--accent)"
          />
          I offer this line
        </label>
        <input type="hidden" name={`${name}.offerId`} value={offerId} />
        <input type="hidden" name={`${name}.lineId`} value={line.lineId} />
        <input type="hidden" name={`${name}.alternate`} value={String(alternate)} />
        {isOffered && (
          <>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              <MoneyField
                name={`${name}.price`}
                label="Price per tonne"
                currency={currency}
                required
                defaultValue={before ? String(before.price) : ''}
                onAmount={setPrice}
                hint={
                  whole && (
                    <>
                      the whole line <Money amount={whole} currency={currency} />
                    </>
                  )
                }
              />
              <MassField
                name={`${name}.quantityKg`}
                label="At most, kg"
                kg={before?.quantityKg ?? line.quantityKg}
                hint="the most you deliver"
              />
              <MassField
                name={`${name}.minKg`}
                label="At least, kg"
                kg={before?.minKg}
                hint="the least, if you deliver any; empty is any"
                required={false}
              />
              <SelectField
                name={`${name}.incoterm`}
                label={`Incoterm, ${terms.place}`}
                choices={incotermChoices.filter(({ value }) => accepted.some((each) => each === value))}
                defaultValue={before?.incoterm ?? terms.incoterm}
              />
              <SelectField
                key={home}
                name={`${name}.originCountry`}
                label="Country of origin"
                choices={[{ value: '', label: 'Choose' }, ...countries]}
                defaultValue={before?.originCountry ?? home ?? ''}
                required
              />
              <TextField
                name={`${name}.leadDays`}
                label="Days to deliver"
                hint="From the funded order."
                inputMode="numeric"
                required
                defaultValue={before?.leadDays ?? ''}
              />
              <TextField
                name={`${name}.moisturePpb`}
                label="Moisture, %"
                hint="As delivered; empty is none."
                inputMode="decimal"
                defaultValue={before?.moisturePpb ? ppbPercent(before.moisturePpb) : ''}
              />
              <TextField
                name={`${name}.packaging`}
                label="Packaging"
                hint={line.packaging ? `Asked for: ${line.packaging}` : undefined}
                maxLength={200}
                defaultValue={before?.packaging ?? line.packaging ?? ''}
              />
            </div>
            <Assay name={name} line={line} before={before} />
          </>
        )}
      </div>
    </Section>
  );
}

function Assay({ name, line, before }: { name: string; line: Line; before: Offer | undefined }) {
  const measured = measuredOf(line);
  if (measured.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">The assay you promise</legend>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {measured.map(({ analyte, unit }, index) => {
          const promised = before?.assay?.find((each) => each.analyte === analyte);
          const limit = line.limits?.find((each) => each.analyte === analyte);
          return (
            <div key={analyte}>
              <input type="hidden" name={`${name}.assay.${index}.analyte`} value={analyte} />
              <input type="hidden" name={`${name}.assay.${index}.unit`} value={promised?.unit ?? unit} />
              <TextField
                name={`${name}.assay.${index}.value`}
                label={`${analyte}, ${promised?.unit ?? unit}`}
                hint={limit ? limitWords(limit) : 'The price is adjusted by it.'}
                inputMode="decimal"
                autoComplete="off"
                defaultValue={promised ? String(promised.value) : ''}
              />
            </div>
          );
        })}
      </div>
      <p className="mt-2 text-xs text-muted">
        What is asked for and left empty keeps the offer from being ranked. The contract holds you to these values.
      </p>
    </fieldset>
  );
}
