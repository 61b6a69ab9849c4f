import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { Empty } from './query-view.tsx';
import { Scrolled } from './scrolled.tsx';

export interface Column<Row> {
  id: string;
  header: string;
  cell(row: Row): ReactNode;
  /** Figures line up at the right. */
  align?: 'right';
  /** What the column is sorted by; without it, it is not. */
  sortBy?(row: Row): string | number | null | undefined;
  /** Left out on phones. */
  wideOnly?: boolean;
}

interface ListSearch {
  q?: string;
  sort?: string;
}

/** What a list's address says of it: the words looked for and the order. */
function useListSearch() {
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (change: ListSearch) =>
    void navigate({ to: '.', search: (before: ListSearch) => ({ ...before, ...change }), replace: true } as never);
  return { search, set };
}

/**
 * Rows to compare: dense, with a header that stays, figures at the right, words looked for and order in the address. The
 * first cell of a row holds its link, which j and k step through.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  textOf,
  empty,
  toolbar,
  footer,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** What is looked through; without it, nothing can be looked for. */
  textOf?(row: Row): string;
  /** What stands here when there are no rows at all. */
  empty: ReactNode;
  /** More filters, an export. */
  toolbar?: ReactNode;
  footer?: ReactNode;
}) {
  const { search, set } = useListSearch();
  const filterId = useId();
  if (rows.length === 0 && !toolbar) return empty;
  const wanted = (search.q ?? '').toLowerCase();
  const found = textOf && wanted ? rows.filter((row) => textOf(row).toLowerCase().includes(wanted)) : rows;
  const shown = sorted(found, columns, search.sort);
  return (
    <div className="grid gap-3">
      {(textOf || toolbar) && (
        <div className="flex flex-wrap items-center gap-2">
          {textOf && (
            <>
              <label htmlFor={filterId} className="sr-only">
                Find in {label}
              </label>
              <input
                id={filterId}
                type="search"
                placeholder="Find"
                data-find
                defaultValue={search.q ?? ''}
                onChange={(event) => set({ q: event.currentTarget.value || undefined })}
                className="min-h-8 w-56 rounded-md border border-line-strong bg-surface px-3 text-sm"
              />
            </>
          )}
          {toolbar}
          <span className="ml-auto text-xs text-muted" role="status">
            {shown.length === rows.length ? `${rows.length}` : `${shown.length} of ${rows.length}`}
          </span>
        </div>
      )}
      {rows.length === 0 ? (
        empty
      ) : shown.length === 0 ? (
        <Empty title={`Nothing matches “${search.q}”`}>Clear the field above to see all {rows.length}.</Empty>
      ) : (
        <Scrolled label={label}>
          <table className="w-full border-collapse text-sm">
            <thead className="sticky top-0 z-10 bg-sunken text-left text-xs text-muted">
              <tr>
                {columns.map((column) => (
                  <HeaderCell key={column.id} column={column} sort={search.sort} onSort={(sort) => set({ sort })} />
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr
                  key={rowKey(row)}
                  data-row
                  className="border-t border-line focus-within:bg-accent-soft hover:bg-sunken"
                >
                  {columns.map((column) => (
                    <td key={column.id} className={`px-3 py-2 align-top ${cellClass(column)}`}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
      {footer}
    </div>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: string | undefined;
  onSort(sort: string | undefined): void;
}) {
  const isSorted = sort === column.id || sort === `-${column.id}`;
  const direction = isSorted ? (sort?.startsWith('-') ? 'descending' : 'ascending') : undefined;
  const next = direction === undefined ? column.id : direction === 'ascending' ? `-${column.id}` : undefined;
  return (
    <th scope="col" aria-sort={direction} className={`px-3 py-2 font-medium whitespace-nowrap ${cellClass(column)}`}>
      {column.sortBy ? (
        <button type="button" className="min-h-6 hover:text-ink" onClick={() => onSort(next)}>
          {column.header}
          <span aria-hidden> {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}</span>
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function cellClass<Row>({ align, wideOnly }: Column<Row>): string {
  return `${align === 'right' ? 'figures text-right' : ''} ${wideOnly ? 'hidden md:table-cell' : ''}`;
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string | undefined): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === sort?.replace(/^-/, ''))?.sortBy;
  if (!sortBy) return rows;
  const turn = sort?.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => turn * compare(sortBy(a), sortBy(b)));
}

/** What has no value comes last in either order's beginning; text as people order it. */
function compare(a: string | number | null | undefined, b: string | number | null | undefined): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1;
  if (b === null || b === undefined) return -1;
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });
}
