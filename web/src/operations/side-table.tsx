import type { ReactNode } from 'react';
import { Scrolled } from '../design/scrolled.tsx';

interface Row {
  key: string;
  cells: readonly ReactNode[];
}

/** Rows that add up: their sums stand below, in the order shown; the last column is in words, those between are figures. */
export function SideTable({
  caption,
  headings,
  rows,
  total,
}: {
  caption: string;
  headings: readonly string[];
  rows: readonly Row[];
  total: readonly ReactNode[];
}) {
  const look = (index: number) =>
    index === 0 ? 'min-w-44 text-left' : index === headings.length - 1 ? 'text-left' : 'figures text-right';
  return (
    <Scrolled label={caption}>
      <table className="w-full border-collapse text-sm">
        <caption className="bg-sunken px-3 pt-2 text-left font-semibold">{caption}</caption>
        <thead className="bg-sunken text-xs text-muted">
          <tr>
            {headings.map((heading, index) => (
              <th key={heading} scope="col" className={`px-3 py-2 font-medium whitespace-nowrap ${look(index)}`}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-t border-line">
              {cells.map((cell, index) => (
                <td key={headings[index]} className={`px-3 py-2 ${look(index)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot className="border-t-2 border-line-strong font-semibold">
          <tr>
            {total.map((cell, index) => (
              <td key={headings[index]} className={`px-3 py-2 ${look(index)}`}>
                {cell}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </Scrolled>
  );
}
