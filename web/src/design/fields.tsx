import { Field } from '@base-ui/react/field';
import { Form as BaseForm } from '@base-ui/react/form';
import { type ComponentProps, type ReactNode, type SubmitEvent, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Notice } from './notice.tsx';

export const controlClass =
  'w-full min-h-9 rounded-md border border-line-strong bg-surface px-3 py-1.5 text-base text-ink data-[invalid]:border-red disabled:opacity-60';

interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit'> {
  /** What the last attempt was refused with: its fields say what is wrong with them, the rest stands above. */
  problem: unknown;
  onSubmit(data: FormData): void;
}

/** A form; what the server refuses is said at the field it is about, and what was entered stays. */
export function Form({ problem, onSubmit, children, className = '', ...rest }: FormProps) {
  const errors = problem instanceof Problem ? problem.fields : {};
  return (
    <BaseForm
      {...rest}
      errors={errors}
      className={`grid gap-4 ${className}`}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      {children}
      {problem ? (
        <div className="col-span-full">
          <Refusal problem={problem} />
        </div>
      ) : null}
    </BaseForm>
  );
}

/** Says what was refused, that nothing changed, and what to quote. */
export function Refusal({ problem }: { problem: unknown }) {
  const { detail, traceId } = problem instanceof Problem ? problem : { detail: String(problem), traceId: undefined };
  return (
    <Notice tone="red" title={detail}>
      Nothing was changed.{traceId ? ` If you ask for help, quote ${traceId}.` : ''}
    </Notice>
  );
}

interface FieldProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
}

/** A label, what it is for, and what is wrong with it. */
export function FieldFrame({ name, label, hint, children }: FieldProps & { children: ReactNode }) {
  return (
    <Field.Root name={name} className="grid content-start gap-1">
      <Field.Label className="text-sm font-medium">{label}</Field.Label>
      {children}
      {hint && <Field.Description className="text-xs text-muted">{hint}</Field.Description>}
      <Field.Error className="text-sm text-red" />
    </Field.Root>
  );
}

export function TextField({ name, label, hint, className = '', ...input }: FieldProps & ComponentProps<'input'>) {
  return (
    <FieldFrame name={name} label={label} hint={hint}>
      <Field.Control {...input} className={`${controlClass} ${className}`} />
    </FieldFrame>
  );
}

export function TextAreaField({ name, label, hint, ...input }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <FieldFrame name={name} label={label} hint={hint}>
      <Field.Control render={<textarea rows={4} {...input} className={controlClass} />} />
    </FieldFrame>
  );
}

export interface Choice {
  value: string;
  label: string;
}

/** One of a few: the browser's own list, which phones and screen readers know best. */
export function SelectField({
  name,
  label,
  hint,
  choices,
  ...input
}: FieldProps & { choices: readonly Choice[] } & ComponentProps<'select'>) {
  return (
    <FieldFrame name={name} label={label} hint={hint}>
      <Field.Control
        render={
          <select {...input} className={controlClass}>
            {choices.map(({ value, label: text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        }
      />
    </FieldFrame>
  );
}

/** A statement that somebody agrees to. */
export function CheckField({ name, label, ...input }: FieldProps & ComponentProps<'input'>) {
  return (
    <Field.Root name={name} className="grid gap-1">
      <Field.Label className="flex min-h-6 items-start gap-2.5">
        <Field.Control
          render={<input {...input} type="checkbox" className="mt-0.5 size-4.5 shrink-0 accent-(--accent)" />}
        />
        <span>{label}</span>
      </Field.Label>
      <Field.Error className="text-sm text-red" />
    </Field.Root>
  );
}

/** A file, with its name and size shown before it is sent. */
export function FileField({ name, label, hint, ...input }: FieldProps & ComponentProps<'input'>) {
  const [chosen, setChosen] = useState<File>();
  const size = chosen && `${(chosen.size / 1024).toLocaleString(undefined, { maximumFractionDigits: 0 })} KB`;
  return (
    <FieldFrame name={name} label={label} hint={chosen ? `${chosen.name}, ${size}` : hint}>
      <Field.Control
        render={
          <input
            {...input}
            type="file"
            onChange={(event) => setChosen(event.currentTarget.files?.[0])}
            className={`${controlClass} file:mr-3 file:rounded file:border-0 file:bg-sunken file:px-2.5 file:py-1 file:text-ink`}
          />
        }
      />
    </FieldFrame>
  );
}
