import type { Ctx } from '../clients.ts';
import { sourceErrors } from './errors.ts';
import { type Ingested, ingestBatch } from './ingest-batch.ts';
import { readImport } from './read-import.ts';
import { settingsOf } from './settings.ts';
import { findSourceView } from './store.ts';

/**
 * Takes in a file that an operator brings, by the mapping of its source; the same file again changes nothing. Errors:
 * MARKET_SOURCE_NOT_FOUND, MARKET_SOURCE_DISABLED, MARKET_SOURCE_SETTINGS_INVALID, MARKET_IMPORT_INVALID.
 */
export async function importFile(ctx: Ctx, input: { code: string; edition: string; bytes: Buffer }): Promise<Ingested> {
  const { source, schedule } = await ctx.read((work) => findSourceView(work, { code: input.code }));
  if (source.kind !== 'import')
    throw sourceErrors.error('MARKET_IMPORT_INVALID', 'Files are not imported into this source.');
  const { mapping } = settingsOf('import', schedule?.settings);
  const figures = readImport(textOf(input.bytes), mapping);
  return ingestBatch(ctx, { sourceId: source.sourceId, edition: input.edition, figures, via: 'import' });
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw sourceErrors.error('MARKET_IMPORT_INVALID', 'The file is not UTF-8 text.');
  }
}
