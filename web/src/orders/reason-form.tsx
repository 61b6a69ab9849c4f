import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Form, TextAreaField } from '../design/fields.tsx';

/** The last word before something ends, with the reason that the other side reads. */
export function ReasonForm({
  action,
  problem,
  busy,
  maxLength,
  onClose,
  onReason,
  children,
}: {
  action: string;
  problem: unknown;
  busy: boolean;
  maxLength: number;
  onClose(): void;
  onReason(reason: string): void;
  /** What will happen. */
  children: ReactNode;
}) {
  return (
    <Form problem={problem} onSubmit={(data) => onReason(String(data.get('reason') ?? '').trim())}>
      <p>{children}</p>
      <TextAreaField name="reason" label="Reason" required maxLength={maxLength} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="danger" busy={busy}>
          {action}
        </Button>
      </div>
    </Form>
  );
}
