import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';

/** Rows of a form, as many as are wanted; each keeps its place when another one goes. */
export function RowList({
  add,
  first,
  least = 0,
  children,
}: {
  /** What adds a row, "Add a lot". */
  add: string;
  /** How many there are at first. */
  first: number;
  least?: number;
  children(index: number, remove: (() => void) | undefined, position: number): ReactNode;
}) {
  const [rows, setRows] = useState(() => Array.from({ length: first }, (_, index) => index));
  const [next, setNext] = useState(first);
  const more = () => {
    setRows((before) => [...before, next]);
    setNext(next + 1);
  };
  const removing = (index: number) =>
    rows.length > least ? () => setRows((before) => before.filter((each) => each !== index)) : undefined;
  return (
    <div className="grid gap-3">
      {rows.map((index, position) => (
        <div key={index}>{children(index, removing(index), position)}</div>
      ))}
      <div>
        <Button size="sm" onClick={more}>
          {add}
        </Button>
      </div>
    </div>
  );
}
