import { Field } from '@base-ui/react/field';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '../design/button.tsx';
import { type Choice, controlClass } from '../design/fields.tsx';

/**
 * Several values, added one by one and taken off again: of given choices, or in one's own words. The form has each under
 * the field's name.
 */
export function ListField({
  name,
  label,
  hint,
  initial,
  choices,
  onChange,
}: {
  name: string;
  label: string;
  hint?: ReactNode;
  initial: readonly string[];
  choices?: readonly Choice[];
  onChange?(): void;
}) {
  const [values, setValues] = useState(initial);
  const [next, setNext] = useState('');
  const addId = useId();
  const labelOf = (value: string) => choices?.find((each) => each.value === value)?.label ?? value;
  const change = (to: readonly string[]) => {
    setValues(to);
    onChange?.();
  };
  const add = () => {
    const value = next.trim();
    if (value && !values.includes(value)) change([...values, value]);
    setNext('');
  };
  const left = choices?.filter(({ value }) => !values.includes(value));
  return (
    <Field.Root name={name} className="grid content-start gap-1">
      <label htmlFor={addId} className="text-sm font-medium">
        {label}
      </label>
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {values.map((value) => (
            <li key={value} className="flex items-center rounded bg-sunken pl-2.5 text-sm">
              <input type="hidden" name={name} value={value} />
              {labelOf(value)}
              <button
                type="button"
                aria-label={`Remove ${labelOf(value)}`}
                onClick={() => change(values.filter((each) => each !== value))}
                className="grid size-7 place-items-center rounded text-muted hover:text-ink"
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex max-w-md gap-2">
        {left ? (
          <select
            id={addId}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            className={controlClass}
          >
            <option value="">Choose</option>
            {left.map(({ value, label: text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={addId}
            value={next}
            maxLength={80}
            onChange={(event) => setNext(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
            className={controlClass}
          />
        )}
        <Button onClick={add} disabled={next.trim() === ''} aria-label={`Add to ${label.toLowerCase()}`}>
          Add
        </Button>
      </div>
      {hint && <Field.Description className="text-xs text-muted">{hint}</Field.Description>}
      <Field.Error className="text-sm text-red" />
    </Field.Root>
  );
}
