import type { LiveUpdate } from './auction.ts';

/** Entries from the first on, without a gap: those that were asked for and those that came live, each once. */
export function mergeHistory(asked: readonly LiveUpdate[], live: readonly LiveUpdate[]): readonly LiveUpdate[] {
  const last = asked.at(-1)?.sequence ?? 0;
  const [first] = live;
  if (!first || first.sequence > last + 1) return asked;
  return [...asked, ...live.filter(({ sequence }) => sequence > last)];
}

/** True while entries are missing between what was asked for and what came live, up to the newest one known. */
export function isIncomplete(asked: readonly LiveUpdate[], live: readonly LiveUpdate[], newest: number): boolean {
  return (mergeHistory(asked, live).at(-1)?.sequence ?? 0) < newest;
}
