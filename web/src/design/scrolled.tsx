import type { ReactNode } from 'react';

const bordered = 'rounded-md border border-line bg-surface';

/** What is wider or longer than its place, in a frame that scrolls instead of the page, also by keyboard. */
export function Scrolled({
  label,
  children,
  className = bordered,
}: {
  label: string;
  children: ReactNode;
  /** How the frame looks; bordered, unless said. */
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className={`relative overflow-auto ${className}`}>
      {children}
    </section>
  );
}
