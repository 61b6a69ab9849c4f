import { prepared, type Tx, type Work } from '@clearlot/service';
import { asc, eq, max, sql as raw } from 'drizzle-orm';
import type { Ctx } from '../clients.ts';
import { observationErrors } from './errors.ts';
import type { Kind, Latest, Observation } from './observation.ts';
import { latest, type Source, source } from './tables.ts';

/** A source's row, locked: whoever records for it waits. Errors: MARKET_SOURCE_NOT_FOUND. */
export async function lockSource(tx: Tx, sourceId: string): Promise<Source> {
  const [row] = await tx.db.select().from(source).where(eq(source.sourceId, sourceId)).for('no key update');
  if (!row) throw observationErrors.error('MARKET_SOURCE_NOT_FOUND');
  return row;
}

/** Every source, by code. */
export async function listSources(work: Pick<Work, 'sql'>): Promise<Source[]> {
  return everySource(work, {});
}

const everySource = prepared((db) => db.select().from(source).orderBy(asc(source.code)));

/** When the newest figure of each source was valid, by source. */
export async function newestBySource(work: Pick<Work, 'db'>): Promise<Map<string, Date>> {
  const rows = await work.db
    .select({ sourceId: latest.sourceId, validAt: max(latest.validAt) })
    .from(latest)
    .groupBy(latest.sourceId);
  return new Map(rows.flatMap(({ sourceId, validAt }) => (validAt ? [[sourceId, validAt]] : [])));
}

/** The newest figure of each source for each of the instruments, as far as the actor may see it; by the sources' codes. */
export async function readLatest(
  work: Pick<Work, 'sql'>,
  instrumentIds: readonly string[],
): Promise<{ latest: Latest; source: Source }[]> {
  const rows = await newestOfInstruments(work, { ids: `{${instrumentIds.join(',')}}` });
  return rows.map(({ latest: { display, export: exported, llm, ...row }, source }) => ({
    latest: { ...row, licence: { display, export: exported, llm } },
    source,
  }));
}

const newestOfInstruments = prepared((db) =>
  db
    .select()
    .from(latest)
    .innerJoin(source, eq(source.sourceId, latest.sourceId))
    .where(raw`${latest.instrumentId} = any(${raw.placeholder('ids')}::uuid[])`)
    .orderBy(asc(source.code)),
);

/** Of one instrument; what is absent is not asked for. */
export interface ObservationQuery {
  instrumentId: string;
  sourceId?: string | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  /** Absent: as known now. */
  knownAt?: Date | undefined;
}

/** After which figure a page begins. */
export interface Position {
  validAt: Date;
  sourceId: string;
}

/** Figures as known at an instant, newest first; none that the actor may not see, nor what such a one replaced. */
export async function listObservations(
  { sql }: Pick<Work, 'sql'>,
  query: ObservationQuery & { before?: Position | undefined; limit: number },
): Promise<Observation[]> {
  const { instrumentId, sourceId, from, to, knownAt, before, limit } = query;
  const rows = await sql<
    ObservationRow[]
  >`select * from known_observations(${instrumentId}::uuid, ${sourceId ?? null}::uuid,
    ${from ?? '-infinity'}::timestamptz, ${to ?? 'infinity'}::timestamptz, ${knownAt ?? 'infinity'}::timestamptz,
    ${before?.validAt ?? null}::timestamptz, ${before?.sourceId ?? null}::uuid, ${limit}::int)`;
  return rows.map(readObservationRow);
}

/**
 * What is known at an instant is known for good from here on. Asked before reading "as known on". Errors:
 * MARKET_KNOWN_AT_IN_FUTURE.
 */
export async function settleKnown(ctx: Ctx, knownAt: Date): Promise<void> {
  if (knownAt > ctx.clock.now()) throw observationErrors.error('MARKET_KNOWN_AT_IN_FUTURE');
  await ctx.transaction('SettleKnown', ({ sql }) => sql`select settle_known(${knownAt}::timestamptz)`.execute());
}

/** How many of them may not be exported. */
export async function countKept({ sql }: Pick<Work, 'sql'>, query: ObservationQuery): Promise<number> {
  const { instrumentId, sourceId, from, to, knownAt } = query;
  const [row] = await sql<{ kept: number }[]>`
    select (count(*) filter (where not export))::int as kept from known_observations(${instrumentId}::uuid,
      ${sourceId ?? null}::uuid, ${from ?? '-infinity'}::timestamptz, ${to ?? 'infinity'}::timestamptz,
      ${knownAt ?? 'infinity'}::timestamptz, null, null, null)`;
  return row?.kept ?? 0;
}

/** A row of `observation` as the driver has it. */
interface ObservationRow {
  observation_id: bigint;
  instrument_id: string;
  source_id: string;
  valid_at: string;
  recorded_at: string;
  low_micros: bigint;
  mid_micros: bigint;
  high_micros: bigint;
  kind: Kind;
  display: boolean;
  export: boolean;
  llm: boolean;
  edition: string;
}

/** A row of `latest` as the driver has it. */
export type LatestRow = ObservationRow & { sequence: bigint };

function readObservationRow(row: ObservationRow): Observation {
  return {
    observationId: row.observation_id,
    instrumentId: row.instrument_id,
    sourceId: row.source_id,
    validAt: new Date(row.valid_at),
    recordedAt: new Date(row.recorded_at),
    lowMicros: row.low_micros,
    midMicros: row.mid_micros,
    highMicros: row.high_micros,
    kind: row.kind,
    edition: row.edition,
    licence: { display: row.display, export: row.export, llm: row.llm },
  };
}

export function readLatestRow(row: LatestRow): Latest {
  return { ...readObservationRow(row), sequence: row.sequence };
}
