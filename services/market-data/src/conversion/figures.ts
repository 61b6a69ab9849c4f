import type { Work } from '@clearlot/service';
import { and, eq, inArray } from 'drizzle-orm';
import type { Basis } from '../instruments/instrument.ts';
import { findInstrument } from '../instruments/store.ts';
import type { Observation } from '../observations/observation.ts';
import { listObservations } from '../observations/store.ts';
import { latest, source } from '../observations/tables.ts';
import { conversionErrors } from './errors.ts';

/** A published figure with what it is of and who states it. */
export interface Figure extends Observation {
  code: string;
  name: string;
  basis: Basis;
  sourceName: string;
}

/** Which figure of an instrument: its newest, the newest until the end of a day, or the first from a day on. */
export type When = { newest: true } | { until: string } | { from: string };

const DAY_MS = 86_400_000;

/**
 * The figure of an instrument as it is known now, of whichever source has it; never one that may not be shown. Errors:
 * MARKET_INSTRUMENT_NOT_FOUND, MARKET_NO_PRICE.
 */
export async function findFigure(work: Pick<Work, 'db' | 'sql'>, instrumentId: string, when: When): Promise<Figure> {
  const [instrument, found] = await Promise.all([
    findInstrument(work, instrumentId),
    'newest' in when ? newestOf(work, instrumentId) : ofDay(work, instrumentId, when),
  ]);
  if (!found?.licence.display) throw conversionErrors.error('MARKET_NO_PRICE', undefined, [], { instrumentId });
  const [stated] = await work.db.select({ name: source.name }).from(source).where(eq(source.sourceId, found.sourceId));
  const { code, name, ...basis } = instrument;
  return { ...found, code, name, basis: basisIn(basis), sourceName: stated?.name ?? '' };
}

/** A newest figure, with the instrument's count of published changes when it became that. */
export type NewestFigure = Observation & { sequence: bigint };

/** The newest figure of each of some instruments, by instrument; one that has none that may be shown is not there. */
export async function newestFigures(
  work: Pick<Work, 'db'>,
  instrumentIds: readonly string[],
): Promise<Map<string, NewestFigure>> {
  const rows = await work.db
    .select()
    .from(latest)
    .where(and(inArray(latest.instrumentId, [...instrumentIds]), eq(latest.display, true)));
  const figures = new Map<string, NewestFigure>();
  for (const { display, export: exported, llm, ...row } of rows) {
    const figure = { ...row, licence: { display, export: exported, llm } };
    const best = figures.get(figure.instrumentId);
    if (!best || isNewer(figure, best)) figures.set(figure.instrumentId, figure);
  }
  return figures;
}

/** The names of sources, by id. */
export async function sourceNames(work: Pick<Work, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await work.db
    .select({ id: source.sourceId, name: source.name })
    .from(source)
    .where(inArray(source.sourceId, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Only the basis of something that has one. */
export function basisIn({ product, grade, form, region, incoterm, currency, unit, taxBasis }: Basis): Basis {
  return { product, grade, form, region, incoterm, currency, unit, taxBasis };
}

/** The UTC day of an instant, yyyy-mm-dd. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function isNewer(a: Observation, b: Observation): boolean {
  const valid = a.validAt.getTime() - b.validAt.getTime();
  return valid > 0 || (valid === 0 && a.recordedAt > b.recordedAt);
}

async function newestOf(work: Pick<Work, 'db'>, instrumentId: string): Promise<Observation | undefined> {
  return (await newestFigures(work, [instrumentId])).get(instrumentId);
}

async function ofDay(
  work: Pick<Work, 'sql'>,
  instrumentId: string,
  when: { until: string } | { from: string },
): Promise<Observation | undefined> {
  if ('until' in when) {
    const to = new Date(Date.parse(when.until) + DAY_MS);
    return (await listObservations(work, { instrumentId, to, limit: 1 }))[0];
  }
  const [first] = await work.sql<{ valid_at: string | null }[]>`
    select min(valid_at) as valid_at from observation where instrument_id = ${instrumentId} and valid_at >= ${when.from}::date`;
  if (!first?.valid_at) return undefined;
  const from = new Date(first.valid_at);
  return (await listObservations(work, { instrumentId, from, to: new Date(from.getTime() + 1), limit: 1 }))[0];
}
