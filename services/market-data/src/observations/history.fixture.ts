import { maxBigint, minBigint } from '@clearlot/kernel';
import { periodStart } from '../series/series.ts';
import type { ObservationInput } from './observation.ts';

/** A figure as the model keeps it. */
export interface Stated extends ObservationInput {
  sourceId: string;
  recordedAt: number;
  display: boolean;
}

/** What is known on an instant, naively: of each source and valid time the figure recorded last until then, newest first. */
export function knownOn(history: readonly Stated[], at: number): Stated[] {
  const known = new Map<string, Stated>();
  for (const stated of history.toSorted((a, b) => a.recordedAt - b.recordedAt)) {
    if (stated.recordedAt <= at) known.set(`${stated.sourceId} ${stated.validAt.getTime()}`, stated);
  }
  return [...known.values()].sort(
    (a, b) => b.validAt.getTime() - a.validAt.getTime() || (a.sourceId < b.sourceId ? 1 : -1),
  );
}

/** The bars of what is known, naively: every period's figures gathered, sorted, and looked at. */
export function barsOf(known: readonly Stated[], period: 'day' | 'week' | 'month') {
  const gathered = Map.groupBy(known, ({ sourceId, validAt }) =>
    [sourceId, periodStart(period, validAt.toISOString().slice(0, 10))].join(' '),
  );
  const bars = [...gathered].map(([key, figures]) => {
    const inOrder = figures.toSorted((a, b) => a.validAt.getTime() - b.validAt.getTime());
    const [sourceId = '', day = ''] = key.split(' ');
    return {
      ...{ sourceId, day, observations: inOrder.length, shown: inOrder.every(({ display }) => display) },
      openMicros: inOrder[0]?.midMicros ?? 0n,
      closeMicros: inOrder.at(-1)?.midMicros ?? 0n,
      highMicros: inOrder.map((each) => each.highMicros).reduce((a, b) => maxBigint(a, b)),
      lowMicros: inOrder.map((each) => each.lowMicros).reduce((a, b) => minBigint(a, b)),
      firstValidAt: inOrder[0]?.validAt,
      lastValidAt: inOrder.at(-1)?.validAt,
      kinds: [...new Set(inOrder.map(({ kind }) => kind))].sort(),
    };
  });
  return bars.sort((a, b) => (`${a.sourceId} ${a.day}` < `${b.sourceId} ${b.day}` ? -1 : 1));
}
