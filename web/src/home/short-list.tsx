import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Section } from '../design/page.tsx';
import { Status, type Tone } from '../design/status.tsx';

export interface ShortRow {
  key: string;
  title: string;
  about: ReactNode;
  state: { label: string; tone: Tone };
  link: LinkProps;
}

/** The newest few of something, and the way to all of them. */
export function ShortList({
  title,
  rows,
  empty,
  all,
}: {
  title: string;
  rows: readonly ShortRow[];
  empty: string;
  all: LinkProps;
}) {
  return (
    <Section
      title={title}
      plain
      actions={
        <Link {...all} className="text-sm font-medium text-accent hover:underline">
          See all<span className="sr-only"> of {title.toLowerCase()}</span>
        </Link>
      }
    >
      {rows.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {rows.map(({ key, title: name, about, state, link }) => (
            <li key={key} data-row className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5">
              <div className="min-w-0">
                <Link {...link} className="font-medium text-accent hover:underline">
                  {name}
                </Link>
                <p className="text-xs text-muted">{about}</p>
              </div>
              <Status tone={state.tone}>{state.label}</Status>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
