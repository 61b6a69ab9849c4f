import { createHash } from 'node:crypto';
import { newId } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Basis, Instrument } from '../instruments/instrument.ts';
import type { Kind } from '../observations/observation.ts';
import type { Source } from '../observations/tables.ts';
import { isBusinessDay } from '../series/calendar.ts';
import { qualityErrors } from './errors.ts';
import type { Figure, Reason } from './figure.ts';
import type { QualityRules } from './rules.ts';
import type { Known, ScreenState, Version } from './screen.ts';
import { type Quarantined, quarantine } from './tables.ts';

type InstrumentKey = { instrument_id: string };
type MidRow = InstrumentKey & { valid_at: string; mid_micros: bigint };
type VersionRow = InstrumentKey & {
  valid_at: string;
  edition: string;
  low_micros: bigint;
  mid_micros: bigint;
  high_micros: bigint;
};
type OtherRow = MidRow & { kind: Kind };

/** What is known of the instruments that figures are of, for a source whose row is locked. */
export async function screenState(
  tx: Tx,
  source: Pick<Source, 'sourceId' | 'calendar'>,
  instruments: readonly (Basis & Pick<Instrument, 'instrumentId'>)[],
  figures: readonly Figure[],
  rules: QualityRules,
): Promise<ScreenState> {
  const ids = list(instruments.map(({ instrumentId }) => instrumentId));
  const of = figures.filter(({ instrumentId }) => instrumentId !== null);
  const figureIds = list(of.map(({ instrumentId }) => instrumentId ?? ''));
  const instants = list(of.map(({ validAt }) => validAt.toISOString()));
  const [mids, versions, others] = await Promise.all([
    tx.sql<MidRow[]>`
      select i.instrument_id, m.valid_at, m.mid_micros from unnest(${ids}::text::uuid[]) as i (instrument_id),
        lateral (select distinct on (o.valid_at) o.valid_at, o.mid_micros from observation o
          where o.instrument_id = i.instrument_id and o.source_id = ${source.sourceId}
          order by o.valid_at desc, o.recorded_at desc limit ${rules.referenceCount}) m
      order by i.instrument_id, m.valid_at`.execute(),
    tx.sql<VersionRow[]>`
      select o.instrument_id, o.valid_at, o.edition, o.low_micros, o.mid_micros, o.high_micros
      from (select distinct instrument_id, valid_at from
          unnest(${figureIds}::text::uuid[], ${instants}::text::timestamptz[]) as f (instrument_id, valid_at)) asked
        join observation o on o.instrument_id = asked.instrument_id and o.valid_at = asked.valid_at
          and o.source_id = ${source.sourceId}
      order by o.instrument_id, o.valid_at, o.recorded_at`.execute(),
    tx.sql<OtherRow[]>`
      select instrument_id, valid_at, mid_micros, kind from latest
      where instrument_id = any(${ids}::text::uuid[]) and source_id <> ${source.sourceId}`.execute(),
  ]);
  const midsOf = Map.groupBy(mids, (row) => row.instrument_id);
  const versionsOf = Map.groupBy(versions, (row) => row.instrument_id);
  const othersOf = Map.groupBy(others, (row) => row.instrument_id);
  return {
    now: tx.now,
    isBusinessDay: (day) => isBusinessDay(source.calendar, day),
    instruments: new Map(
      instruments.map((basis): [string, Known] => [
        basis.instrumentId,
        {
          basis,
          mids: (midsOf.get(basis.instrumentId) ?? []).map(readMid),
          versions: Map.groupBy((versionsOf.get(basis.instrumentId) ?? []).map(readVersion), (each) => each.ms),
          others: (othersOf.get(basis.instrumentId) ?? []).map((row) => ({ ...readMid(row), kind: row.kind })),
        },
      ]),
    ),
  };
}

const readMid = (row: MidRow) => ({ validAt: new Date(row.valid_at), midMicros: row.mid_micros });

function readVersion(row: VersionRow): Version & { ms: number } {
  const { low_micros: lowMicros, mid_micros: midMicros, high_micros: highMicros, edition } = row;
  return { ms: new Date(row.valid_at).getTime(), edition, lowMicros, midMicros, highMicros };
}

/** An array's text of ids and instants: nothing in it needs quoting. */
function list(values: readonly string[]): string {
  return `{${values.join(',')}}`;
}

/** Keeps figures back; one that was kept back before stays as it is. Answers those that are new. */
export async function keepBack(
  tx: Tx,
  sourceId: string,
  kept: readonly { figure: Figure; reasons: Reason[] }[],
): Promise<Quarantined[]> {
  const added: Quarantined[] = [];
  // A few hundred rows a statement: each has seventeen parameters.
  for (let first = 0; first < kept.length; first += 500) {
    const rows = kept
      .slice(first, first + 500)
      .map(({ figure, reasons }) => quarantinedRow(tx, sourceId, figure, reasons));
    added.push(...(await tx.db.insert(quarantine).values(rows).onConflictDoNothing().returning()));
  }
  return added;
}

function quarantinedRow(tx: Tx, sourceId: string, figure: Figure, reasons: Reason[]): Quarantined {
  const { kind, ...rest } = figure;
  return {
    ...rest,
    ...{ quarantineId: newId(), sourceId, figureKind: kind, reasons, fingerprint: fingerprintOf(figure) },
    ...{ status: 'pending', keptAt: tx.now, decidedBy: null, decidedAt: null, decision: null },
  };
}

/** The same for the same figure, with all it states. */
export function fingerprintOf(figure: Figure): string {
  const { instrumentId, symbol, edition, validAt, lowMicros, midMicros, highMicros, kind, stated, citationUrl } =
    figure;
  const parts = [
    ...[instrumentId, symbol, edition, validAt.toISOString(), String(lowMicros), String(midMicros), String(highMicros)],
    ...[kind, Object.entries(stated).toSorted(([a], [b]) => (a < b ? -1 : 1)), citationUrl],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Newest first. */
export async function listQuarantine(
  work: Pick<Work, 'db'>,
  filter: {
    status?: Quarantined['status'] | undefined;
    sourceId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<Quarantined[]> {
  const { status, sourceId, before, limit } = filter;
  return work.db
    .select()
    .from(quarantine)
    .where(
      and(
        status ? eq(quarantine.status, status) : undefined,
        sourceId ? eq(quarantine.sourceId, sourceId) : undefined,
        before ? lt(quarantine.quarantineId, before) : undefined,
      ),
    )
    .orderBy(desc(quarantine.quarantineId))
    .limit(limit);
}

/** One figure that was kept back, locked. Errors: MARKET_QUARANTINE_NOT_FOUND. */
export async function lockQuarantined(tx: Tx, id: string): Promise<Quarantined> {
  const [row] = await tx.db.select().from(quarantine).where(eq(quarantine.quarantineId, id)).for('update');
  if (!row) throw qualityErrors.error('MARKET_QUARANTINE_NOT_FOUND');
  return row;
}

/** Saves what an operator decided, with its audit row. */
export async function saveDecision(
  tx: Tx,
  before: Quarantined,
  status: 'approved' | 'rejected',
  decision: string,
): Promise<Quarantined> {
  const change = { status, decidedBy: tx.actor.id, decidedAt: tx.now, decision };
  await tx.db.update(quarantine).set(change).where(eq(quarantine.quarantineId, before.quarantineId));
  const entity = { entityType: 'quarantine', entityId: before.quarantineId };
  tx.audit({ action: `quarantine.${status}`, ...entity, before: { status: before.status }, after: change });
  return { ...before, ...change };
}
