import type { Quote } from './badges.tsx';
import { gradeWords, productWords, taxWords } from './basis.ts';
import type { MarketSearch } from './market-search.ts';

/** One line of the board: an instrument's newest figure from one source, or that it has none. */
export interface BoardRow {
  instrument: Quote['instrument'];
  figure: Quote['figures'][number] | undefined;
}

export const boardFilters = {
  product: Object.entries(productWords).map(([value, label]) => ({ value, label })),
  grade: Object.entries(gradeWords).map(([value, label]) => ({ value, label })),
  taxBasis: Object.entries(taxWords).map(([value, label]) => ({ value, label })),
} as const;

/** What stays of the board under the filters of its address. */
export function boardRows(quotes: readonly Quote[], search: MarketSearch): BoardRow[] {
  const wanted = quotes.filter(
    ({ instrument }) =>
      (!search.product || instrument.product === search.product) &&
      (!search.grade || instrument.grade === search.grade) &&
      (!search.currency || instrument.currency === search.currency) &&
      (!search.taxBasis || instrument.taxBasis === search.taxBasis),
  );
  return wanted.flatMap(({ instrument, figures }): BoardRow[] => {
    const shown = figures.filter(
      ({ sourceId, stale }) => (!search.source || sourceId === search.source) && (search.fresh !== 'yes' || !stale),
    );
    const isNarrowed = Boolean(search.source) || search.fresh === 'yes';
    if (shown.length === 0) return isNarrowed ? [] : [{ instrument, figure: undefined }];
    return shown.map((figure) => ({ instrument, figure }));
  });
}

/** The sources that have a figure on the board, by name. */
export function boardSources(quotes: readonly Quote[]): { value: string; label: string }[] {
  const names = new Map(quotes.flatMap(({ figures }) => figures.map(({ source }) => [source.sourceId, source.name])));
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}
