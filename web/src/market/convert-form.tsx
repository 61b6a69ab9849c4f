import { useEffect, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Form, SelectField, TextField } from '../design/fields.tsx';
import { BasisBadge } from './badges.tsx';
import { gradeWords, type Instrument, incotermWords, per, productWords, taxWords, unitWords } from './basis.ts';
import { type NamedCharge, neededCharges } from './conversion-query.ts';
import { chargeWords } from './flag-words.ts';
import { instrumentChoices } from './instruments.ts';
import type { MarketSearch } from './market-search.ts';

const same = { value: '', label: 'the same' };
const choicesOf = (words: Record<string, string>, withCode = false) => [
  same,
  ...Object.entries(words).map(([value, label]) => ({ value, label: withCode ? `${value} – ${label}` : label })),
];

/** What to convert and to what; charges and moisture are asked for where the bases differ by them. */
export function ConvertForm({
  instruments,
  from,
  search,
  problem,
  busy,
  onChange,
}: {
  instruments: readonly Instrument[];
  from: Instrument | undefined;
  search: MarketSearch;
  problem: unknown;
  busy: boolean;
  onChange(change: MarketSearch): void;
}) {
  const [toIncoterm, setToIncoterm] = useState(search.toIncoterm ?? '');
  const charges = from ? neededCharges(from.incoterm, toIncoterm) : [];
  const [needsMoisture, setNeedsMoisture] = useState(false);
  const code = problem instanceof Problem ? problem.code : undefined;
  useEffect(() => {
    if (code === 'MARKET_MOISTURE_REQUIRED') setNeedsMoisture(true);
  }, [code]);
  const asksMoisture = needsMoisture || search.moisture !== undefined;
  return (
    <Form
      problem={undefined}
      onSubmit={(data) =>
        onChange({
          ...clearedCharges,
          ...Object.fromEntries([...data.entries()].map(([name, value]) => [name, String(value).trim()])),
        })
      }
    >
      <SelectField
        name="instrumentId"
        label="Price of"
        choices={[{ value: '', label: 'Choose an instrument' }, ...instrumentChoices(instruments)]}
        defaultValue={search.instrumentId ?? ''}
        onChange={(event) => onChange({ ...clearedCharges, instrumentId: event.currentTarget.value })}
        hint={from && <BasisBadge basis={from} withProduct={false} />}
      />
      {from && (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField
              name="price"
              label={`Price, ${per(from)}`}
              inputMode="decimal"
              defaultValue={search.price}
              hint="Empty: the newest figure of the instrument."
              pattern="\d{1,9}(\.\d{1,6})?"
            />
            <TextField
              name="on"
              label="Of the day"
              type="date"
              defaultValue={search.on}
              hint="Rates are of this day."
            />
          </div>
          <fieldset className="grid items-start gap-4 sm:grid-cols-2">
            <legend className="mb-2 font-semibold">To</legend>
            <TextField
              name="toCurrency"
              label="Currency"
              placeholder={`${from.currency} (the same)`}
              defaultValue={search.toCurrency}
              pattern="[A-Z]{3}"
              maxLength={3}
              title="Three capitals, such as USD"
            />
            <SelectField name="toUnit" label="Unit" choices={choicesOf(unitWords)} defaultValue={search.toUnit ?? ''} />
            <SelectField
              name="toTaxBasis"
              label="Tax"
              choices={choicesOf(taxWords)}
              defaultValue={search.toTaxBasis ?? ''}
            />
            <SelectField
              name="toIncoterm"
              label="Incoterm"
              choices={choicesOf(incotermWords, true)}
              value={toIncoterm}
              onChange={(event) => setToIncoterm(event.currentTarget.value)}
            />
            <SelectField
              name="toProduct"
              label="Product"
              hint="By lithium content only."
              choices={choicesOf(productWords)}
              defaultValue={search.toProduct ?? ''}
            />
            <SelectField
              name="toGrade"
              label="Grade"
              choices={choicesOf(gradeWords)}
              defaultValue={search.toGrade ?? ''}
            />
          </fieldset>
          {(charges.length > 0 || asksMoisture) && (
            <fieldset className="grid items-start gap-4 sm:grid-cols-2">
              <legend className="mb-1 font-semibold">What you state</legend>
              <p className="text-sm text-muted sm:col-span-2">
                {from.incoterm} and {toIncoterm || from.incoterm} differ by what stands here; each amount in the
                target’s currency per its unit, without tax.
              </p>
              {charges.map(({ charge, added }) => (
                <TextField
                  key={charge}
                  name={charge}
                  label={`${capital(chargeWords(charge))}, ${added ? 'added' : 'taken off'}`}
                  inputMode="decimal"
                  pattern="\d{1,9}(\.\d{1,6})?"
                  required
                  defaultValue={search[charge]}
                />
              ))}
              {asksMoisture && (
                <TextField
                  name="moisture"
                  label="Moisture, a share"
                  hint="0.08 is 8 % of water in a wet tonne."
                  inputMode="decimal"
                  pattern="0(\.\d{1,9})?"
                  required
                  defaultValue={search.moisture}
                />
              )}
              <TextField name="statedOn" label="Of which day" type="date" required defaultValue={search.statedOn} />
              <TextField
                name="statedBy"
                label="On whose word"
                required
                maxLength={200}
                defaultValue={search.statedBy}
              />
            </fieldset>
          )}
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              Convert
            </Button>
          </div>
        </>
      )}
    </Form>
  );
}

/** Charges of another pair of Incoterms are not carried over. */
const clearedCharges: MarketSearch = Object.fromEntries(
  [...neededCharges('EXW', 'DDP'), ...neededCharges('DAP', 'DPU')].map(({ charge }: NamedCharge) => [
    charge,
    undefined,
  ]),
);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
