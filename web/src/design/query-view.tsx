import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Refusal } from './fields.tsx';

/** What was asked for, or that it is on its way, or why it did not come and how to ask again. */
export function QueryView<Data>({
  query,
  children,
  rows = 4,
}: {
  query: UseQueryResult<Data, unknown>;
  children(data: Data): ReactNode;
  /** About how many lines will stand here, so that nothing jumps. */
  rows?: number;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <div className="grid justify-items-start gap-3">
        <Refusal problem={query.error} />
        <Button onClick={() => void query.refetch()} busy={query.isFetching}>
          Try again
        </Button>
      </div>
    );
  }
  return <Skeleton rows={rows} />;
}

/** The shape of what is on its way. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <div role="status" className="grid gap-3 py-1">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} aria-hidden className="h-5 animate-pulse rounded bg-sunken" />
      ))}
    </div>
  );
}

/** Nothing here yet, and the first step. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-md border border-dashed border-line-strong px-6 py-10 text-center">
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
