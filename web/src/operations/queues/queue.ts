import type { LinkProps } from '@tanstack/react-router';

/** Things of one kind that wait for an operator. */
export interface Queue {
  label: string;
  link: Pick<LinkProps, 'to' | 'search'>;
  count: number;
  /** There are more than were counted. */
  more: boolean;
  /** Since when the one that waits longest does. */
  oldest: string;
}

/** A queue of what came at these times; nothing when nothing waits. */
export function queueOf(
  label: string,
  link: Queue['link'],
  page: { times: readonly string[]; more: boolean } | undefined,
): Queue | undefined {
  const [oldest] = page?.times.toSorted() ?? [];
  return page && oldest !== undefined ? { label, link, count: page.times.length, more: page.more, oldest } : undefined;
}

/** Those in which something waits, the one that waits longest first. */
export function oldestFirst(queues: readonly (Queue | undefined)[]): Queue[] {
  return queues.filter((queue) => queue !== undefined).toSorted((a, b) => a.oldest.localeCompare(b.oldest));
}
