import type { Direction } from './price.ts';

const marks: Record<Direction, { mark: string; spoken: string; className: string }> = {
  up: { mark: '▲', spoken: 'up', className: 'text-green' },
  down: { mark: '▼', spoken: 'down', className: 'text-red' },
  same: { mark: '', spoken: 'unchanged', className: 'text-muted' },
};

/** How far a price moved, with its direction in a sign, a mark and a word. */
export function ChangeText({ percent, direction }: { percent: string; direction: Direction }) {
  const { mark, spoken, className } = marks[direction];
  return (
    <span className={`figures whitespace-nowrap ${className}`}>
      <span aria-hidden className="mr-1 text-[10px]">
        {mark}
      </span>
      <span className="sr-only">{spoken} </span>
      {percent}
    </span>
  );
}
