import type { Figure } from '../quality/figure.ts';

/** A figure as an adapter read it; which instrument it is of is found by its code. */
export type FetchedFigure = Omit<Figure, 'instrumentId'> & { instrumentCode: string | null };

/** One delivery of a source. */
export interface Fetched {
  /** What the source calls it, or its newest date: shown to people. What makes it the same delivery is its content. */
  edition: string;
  figures: FetchedFigure[];
}

/**
 * Where figures come from. `since` is the newest valid time we have of it; a source may answer more than that. Fails with one
 * of the codes of `sourceFailures`, never with part of an answer.
 */
export interface SourcePort {
  fetch(since: Date | undefined): Promise<Fetched>;
}

/** The newest day of figures as ISO date, to call a delivery by. */
export function newestDay(figures: readonly FetchedFigure[]): string {
  if (figures.length === 0) return 'nothing';
  const newestMs = figures.reduce((latest, { validAt }) => Math.max(latest, validAt.getTime()), 0);
  return new Date(newestMs).toISOString().slice(0, 10);
}

/** How a source is read: `fetched` ones on a schedule, the others when somebody brings figures. */
export const fetchedKinds = ['fastmarkets', 'perplexity', 'http', 'simulated'] as const;
