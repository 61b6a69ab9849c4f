import type { ReactNode } from 'react';
import { Instant } from './figures.tsx';

export interface Rung {
  label: string;
  state: 'done' | 'current' | 'blocked' | 'todo' | 'failed';
  /** When it was reached, or since when it waits. */
  at?: string | null;
  /** Who did it, or who must. */
  actor?: string | null;
  note?: ReactNode;
}

const marks: Record<Rung['state'], { mark: string; spoken: string; className: string }> = {
  done: { mark: '✓', spoken: 'done', className: 'border-green bg-green text-paper' },
  current: { mark: '', spoken: 'now', className: 'border-accent bg-accent-soft ring-3 ring-accent-soft' },
  blocked: { mark: '!', spoken: 'waiting', className: 'border-amber bg-amber-soft text-amber' },
  todo: { mark: '', spoken: 'to come', className: 'border-line-strong bg-surface' },
  failed: { mark: '×', spoken: 'ended', className: 'border-red bg-red-soft text-red' },
};

/** The states of something from first to last, who took each step and when; the one that waits says on whom. */
export function StateLadder({ rungs, label }: { rungs: readonly Rung[]; label: string }) {
  return (
    <ol aria-label={label} className="grid">
      {rungs.map((rung, index) => {
        const { mark, spoken, className } = marks[rung.state];
        return (
          <li
            key={rung.label}
            className="relative grid grid-cols-[20px_1fr] gap-x-3 pb-4 last:pb-0"
            aria-current={rung.state === 'current' ? 'step' : undefined}
          >
            {index < rungs.length - 1 && (
              <span aria-hidden className="absolute top-5 bottom-0 left-[9.5px] w-px bg-line" />
            )}
            <span
              aria-hidden
              className={`mt-0.5 grid size-5 place-items-center rounded-full border text-xs leading-none font-bold ${className}`}
            >
              {mark}
            </span>
            <div className={rung.state === 'todo' ? 'text-muted' : ''}>
              <p className={rung.state === 'current' || rung.state === 'blocked' ? 'font-semibold' : ''}>
                {rung.label}
                <span className="sr-only"> ({spoken})</span>
              </p>
              {(rung.at || rung.actor) && (
                <p className="text-xs text-muted">
                  {rung.at && <Instant at={rung.at} />}
                  {rung.at && rung.actor ? ' · ' : ''}
                  {rung.actor}
                </p>
              )}
              {rung.note && <div className="text-sm text-muted">{rung.note}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
