import { fraction } from '@clearlot/kernel';
import type { Work } from '@clearlot/service';
import { showMicros } from '../conversion/decimal.ts';
import { dayOf, newestFigures, sourceNames } from '../conversion/figures.ts';
import { instrument } from '../instruments/tables.ts';
import { listObservations } from '../observations/store.ts';
import type { Fact } from './fact.ts';
import type { Citation } from './tables.ts';

/** More would not be read. */
const factsMax = 12;

/** What there is to say: the newest figures that may be shown, the newest first, each with the one before it. */
export async function collectFacts(work: Pick<Work, 'db' | 'sql'>): Promise<Fact[]> {
  const instruments = await work.db.select().from(instrument);
  const figures = await newestFigures(
    work,
    instruments.map(({ instrumentId }) => instrumentId),
  );
  const byAge = [...figures.values()]
    .sort((a, b) => b.validAt.getTime() - a.validAt.getTime() || (a.instrumentId < b.instrumentId ? -1 : 1))
    .slice(0, factsMax);
  const names = await sourceNames(work, [...new Set(byAge.map(({ sourceId }) => sourceId))]);
  return Promise.all(
    byAge.map(async (figure, index): Promise<Fact> => {
      const { instrumentId, sourceId, validAt, kind, lowMicros, midMicros, highMicros, edition, licence } = figure;
      const of = instruments.find((each) => each.instrumentId === instrumentId);
      const [before] = await listObservations(work, { instrumentId, sourceId, to: validAt, limit: 1 });
      // Two figures are told together or not at all: a change would tell the hidden one.
      const told = before?.licence.display && (!licence.llm || before.licence.llm) ? before : undefined;
      return {
        ...{ marker: index + 1, observationId: String(figure.observationId), instrumentId, kind, edition },
        ...{ code: of?.code ?? '', name: of?.name ?? '', currency: of?.currency ?? '', unit: of?.unit ?? '' },
        ...{ lowMicros, midMicros, highMicros, day: dayOf(validAt), source: names.get(sourceId) ?? '' },
        ...{ previous: told ? { midMicros: told.midMicros, day: dayOf(told.validAt) } : null, llm: licence.llm },
      };
    }),
  );
}

/** A fact as a summary keeps it. */
export function cite(fact: Fact): Citation {
  const text = (micros: bigint) => showMicros(fraction.of(micros));
  const { marker, observationId, instrumentId, code, name, kind, day, source, edition, previous } = fact;
  return {
    ...{ marker, observationId, instrumentId, code, name, kind, day, source, edition },
    per: `${fact.currency}/${fact.unit}`,
    ...{ low: text(fact.lowMicros), mid: text(fact.midMicros), high: text(fact.highMicros) },
    previous: previous && { mid: text(previous.midMicros), day: previous.day },
  };
}
