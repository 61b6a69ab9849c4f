import { Field } from '@base-ui/react/field';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/fields.tsx';
import type { AssayUnit } from './assay.ts';

export interface AssayEntry {
  analyte: string;
  value: string;
  unit: AssayUnit;
}

const units = (['%', 'ppm', 'ppb'] as const).map((value) => ({ value, label: value }));

/** Analytes with their shares, as many as there are; {@link readAssay} reads them from the form under the same name. */
export function AssayFields({ name, initial }: { name: string; initial: readonly AssayEntry[] }) {
  const [rows, setRows] = useState(() => initial.map((entry) => ({ ...entry, key: crypto.randomUUID() })));
  const add = () => setRows((before) => [...before, { analyte: '', value: '', unit: '%', key: crypto.randomUUID() }]);
  return (
    <div className="grid gap-3">
      {rows.map(({ key, analyte, value, unit }, index) => (
        <div key={key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_5rem_auto] items-end gap-2">
          <TextField
            name={`${name}.${index}.analyte`}
            label="Analyte"
            defaultValue={analyte}
            placeholder="Li2CO3"
            required
            maxLength={20}
          />
          <TextField
            name={`${name}.${index}.value`}
            label="Share"
            defaultValue={value}
            inputMode="decimal"
            placeholder="99.6"
            pattern="\d{1,10}(\.\d{1,9})?"
          />
          <SelectField name={`${name}.${index}.unit`} label="Unit" defaultValue={unit} choices={units} />
          <Button
            variant="quiet"
            aria-label={`Remove ${analyte || `row ${index + 1}`}`}
            onClick={() => setRows((before) => before.filter((each) => each.key !== key))}
          >
            ×
          </Button>
        </div>
      ))}
      <Field.Root name={name} className="grid justify-items-start gap-1">
        <Button size="sm" onClick={add}>
          Add an analyte
        </Button>
        <Field.Error className="text-sm text-red" />
      </Field.Root>
    </div>
  );
}

/** What {@link AssayFields} of a form hold; a row without a share says nothing. */
export function readAssay(data: FormData, name: string): AssayEntry[] {
  const entries: AssayEntry[] = [];
  for (let index = 0; data.has(`${name}.${index}.analyte`); index++) {
    const said = (part: string) => String(data.get(`${name}.${index}.${part}`) ?? '').trim();
    if (said('value'))
      entries.push({ analyte: said('analyte'), value: said('value'), unit: said('unit') as AssayUnit });
  }
  return entries;
}
