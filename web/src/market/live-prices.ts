import type { Quote } from './badges.tsx';

/** A figure as it travels live. */
export interface LiveFigure {
  sourceId: string;
  low: string;
  mid: string;
  high: string;
  kind: string;
  edition: string;
  validAt: string;
  recordedAt: string;
}

/** How the newest figures of an instrument stand. */
export interface LivePrice {
  sequence: number;
  figures: readonly LiveFigure[];
}

/**
 * Quotes with what is newer live, and whether all of it could be placed: a source that was not there before, and one whose
 * figures may only be asked for, cannot. The same object where nothing is newer.
 */
export function withLive(
  quotes: readonly Quote[],
  instrumentId: string,
  live: LivePrice,
): { quotes: readonly Quote[]; isWhole: boolean } {
  const quote = quotes.find(({ instrument }) => instrument.instrumentId === instrumentId);
  if (!quote) return { quotes, isWhole: true };
  const newer = live.figures.filter((each) => {
    const known = quote.figures.find(({ sourceId }) => sourceId === each.sourceId);
    return known !== undefined && Date.parse(each.recordedAt) > Date.parse(known.recordedAt);
  });
  const seen = Math.max(0, ...quote.figures.map(({ sequence }) => Number(sequence)));
  const isKnown = live.figures.every(({ sourceId }) => quote.figures.some((each) => each.sourceId === sourceId));
  const isWhole = isKnown && (live.sequence <= seen || newer.length > 0);
  if (newer.length === 0) return { quotes, isWhole };
  const figures = quote.figures.map((figure) => {
    const next = newer.find(({ sourceId }) => sourceId === figure.sourceId);
    if (!next) return figure;
    // The sequence counts for the instrument; that of its newest figure is the state's.
    const placed = { ...next, kind: next.kind as Quote['figures'][number]['kind'], sequence: String(live.sequence) };
    return { ...figure, ...placed, stale: false, ageMs: 0 };
  });
  return { quotes: quotes.map((each) => (each === quote ? { ...quote, figures } : each)), isWhole };
}
