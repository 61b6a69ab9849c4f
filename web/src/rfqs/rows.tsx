import { type ReactNode, useState } from 'react';
import { Button } from '../design/button.tsx';

/** Rows of a form that can be added and taken away; each keeps what was entered when another one goes. */
export function Rows<Item>({
  initial,
  made,
  add,
  max,
  children,
}: {
  initial: readonly Item[];
  /** A new row; `count` were there ever before it. */
  made(count: number): Item;
  /** What the button says, "Add a line". */
  add: string;
  max: number;
  children(item: Item, index: number, remove: () => void): ReactNode;
}) {
  const [rows, setRows] = useState(() => initial.map((item, key) => ({ item, key })));
  const [count, setCount] = useState(initial.length);
  return (
    <div className="grid gap-4">
      {rows.map(({ item, key }, index) => (
        <div key={key}>{children(item, index, () => setRows(rows.filter((row) => row.key !== key)))}</div>
      ))}
      {rows.length < max && (
        <div>
          <Button
            size="sm"
            onClick={() => {
              setRows([...rows, { item: made(count), key: count }]);
              setCount(count + 1);
            }}
          >
            {add}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Takes a row away. */
export function RemoveRow({ what, onRemove }: { what: string; onRemove(): void }) {
  return (
    <Button size="sm" variant="quiet" aria-label={`Take ${what} away`} onClick={onRemove}>
      Take away
    </Button>
  );
}

/** The first id `<letter><number>` that is not taken. */
export function freeId(letter: string, taken: readonly string[], count: number): string {
  let number = count + 1;
  while (taken.includes(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}
