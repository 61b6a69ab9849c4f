import type { ReactNode } from 'react';

/** A wide table in a frame of its own, which scrolls instead of the page. */
export function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  const look = 'relative overflow-x-auto rounded-md border border-line bg-surface';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className={look}>
      {children}
    </section>
  );
}
