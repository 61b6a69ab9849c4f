import { useState } from 'react';
import { CheckField, TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../money/money-field.tsx';
import type { Format } from '../auction.ts';

/** What the rules of a format need to be told. */
export function RuleFields({ format, currency }: { format: Format; currency: string }) {
  const step = (label: string) => <MoneyField name="rules.step" label={label} currency={currency} required />;
  switch (format) {
    case 'english':
    case 'reverse':
      return (
        <>
          {step('The price moves at least by')}
          <SoftCloseFields />
          {format === 'english' && <RetractField />}
        </>
      );
    case 'dutch':
      return (
        <>
          {step('The clock falls by')}
          <Whole name="rules.everySeconds" label="Every so many seconds" initial={60} />
        </>
      );
    case 'sealed_first':
    case 'sealed_second':
      return <RetractField />;
    case 'japanese':
      return (
        <>
          {step('Each round rises by')}
          <Whole name="rules.roundSeconds" label="Seconds of a round" initial={300} />
        </>
      );
    case 'meat_rounds':
      return (
        <>
          {step('Each offer of a supplier is lower by')}
          <Whole name="rules.rounds" label="Rounds" initial={3} max={10} />
          <Whole name="rules.roundSeconds" label="Seconds of a round" initial={1_800} />
          <Whole name="rules.pauseSeconds" label="Seconds between two rounds" initial={300} min={0} />
        </>
      );
  }
}

function SoftCloseFields() {
  const [has, setHas] = useState(true);
  return (
    <fieldset className="grid gap-4 rounded-md border border-line p-4 sm:col-span-2 sm:grid-cols-2">
      <legend className="px-1 text-sm font-medium">Soft close</legend>
      <div className="sm:col-span-2">
        <CheckField
          name="hasSoftClose"
          label="A bid that takes the lead shortly before the close gives the others time to answer it"
          checked={has}
          onChange={(event) => setHas(event.currentTarget.checked)}
        />
      </div>
      {has && (
        <>
          <Whole name="rules.softClose.windowSeconds" label="Seconds before the close in which it acts" initial={60} />
          <Whole name="rules.softClose.extensionSeconds" label="Seconds that are left to answer" initial={60} />
          <Whole name="rules.softClose.extensionsMax" label="Extensions at most" initial={10} min={0} />
          <Whole name="rules.softClose.hardStopSeconds" label="Minutes past the announced close at most" initial={30} />
        </>
      )}
    </fieldset>
  );
}

function RetractField() {
  return (
    <TextField
      name="rules.retractUntilSeconds"
      label="Bids can be taken back until so many minutes before the close"
      hint="Empty: never."
      type="number"
      inputMode="numeric"
      min={0}
      step={1}
    />
  );
}

function Whole({
  name,
  label,
  initial,
  min = 1,
  max,
}: {
  name: string;
  label: string;
  initial: number;
  min?: number;
  max?: number;
}) {
  return (
    <TextField
      {...{ name, label, min, max, step: 1, required: true }}
      type="number"
      inputMode="numeric"
      defaultValue={initial}
    />
  );
}
