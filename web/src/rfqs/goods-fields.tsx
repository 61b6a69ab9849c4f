import { useState } from 'react';
import { SelectField, TextField } from '../design/fields.tsx';
import { formatCount } from '../money/format.ts';
import { countries } from '../places/countries.ts';
import { basisMeaning, gradeChoices, incotermChoices, productTypeChoices } from '../products/commodity.ts';
import { readWhole, tonnesOf } from './mass.ts';
import type { Line, Terms } from './rfq.ts';
import { freeId, RemoveRow, Rows } from './rows.tsx';

const dayMs = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** A new line, to be filled in. */
function newLine(lineId: string): Line {
  return {
    lineId,
    title: '',
    productType: 'lithium_carbonate',
    grade: 'battery',
    basis: 'dry',
    quantityKg: 0,
    deliverFrom: dayFromNow(60),
    deliverTo: dayFromNow(90),
    limits: [],
  };
}

/** What is asked for, line by line, and where it goes. */
export function GoodsFields({ terms }: { terms: Partial<Terms> | undefined }) {
  const lines = terms?.lines?.length ? terms.lines : [newLine('L1')];
  const taken = lines.map(({ lineId }) => lineId);
  return (
    <div className="grid gap-6">
      <Rows initial={lines} made={(count) => newLine(freeId('L', taken, count))} add="Add a line" max={100}>
        {(line, index, remove) => <LineFields line={line} index={index} remove={remove} />}
      </Rows>
      <fieldset className="grid gap-4 sm:grid-cols-3">
        <legend className="mb-2 font-semibold">Delivery</legend>
        <SelectField
          name="terms.incoterm"
          label="Incoterm"
          choices={incotermChoices}
          defaultValue={terms?.incoterm ?? 'CIF'}
        />
        <TextField
          name="terms.place"
          label="Port or town"
          required
          maxLength={200}
          placeholder="Antwerp"
          defaultValue={terms?.place ?? ''}
        />
        <SelectField
          name="terms.destinationCountry"
          label="Country of destination"
          choices={[{ value: '', label: 'Choose' }, ...countries]}
          defaultValue={terms?.destinationCountry ?? ''}
          required
        />
      </fieldset>
    </div>
  );
}

function LineFields({ line, index, remove }: { line: Line; index: number; remove(): void }) {
  const name = `terms.lines.${index}`;
  return (
    <fieldset className="grid gap-4 rounded-md border border-line p-4">
      <legend className="px-1 font-semibold">Line {index + 1}</legend>
      <input type="hidden" name={`${name}.lineId`} value={line.lineId} />
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <TextField
            name={`${name}.title`}
            label="Name of the line"
            hint="What suppliers will call it, such as “Carbonate for the first quarter”."
            required
            maxLength={200}
            defaultValue={line.title}
          />
        </div>
        <SelectField
          name={`${name}.productType`}
          label="Product"
          choices={productTypeChoices}
          defaultValue={line.productType}
        />
        <SelectField name={`${name}.grade`} label="Grade" choices={gradeChoices} defaultValue={line.grade} />
        <MassField name={`${name}.quantityKg`} label="Quantity in kg" kg={line.quantityKg} />
        <SelectField
          name={`${name}.basis`}
          label="Mass that is paid"
          choices={(['dry', 'wet'] as const).map((value) => ({ value, label: basisMeaning[value] }))}
          defaultValue={line.basis ?? 'dry'}
        />
        <TextField
          name={`${name}.deliverFrom`}
          label="Delivery from"
          type="date"
          required
          defaultValue={line.deliverFrom.slice(0, 10)}
        />
        <TextField
          name={`${name}.deliverTo`}
          label="Delivery until"
          type="date"
          required
          defaultValue={line.deliverTo.slice(0, 10)}
        />
        <TextField
          name={`${name}.packaging`}
          label="Packaging"
          hint="Such as 500 kg big bags. Empty: any."
          maxLength={200}
          defaultValue={line.packaging ?? ''}
        />
        <TextField
          name={`${name}.lot`}
          label="Lot"
          hint="Lines of one lot can be awarded together. Empty: none."
          pattern="[\w.\-]{1,40}"
          title="Letters, digits, dots, hyphens and underscores"
          defaultValue={line.lot ?? ''}
        />
      </div>
      <Limits name={name} limits={line.limits ?? []} />
      {index > 0 && (
        <div>
          <RemoveRow what={`line ${index + 1}`} onRemove={remove} />
        </div>
      )}
    </fieldset>
  );
}

type Limit = NonNullable<Line['limits']>[number];

function Limits({ name, limits }: { name: string; limits: readonly Limit[] }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Limits of the assay</legend>
      <Rows<Limit> initial={limits} made={() => ({ analyte: '', unit: '%' })} add="Add a limit" max={40}>
        {(limit, index, remove) => (
          <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-[1fr_6rem_1fr_1fr_auto]">
            <TextField
              name={`${name}.limits.${index}.analyte`}
              label="Measured"
              placeholder="Li2CO3"
              maxLength={20}
              defaultValue={limit.analyte}
            />
            <SelectField
              name={`${name}.limits.${index}.unit`}
              label="Unit"
              choices={['%', 'ppm', 'ppb'].map((value) => ({ value, label: value }))}
              defaultValue={limit.unit}
            />
            <TextField
              name={`${name}.limits.${index}.min`}
              label="At least"
              inputMode="decimal"
              defaultValue={limit.min ?? ''}
            />
            <TextField
              name={`${name}.limits.${index}.max`}
              label="At most"
              inputMode="decimal"
              defaultValue={limit.max ?? ''}
            />
            <RemoveRow what={`limit ${index + 1}`} onRemove={remove} />
          </div>
        )}
      </Rows>
    </fieldset>
  );
}

/** Kilograms with what they are in tonnes. */
export function MassField({
  name,
  label,
  kg,
  hint,
  required = true,
}: {
  name: string;
  label: string;
  kg: number | undefined;
  hint?: string;
  required?: boolean;
}) {
  const [entered, setEntered] = useState(kg ? String(kg) : '');
  const read = readWhole(entered);
  const said = read ? `${formatCount(tonnesOf(read))} tonnes` : undefined;
  return (
    <TextField
      name={name}
      label={label}
      hint={[said, hint].filter(Boolean).join(' · ') || 'A thousand kilograms are a tonne.'}
      inputMode="numeric"
      autoComplete="off"
      required={required}
      defaultValue={entered}
      onChange={(event) => setEntered(event.currentTarget.value)}
    />
  );
}
