import { prepared, type Tx, type Work } from '@clearlot/service';
import { and, desc, eq, ilike, lt, or, sql } from 'drizzle-orm';
import { instrumentErrors } from './errors.ts';
import type { Basis } from './instrument.ts';
import { type InstrumentRow, instrument } from './tables.ts';

/** What instruments are looked for by; what is absent is not asked for. */
export type InstrumentFilter = { [K in keyof Basis]?: Basis[K] | undefined } & {
  /** Part of the code or name. */
  q?: string | undefined;
};

/** Adds an instrument with its audit row. Errors: MARKET_INSTRUMENT_EXISTS. */
export async function insertInstrument(tx: Tx, row: InstrumentRow): Promise<void> {
  const added = await tx.db.insert(instrument).values(row).onConflictDoNothing().returning({ code: instrument.code });
  if (added.length === 0) throw instrumentErrors.error('MARKET_INSTRUMENT_EXISTS', `It is ${row.code}.`);
  tx.audit({ action: 'instrument.created', entityType: 'instrument', entityId: row.instrumentId, after: row });
}

/** Errors: MARKET_INSTRUMENT_NOT_FOUND. */
export async function findInstrument(work: Pick<Work, 'db'>, instrumentId: string): Promise<InstrumentRow> {
  const [row] = await work.db.select().from(instrument).where(eq(instrument.instrumentId, instrumentId));
  if (!row) throw instrumentErrors.error('MARKET_INSTRUMENT_NOT_FOUND');
  return row;
}

/** In the order they are named. Errors: MARKET_INSTRUMENT_NOT_FOUND, naming one. */
export async function findInstruments(work: Pick<Work, 'sql'>, ids: readonly string[]): Promise<InstrumentRow[]> {
  const found = new Map((await byIds(work, { ids: `{${ids.join(',')}}` })).map((row) => [row.instrumentId, row]));
  return ids.map((id) => {
    const row = found.get(id);
    if (!row) throw instrumentErrors.error('MARKET_INSTRUMENT_NOT_FOUND', `There is no instrument ${id}.`);
    return row;
  });
}

const byIds = prepared((db) =>
  db
    .select()
    .from(instrument)
    .where(sql`${instrument.instrumentId} = any(${sql.placeholder('ids')}::uuid[])`),
);

/** Newest first, after `before` if that is given. */
export async function listInstruments(
  work: Pick<Work, 'db'>,
  filter: InstrumentFilter & { before?: string | undefined; limit: number },
): Promise<InstrumentRow[]> {
  const { q, before, limit, ...basis } = filter;
  const words = q === undefined ? undefined : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const equal = Object.entries(basis).map(([part, value]) =>
    value === undefined ? undefined : eq(instrument[part as keyof Basis], value),
  );
  return work.db
    .select()
    .from(instrument)
    .where(
      and(
        ...equal,
        words ? or(ilike(instrument.code, words), ilike(instrument.name, words)) : undefined,
        before ? lt(instrument.instrumentId, before) : undefined,
      ),
    )
    .orderBy(desc(instrument.instrumentId))
    .limit(limit);
}
