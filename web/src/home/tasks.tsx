import { Link, type LinkProps } from '@tanstack/react-router';
import { Instant } from '../design/figures.tsx';
import { Empty } from '../design/query-view.tsx';
import { formatRelative } from '../money/format.ts';

/** One thing that waits on me: what to do, about what, until when, and where. */
export interface Task {
  key: string;
  title: string;
  about?: string | undefined;
  due?: string | null | undefined;
  link: LinkProps;
}

/** What is due first comes first; what has no time comes last, in the order given. */
export function byDue(tasks: readonly Task[]): Task[] {
  return tasks.toSorted((a, b) => (a.due ? Date.parse(a.due) : Infinity) - (b.due ? Date.parse(b.due) : Infinity) || 0);
}

/** What waits on me, each as the way to it. */
export function Tasks({ tasks, nothing }: { tasks: readonly Task[]; nothing: string }) {
  if (tasks.length === 0) return <Empty title="Nothing waits on you">{nothing}</Empty>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {tasks.map(({ key, title, about, due, link }) => (
        <li
          key={key}
          data-row
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3 focus-within:bg-accent-soft hover:bg-sunken"
        >
          <div className="min-w-0">
            <Link {...link} className="font-medium text-accent hover:underline">
              {title}
            </Link>
            {about && <p className="text-sm text-muted">{about}</p>}
          </div>
          {due && (
            <p className="text-right text-sm">
              by <Instant at={due} />
              <span className="block text-xs text-muted">{formatRelative(due)}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
