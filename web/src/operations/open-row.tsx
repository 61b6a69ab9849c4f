import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Opens a row at the side; the address says which, so it can be sent to somebody. */
export function RowLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link
      to="."
      search={((before: object) => ({ ...before, open: id })) as never}
      className="font-medium text-accent hover:underline"
    >
      {children}
    </Link>
  );
}

/** Which of the rows is open at the side, and how to close it. */
export function useOpenRow<Row>(rows: readonly Row[], idOf: (row: Row) => string) {
  const { open }: { open?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const close = () => void navigate({ to: '.', search: (before: object) => ({ ...before, open: undefined }) } as never);
  return { row: open ? rows.find((each) => idOf(each) === open) : undefined, close };
}
