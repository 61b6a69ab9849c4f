import type { Tx } from '@clearlot/service';
import { instrumentErrors } from '../instruments/errors.ts';
import { type Bar, dayBars, isoDay } from '../series/series.ts';
import { observationErrors } from './errors.ts';
import { checkDelivery, type Latest, newestOf, type ObservationInput } from './observation.ts';
import { type LatestRow, readLatestRow } from './store.ts';
import type { Source } from './tables.ts';

export interface Recorded {
  /** New rows, corrections among them. */
  recorded: number;
  /** Of figures that were known with another value or edition. */
  corrected: number;
  /** What became the newest figure of its instrument and source, once per instrument. */
  changed: Latest[];
}

/**
 * Records what a source states, in the transaction of whoever screened it: observations, newest figures and the days they
 * change. All of it carries one recorded time, later than everything the source recorded and than every answer that was
 * given as known on some instant; its licence is the source's at this moment. A figure of a valid time that is known already
 * is a correction, whatever it says: duplicates are the caller's to drop.
 * Errors: MARKET_SOURCE_NOT_FOUND, MARKET_INSTRUMENT_NOT_FOUND, MARKET_OBSERVATION_INVALID, MARKET_OBSERVATION_REPEATED.
 */
export async function recordObservations(
  tx: Tx,
  { sourceId }: Pick<Source, 'sourceId'>,
  inputs: readonly ObservationInput[],
): Promise<Recorded> {
  checkDelivery(inputs);
  if (inputs.length === 0) return { recorded: 0, corrected: 0, changed: [] };
  const times = list(inputs, (input) => input.validAt.toISOString());
  const known = await takeTurn(tx, sourceId, inputs, times);
  const { fresh, corrections } = tellApart(inputs, known.corrected);
  const newest = newestOf(inputs, known.newestValidAt);
  const [, , , , changed] = await Promise.all([
    insertObservations(tx, sourceId, inputs, times),
    followDays(tx, sourceId, dayBars(fresh)),
    restateDays(tx, sourceId, corrections),
    countChanges(tx, newest),
    insertLatest(tx, sourceId, newest),
  ]);
  return { recorded: inputs.length, corrected: corrections.length, changed };
}

interface Known {
  /** Places in the delivery of what is known with another value or edition. */
  corrected: ReadonlySet<number>;
  newestValidAt: ReadonlyMap<string, Date>;
}

/**
 * Takes the source's row, and with it the right to a recorded time, then the instruments' in one order, because sources that
 * record the same instruments count on the same rows. Answers what is known then, which nobody else changes until commit.
 */
async function takeTurn(tx: Tx, sourceId: string, inputs: readonly ObservationInput[], times: string): Promise<Known> {
  const ids = [...new Set(inputs.map(({ instrumentId }) => instrumentId))];
  const instrumentIds = list(ids, (id) => id);
  const [, sources, instruments, corrected, newest] = await Promise.all([
    // Each delivery is planned for the tables as they are now: a plan that was made when they were small, and kept, reads a
    // whole table for each figure.
    tx.sql`set local plan_cache_mode = force_custom_plan`.execute(),
    tx.sql`update source set last_recorded_at = greatest(${tx.now}::timestamptz, last_recorded_at + interval '1 millisecond',
        known_through + interval '1 millisecond')
      where source_id = ${sourceId} returning 1`.execute(),
    tx.sql`select 1 from instrument where instrument_id = any(${instrumentIds}::uuid[])
      order by instrument_id for no key update`.execute(),
    // A subquery with a limit, which is looked up by key: an exists() may be answered by reading the whole table.
    tx.sql<{ place: number }[]>`
      select (n - 1)::int as place
      from unnest(${list(inputs, (input) => input.instrumentId)}::uuid[],
        ${times}::timestamptz[]) with ordinality as i (instrument_id, valid_at, n)
      where (select true from observation o where o.instrument_id = i.instrument_id and o.valid_at = i.valid_at
        and o.source_id = ${sourceId}::uuid limit 1)`.execute(),
    tx.sql<{ instrument_id: string; valid_at: string }[]>`select instrument_id, valid_at from latest
      where source_id = ${sourceId}::uuid and instrument_id = any(${instrumentIds}::uuid[])`.execute(),
  ]);
  if (sources.length === 0) throw observationErrors.error('MARKET_SOURCE_NOT_FOUND');
  if (instruments.length < ids.length) throw instrumentErrors.error('MARKET_INSTRUMENT_NOT_FOUND');
  return {
    corrected: new Set(corrected.map(({ place }) => place)),
    newestValidAt: new Map(newest.map((row) => [row.instrument_id, new Date(row.valid_at)])),
  };
}

