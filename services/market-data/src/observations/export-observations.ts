import { Readable } from 'node:stream';
import type { RouteInput } from '@clearlot/service';
import { stringify } from 'csv-stringify/sync';
import type { Ctx } from '../clients.ts';
import { findInstrument } from '../instruments/store.ts';
import type { InstrumentRow } from '../instruments/tables.ts';
import { showMicros } from './micros.ts';
import { countKept, listObservations, listSources, type ObservationQuery, settleKnown } from './store.ts';
import type { Source } from './tables.ts';

type Reply = RouteInput<undefined, undefined, undefined>['reply'];

const pageRows = 2_000;

const columns = [
  ...['instrument', 'product', 'grade', 'form', 'region', 'incoterm', 'currency', 'unit', 'taxBasis'],
  ...['source', 'attribution', 'edition', 'kind', 'low', 'mid', 'high', 'validAt', 'recordedAt'],
];

/**
 * Streams figures as CSV, newest first, all as known at one instant, so that pages fit each other. What its source does not
 * let be exported is left out; the header `x-left-out` and the last line say how many. Errors: MARKET_INSTRUMENT_NOT_FOUND,
 * MARKET_KNOWN_AT_IN_FUTURE.
 */
export async function exportObservations(ctx: Ctx, asked: ObservationQuery, reply: Reply): Promise<Reply> {
  const query = { ...asked, knownAt: asked.knownAt ?? ctx.clock.now() };
  await settleKnown(ctx, query.knownAt);
  const [instrument, sources, leftOut] = await ctx.read((work) =>
    Promise.all([findInstrument(work, query.instrumentId), listSources(work), countKept(work, query)]),
  );
  reply.headers({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${instrument.code}.csv"`,
    'x-known-at': query.knownAt.toISOString(),
    'x-left-out': String(leftOut),
  });
  const bySource = new Map(sources.map((source) => [source.sourceId, source]));
  return reply.send(Readable.from(lines(ctx, query, instrument, bySource, leftOut)));
}

async function* lines(
  ctx: Ctx,
  query: ObservationQuery,
  instrument: InstrumentRow,
  sources: ReadonlyMap<string, Source>,
  leftOut: number,
): AsyncGenerator<string> {
  const { code, product, grade, form, region, incoterm, currency, unit, taxBasis } = instrument;
  const basis = [code, product, grade, form, region, incoterm, currency, unit, taxBasis];
  // A cell that a spreadsheet would run as a formula is escaped.
  const write = (rows: string[][]) => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
  yield write([columns]);
  for (let before: { validAt: Date; sourceId: string } | undefined; ; ) {
    const page = await ctx.read((work) => listObservations(work, { ...query, before, limit: pageRows }));
    const exported = page.filter(({ licence }) => licence.export);
    if (exported.length > 0) {
      yield write(
        exported.map((row) => [
          ...basis,
          ...[
            sources.get(row.sourceId)?.code ?? '',
            sources.get(row.sourceId)?.attribution ?? '',
            row.edition,
            row.kind,
          ],
          ...[showMicros(row.lowMicros), showMicros(row.midMicros), showMicros(row.highMicros)],
          ...[row.validAt.toISOString(), row.recordedAt.toISOString()],
        ]),
      );
    }
    before = page.at(-1);
    if (page.length < pageRows) break;
  }
  yield `# left out because their source does not let them be exported: ${leftOut}\r\n`;
}
