import type { ReactNode } from 'react';

/** A page: where I am, what it is and its state, and its one primary action. */
export function Page({
  title,
  above,
  status,
  summary,
  actions,
  wide = false,
  children,
}: {
  title: string;
  /** The way here, such as a link to the list. */
  above?: ReactNode;
  status?: ReactNode;
  summary?: ReactNode;
  actions?: ReactNode;
  /** Tables take the whole width; decisions are made at reading width. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`grid w-full gap-6 px-4 py-6 sm:px-8 ${wide ? 'max-w-[1500px]' : 'max-w-5xl'}`}>
      <title>{`${title} · clearlot`}</title>
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          {above && <div className="mb-1 text-sm text-muted">{above}</div>}
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-2xl leading-tight font-semibold tracking-tight">{title}</h1>
            {status}
          </div>
          {summary && <div className="mt-1.5 max-w-prose text-muted">{summary}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page under a heading of its own. */
export function Section({
  title,
  actions,
  children,
  plain = false,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  /** Without a border, for tables that bring their own. */
  plain?: boolean;
}) {
  return (
    <section aria-label={title} className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">{title}</h2>
        {actions}
      </div>
      {plain ? children : <div className="rounded-md border border-line bg-surface p-4 sm:p-5">{children}</div>}
    </section>
  );
}

/** Names and values; figures line up. */
export function Facts({
  facts,
  columns = 2,
}: {
  facts: readonly (readonly [string, ReactNode])[];
  columns?: 1 | 2 | 3;
}) {
  const grid = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 lg:grid-cols-3' }[columns];
  return (
    <dl className={`grid gap-x-8 gap-y-3 ${grid}`}>
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