function tellApart(inputs: readonly ObservationInput[], corrected: ReadonlySet<number>) {
  return {
    fresh: inputs.filter((_, place) => !corrected.has(place)),
    corrections: inputs.filter((_, place) => corrected.has(place)),
  };
}

async function insertObservations(
  tx: Tx,
  sourceId: string,
  inputs: readonly ObservationInput[],
  times: string,
): Promise<void> {
  await tx.sql`
    insert into observation (instrument_id, source_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind, display,
      export, llm, edition)
    select i.instrument_id, s.source_id, i.valid_at, s.last_recorded_at, i.low_micros, i.mid_micros, i.high_micros, i.kind,
      s.display, s.export, s.llm, i.edition
    from source s, ${figures(tx, inputs, times)} where s.source_id = ${sourceId}::uuid`.execute();
}

/** Days that have figures which were not known: an end moves, a range widens, a licence narrows. */
async function followDays(tx: Tx, sourceId: string, bars: readonly (Bar & { instrumentId: string })[]): Promise<void> {
  if (bars.length === 0) return;
  await tx.sql`
    insert into bar as b (instrument_id, day, source_id, open_micros, high_micros, low_micros, close_micros, first_valid_at,
      last_valid_at, observations, kinds, display, export, llm)
    select d.instrument_id, d.day, s.source_id, d.open_micros, d.high_micros, d.low_micros, d.close_micros, d.first_valid_at,
      d.last_valid_at, d.observations, string_to_array(d.kinds, ' '), s.display, s.export, s.llm
    from source s, unnest(
      ${list(bars, (bar) => bar.instrumentId)}::uuid[], ${list(bars, (bar) => bar.day)}::date[],
      ${list(bars, (bar) => bar.openMicros)}::bigint[], ${list(bars, (bar) => bar.highMicros)}::bigint[],
      ${list(bars, (bar) => bar.lowMicros)}::bigint[], ${list(bars, (bar) => bar.closeMicros)}::bigint[],
      ${list(bars, (bar) => bar.firstValidAt.toISOString())}::timestamptz[],
      ${list(bars, (bar) => bar.lastValidAt.toISOString())}::timestamptz[],
      ${list(bars, (bar) => bar.observations)}::int[], ${list(bars, (bar) => quoted(bar.kinds.join(' ')))}::text[]
    ) as d (instrument_id, day, open_micros, high_micros, low_micros, close_micros, first_valid_at, last_valid_at, observations,
      kinds)
    where s.source_id = ${sourceId}::uuid
    on conflict (instrument_id, day, source_id) do update set
      open_micros = case when excluded.first_valid_at < b.first_valid_at then excluded.open_micros else b.open_micros end,
      high_micros = greatest(b.high_micros, excluded.high_micros),
      low_micros = least(b.low_micros, excluded.low_micros),
      close_micros = case when excluded.last_valid_at > b.last_valid_at then excluded.close_micros else b.close_micros end,
      first_valid_at = least(b.first_valid_at, excluded.first_valid_at),
      last_valid_at = greatest(b.last_valid_at, excluded.last_valid_at),
      observations = b.observations + excluded.observations,
      kinds = case when b.kinds @> excluded.kinds then b.kinds
        else array(select distinct unnest(b.kinds || excluded.kinds) order by 1) end,
      display = b.display and excluded.display, export = b.export and excluded.export, llm = b.llm and excluded.llm`.execute();
}

