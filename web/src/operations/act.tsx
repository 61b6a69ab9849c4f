import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Button, type Variant } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { controlClass } from '../design/fields.tsx';
import { useToast } from '../design/toasts.tsx';

/**
 * Something an operator does after a last word: the button, the sentence that says what will happen, a reason where one is
 * kept, and then everything on screen anew, since an act of an operator is seen in many places.
 */
export function Act({
  label,
  title,
  action,
  done,
  run,
  onDone,
  reason,
  variant = 'secondary',
  size = 'md',
  children,
}: {
  label: string;
  title: string;
  /** What the last button says. */
  action: string;
  /** What is said once it is done. */
  done: string;
  run(reason: string): Promise<unknown>;
  onDone?(): void;
  /** What is asked for before, and whether it may be left out. */
  reason?: { label: string; hint?: string; optional?: boolean };
  variant?: Variant;
  size?: 'md' | 'sm';
  /** What will happen, in a plain sentence with exact figures. */
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [written, setWritten] = useState('');
  const toast = useToast();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async () => {
      const text = written.trim();
      if (reason && !reason.optional && text === '') throw new Problem({ detail: `${reason.label}: write it first.` });
      return run(text);
    },
    onSuccess: () => {
      toast(done);
      setOpen(false);
      setWritten('');
      void queries.invalidateQueries();
      onDone?.();
    },
  });
  const close = () => {
    setOpen(false);
    act.reset();
  };
  return (
    <>
      <Button variant={variant} size={size} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        onConfirm={() => act.mutate()}
        title={title}
        action={action}
        danger={variant === 'danger'}
        busy={act.isPending}
        problem={act.error}
      >
        {children}
        {reason && <Reason {...reason} value={written} onChange={setWritten} />}
      </Confirm>
    </>
  );
}

function Reason({
  label,
  hint,
  optional,
  value,
  onChange,
}: {
  label: string;
  hint?: string;
  optional?: boolean;
  value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="font-normal text-muted"> (may be left out)</span>}
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={1000}
        required={!optional}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className={controlClass}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
