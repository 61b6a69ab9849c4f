import { databaseRole } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { findInstruments, type InstrumentFilter, listInstruments } from '../instruments/store.ts';
import type { InstrumentRow } from '../instruments/tables.ts';
import type { Latest } from './observation.ts';
import { readLatest } from './store.ts';
import type { Source } from './tables.ts';

/** An instrument with the newest figure of each of its sources, by the sources' codes. */
export interface Quote {
  instrument: InstrumentRow;
  figures: { latest: Latest; source: Source }[];
}

/** The newest figures of these instruments, in their order. Errors: MARKET_INSTRUMENT_NOT_FOUND when one of them is none. */
export async function latestFigures(ctx: Ctx, instrumentIds: readonly string[]): Promise<Quote[]> {
  // Whoever has the same role sees the same rows: no policy of these tables asks who it is.
  const quotes = await ctx.clients.ticker.cache.read(databaseRole(ctx.actor), instrumentIds, (ids) => load(ctx, ids));
  return instrumentIds.flatMap((id) => quotes.get(id) ?? []);
}

/** The newest figures of a page of instruments, newest instrument first. */
export async function findLatestFigures(
  ctx: Ctx,
  filter: InstrumentFilter & { before?: string | undefined; limit: number },
): Promise<Quote[]> {
  const rows = await ctx.read((work) => listInstruments(work, filter));
  return latestFigures(
    ctx,
    rows.map(({ instrumentId }) => instrumentId),
  );
}

async function load(ctx: Ctx, ids: readonly string[]): Promise<Quote[]> {
  const [instruments, figures] = await ctx.read((work) =>
    Promise.all([findInstruments(work, ids), readLatest(work, ids)]),
  );
  const byInstrument = Map.groupBy(figures, ({ latest }) => latest.instrumentId);
  return instruments.map((instrument) => ({ instrument, figures: byInstrument.get(instrument.instrumentId) ?? [] }));
}
