import { Field } from '@base-ui/react/field';
import { type ReactNode, useState } from 'react';
import { controlClass } from '../design/fields.tsx';
import { outOfLimits, readAmount } from './amount.ts';
import { formatMoney } from './format.ts';

/**
 * An amount, written or pasted as people do. What was understood stands below before anything is sent; the form reads it with
 * {@link enteredMoney}.
 */
export function MoneyField({
  name,
  label,
  currency,
  hint,
  min,
  max,
  defaultValue = '',
  required = false,
  onAmount,
}: {
  name: string;
  label: ReactNode;
  currency: string;
  hint?: ReactNode;
  min?: number | string;
  max?: number | string;
  defaultValue?: string;
  required?: boolean;
  /** Its exact decimal text as it is typed; undefined while it is none. */
  onAmount?(text: string | undefined): void;
}) {
  const [entered, setEntered] = useState(defaultValue);
  const { text } = readAmount(entered, currency);
  const say = (amount: number | string) => formatMoney(amount, currency);
  const check = (value: unknown) => {
    const written = String(value ?? '');
    if (written.trim() === '') return required ? 'Enter an amount.' : null;
    const read = readAmount(written, currency);
    return read.problem ?? outOfLimits(read.text, currency, { min, max, say }) ?? null;
  };
  return (
    <Field.Root name={name} validate={check} validationMode="onBlur" className="grid gap-1">
      <Field.Label className="text-sm font-medium">{label}</Field.Label>
      <div className="relative">
        <span aria-hidden className="absolute inset-y-0 left-3 grid place-items-center text-sm text-muted">
          {currency}
        </span>
        <Field.Control
          inputMode="decimal"
          autoComplete="off"
          required={required}
          defaultValue={defaultValue}
          onValueChange={(value) => {
            setEntered(value);
            onAmount?.(readAmount(value, currency).text);
          }}
          className={`figures pl-13 ${controlClass}`}
        />
      </div>
      <Field.Description className="text-xs text-muted">
        {text && <span className="figures font-semibold text-ink">{say(text)}</span>}
        {text && hint ? ' · ' : ''}
        {hint}
      </Field.Description>
      <Field.Error className="text-sm text-red" />
    </Field.Root>
  );
}

/** The exact decimal text of what a {@link MoneyField} of a form holds; undefined when it is empty. */
export function enteredMoney(data: FormData, name: string, currency: string): string | undefined {
  return readAmount(String(data.get(name) ?? ''), currency).text;
}
