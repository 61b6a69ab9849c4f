import type { ReactNode } from 'react';
import { Wordmark } from '../frame/wordmark.tsx';

/** A page for who is not signed in yet. */
export function Door({ title, children, below }: { title: string; children: ReactNode; below: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <title>{`${title} · clearlot`}</title>
      <Wordmark />
      <div className="grid gap-5 rounded-md border border-line bg-surface p-6">
        <h1 className="text-xl font-semibold">{title}</h1>
        {children}
      </div>
      <div className="text-sm text-muted">{below}</div>
    </main>
  );
}
