import { useId } from 'react';

/** A day as a filter, with its name beside it; emptied it filters nothing. */
export function DayField({
  label,
  value,
  max,
  onChange,
}: {
  label: string;
  value: string | undefined;
  max?: string;
  onChange(day: string | undefined): void;
}) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm whitespace-nowrap text-muted">
        {label}
      </label>
      <input
        id={id}
        type="date"
        value={value ?? ''}
        max={max}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
        className="min-h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      />
    </span>
  );
}
