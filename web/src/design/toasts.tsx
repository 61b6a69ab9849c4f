import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';

/** Says what was done, with a way to take it back where there is one; announced politely. */
export function useToast(): (title: string, undo?: () => void) => void {
  const { add } = Toast.useToastManager();
  return (title, undo) => void add({ title, ...(undo ? { actionProps: { children: 'Undo', onClick: undo } } : {}) });
}

export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={6_000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 grid w-[min(24rem,calc(100vw-2rem))] gap-2">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="flex items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 shadow-float data-[ending-style]:opacity-0"
    >
      <Toast.Title className="flex-1" />
      <Toast.Action className="min-h-6 font-semibold text-accent underline-offset-2 hover:underline" />
      <Toast.Close aria-label="Dismiss" className="grid size-6 place-items-center rounded text-muted hover:bg-sunken">
        ×
      </Toast.Close>
    </Toast.Root>
  ));
}
