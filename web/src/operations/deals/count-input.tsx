import { useId } from 'react';
import { controlClass } from '../../design/fields.tsx';
import { formatCount } from '../../money/format.ts';

/** A whole count from one to a most. */
export function CountInput({
  label,
  value,
  max,
  onChange,
}: {
  label: string;
  value: number;
  max: number;
  onChange(value: number): void;
}) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={max}
        step={1}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => {
          const entered = event.currentTarget.valueAsNumber;
          onChange(Number.isSafeInteger(entered) ? Math.min(max, Math.max(0, entered)) : 0);
        }}
        className={`figures ${controlClass}`}
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        At most {formatCount(max)}.
      </p>
    </div>
  );
}
