import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Refusal } from './fields.tsx';

const backdrop = 'fixed inset-0 z-40 bg-ink/35 dark:bg-black/55';
const popups = {
  center:
    'fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-md border border-line bg-surface p-6 shadow-float',
  side: 'fixed inset-y-0 right-0 z-50 w-[min(40rem,100vw)] overflow-auto border-l border-line bg-surface p-6 shadow-float',
  wide: 'fixed inset-y-0 right-0 z-50 w-[min(72rem,100vw)] overflow-auto border-l border-line bg-surface p-6 shadow-float',
};

/** Something to decide or look at before going on; Escape leaves it. Focus goes in and comes back. */
export function Dialog({
  open,
  onClose,
  title,
  side = false,
  children,
}: {
  open: boolean;
  onClose(): void;
  title: string;
  /** At the side, with the page still in view: details of a row; wide, where a document lies beside them. */
  side?: boolean | 'wide';
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup className={side === 'wide' ? popups.wide : side ? popups.side : popups.center}>
          <div className="mb-4 flex items-start justify-between gap-4">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            <Base.Close
              className="-mt-1 -mr-2 grid size-8 place-items-center rounded text-lg text-muted hover:bg-sunken"
              aria-label="Close"
            >
              ×
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/**
 * The last word before money moves or something ends: a plain sentence says what will happen, the button says it again in
 * its own words. Stays open with the reason when it is refused.
 */
export function Confirm({
  open,
  onClose,
  onConfirm,
  title,
  action,
  danger = false,
  busy,
  problem,
  children,
}: {
  open: boolean;
  onClose(): void;
  onConfirm(): void;
  title: string;
  action: string;
  danger?: boolean;
  busy: boolean;
  problem?: unknown;
  children: ReactNode;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <div className="grid gap-5">
        <div className="grid gap-3">{children}</div>
        {problem ? <Refusal problem={problem} /> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
