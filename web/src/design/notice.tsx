import type { ReactNode } from 'react';
import type { Tone } from './status.tsx';

const tones: Record<Tone, string> = {
  amber: 'border-amber bg-amber-soft',
  blue: 'border-blue bg-blue-soft',
  green: 'border-green bg-green-soft',
  red: 'border-red bg-red-soft',
  plain: 'border-line-strong bg-sunken',
};

/** Something to know before going on. A refusal is announced at once, the rest in its turn. */
export function Notice({
  tone = 'plain',
  title,
  children,
  action,
}: {
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      role={tone === 'red' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-6 gap-y-2 rounded-md border-l-3 px-4 py-3 ${tones[tone]}`}
    >
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="font-semibold">{title}</p>
        {children && <div className="text-sm text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
