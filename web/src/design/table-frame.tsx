import type { ReactNode } from 'react';
import { Scrolled } from './scrolled.tsx';

export interface Head {
  text: string;
  align?: 'right';
}

/** A table that scrolls in its own frame, also by keyboard, under a header that stays. Its rows are its children. */
export function TableFrame({
  label,
  heads,
  tall = false,
  children,
}: {
  label: string;
  heads: readonly Head[];
  /** Long: it scrolls down in its frame too. */
  tall?: boolean;
  children: ReactNode;
}) {
  return (
    <Scrolled label={label} className={`rounded-md border border-line bg-surface ${tall ? 'max-h-128' : ''}`}>
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 z-10 bg-sunken text-left text-xs text-muted">
          <tr>
            {heads.map(({ text, align }) => (
              <th
                key={text}
                scope="col"
                className={`px-3 py-2 font-medium whitespace-nowrap ${align === 'right' ? 'text-right' : ''}`}
              >
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scrolled>
  );
}
