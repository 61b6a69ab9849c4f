import { useId } from 'react';
import type { Choice } from '../design/fields.tsx';

/** One of the filters above a list; the first choice is all of them. */
export function FilterSelect({
  label,
  all,
  choices,
  value,
  onChange,
  wide = false,
}: {
  label: string;
  all?: string;
  choices: readonly Choice[];
  value: string | undefined;
  onChange(value: string | undefined): void;
  /** Its choices are long names. */
  wide?: boolean;
}) {
  const id = useId();
  return (
    <span className="min-w-0 max-w-full">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
        className={`min-h-8 w-full rounded-md border border-line-strong bg-surface px-2 text-sm ${wide ? 'max-w-xl' : 'max-w-60'}`}
      >
        {all && <option value="">{all}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}