/** Makes days again from what is known now: what a correction took away from a day cannot be told from the day. */
async function restateDays(tx: Tx, sourceId: string, corrections: readonly ObservationInput[]): Promise<void> {
  if (corrections.length === 0) return;
  const days = [...new Set(corrections.map(({ instrumentId, validAt }) => `${instrumentId} ${isoDay(validAt)}`))];
  await tx.sql`
    insert into bar
    select b.* from unnest(${list(days, (each) => each.split(' ')[0])}::uuid[], ${list(days, (each) => each.split(' ')[1])}::date[])
        as touched (instrument_id, day),
      known_bars(touched.instrument_id, ${sourceId}::uuid, touched.day, touched.day, 'infinity') b
    on conflict (instrument_id, day, source_id) do update set open_micros = excluded.open_micros,
      high_micros = excluded.high_micros, low_micros = excluded.low_micros, close_micros = excluded.close_micros,
      first_valid_at = excluded.first_valid_at, last_valid_at = excluded.last_valid_at,
      observations = excluded.observations, kinds = excluded.kinds, display = excluded.display,
      export = excluded.export, llm = excluded.llm`.execute();
}

async function countChanges(tx: Tx, newest: readonly ObservationInput[]): Promise<void> {
  await tx.sql`update instrument set sequence = sequence + 1
    where instrument_id = any(${list(newest, (input) => input.instrumentId)}::uuid[])`.execute();
}

/** After the observations are in and the changes counted: it reads both by key. */
async function insertLatest(tx: Tx, sourceId: string, newest: readonly ObservationInput[]): Promise<Latest[]> {
  const rows = await tx.sql<LatestRow[]>`
    insert into latest (instrument_id, source_id, observation_id, valid_at, recorded_at, low_micros, mid_micros, high_micros, kind,
      display, export, llm, edition, sequence)
    select i.instrument_id, s.source_id, (select o.observation_id from observation o where o.instrument_id = i.instrument_id
        and o.valid_at = i.valid_at and o.source_id = s.source_id and o.recorded_at = s.last_recorded_at),
      i.valid_at, s.last_recorded_at, i.low_micros, i.mid_micros, i.high_micros, i.kind, s.display, s.export, s.llm, i.edition,
      (select k.sequence from instrument k where k.instrument_id = i.instrument_id)
    from source s, ${figures(
      tx,
      newest,
      list(newest, (input) => input.validAt.toISOString()),
    )} where s.source_id = ${sourceId}::uuid
    on conflict (instrument_id, source_id) do update set observation_id = excluded.observation_id,
      valid_at = excluded.valid_at, recorded_at = excluded.recorded_at, low_micros = excluded.low_micros,
      mid_micros = excluded.mid_micros, high_micros = excluded.high_micros, kind = excluded.kind,
      display = excluded.display, export = excluded.export, llm = excluded.llm, edition = excluded.edition,
      sequence = excluded.sequence
    returning *`.execute();
  return rows.map(readLatestRow);
}

/** Figures as rows `i` of a statement. `times` are their valid times: writing an instant costs as much as all else of a figure. */
function figures(tx: Tx, inputs: readonly ObservationInput[], times: string) {
  return tx.sql`unnest(
    ${list(inputs, (input) => input.instrumentId)}::uuid[], ${times}::timestamptz[],
    ${list(inputs, (input) => input.lowMicros)}::bigint[], ${list(inputs, (input) => input.midMicros)}::bigint[],
    ${list(inputs, (input) => input.highMicros)}::bigint[], ${list(inputs, (input) => input.kind)}::text[],
    ${list(inputs, (input) => quoted(input.edition))}::text[]
  ) as i (instrument_id, valid_at, low_micros, mid_micros, high_micros, kind, edition)`;
}

/** An array's text, made here: the driver would look at the type of every element. */
function list<T>(items: readonly T[], of: (item: T) => string | number | bigint | undefined): string {
  return `{${items.map(of).join(',')}}`;
}

/** An element of an array's text. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
