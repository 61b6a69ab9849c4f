import { Instant } from '../design/figures.tsx';
import { formatRelative } from '../money/format.ts';

/** Since when something waits: the exact time, and how long that is. */
export function Since({ at }: { at: string | null }) {
  return (
    <>
      <Instant at={at} />
      {at && <span className="block text-xs text-muted">{formatRelative(at)}</span>}
    </>
  );
}
