import { createHash } from 'node:crypto';
import { isOperator, type Work } from '@clearlot/service';
import { roleOf, type SignerRole } from '../agreements/agreement.ts';
import { drawFinal } from '../agreements/finish-agreement.ts';
import { type AgreementRow, findAgreement, findPdf, type PdfVersion, placeOfPdf } from '../agreements/store.ts';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { type FileEntry, type FileRow, findFile, findFileEntry, openShared, placeOfFile } from '../files/store.ts';

/** A document the actor may see: an agreement, or a file without its bytes. */
export type FoundDocument = { agreement: AgreementRow; role: SignerRole | undefined } | { file: FileEntry };

/**
 * A document as its signers, its owner, those a file is shared with and operators see it; for all others it does not
 * exist. Row-level security says the same once more. Errors: DOCUMENTS_NOT_FOUND.
 */
export async function findDocument({ actor }: DocumentsContext, work: Work, id: string): Promise<FoundDocument> {
  const [agreement, file] = await Promise.all([findAgreement(work, id), findFileEntry(work, id)]);
  if (agreement) {
    const role = roleOf(agreement, actor.id);
    if (role || isOperator(actor)) return { agreement, role };
  }
  if (file && (file.ownerId === actor.id || isOperator(actor))) return { file };
  const shared = (await openShared(work, id)) && (await findFileEntry(work, id));
  if (!shared) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
  return { file: shared };
}

/** Clear bytes with the sha256 recorded for them. */
export interface Content {
  bytes: Buffer;
  sha256: string;
}

/** The bytes of a version of an agreement; a final one that is not stored yet is drawn. */
export async function readPdf(ctx: DocumentsContext, row: AgreementRow, version: PdfVersion): Promise<Content> {
  const stored = await ctx.read((work) => findPdf(work, row.id, version));
  if (stored) {
    const bytes = ctx.clients.vault.open(stored.sealed, placeOfPdf(row.id, version));
    return { bytes, sha256: stored.sha256.toString('hex') };
  }
  if (!row.completedAt) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
  const bytes = await drawFinal(ctx, row, row.completedAt);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The bytes of a file the actor was found to see. Errors: DOCUMENTS_NOT_FOUND. */
export async function readFile(ctx: DocumentsContext, id: string): Promise<Content & { file: FileRow }> {
  const file = await ctx.read(
    async (work) => (await findFile(work, id)) ?? ((await openShared(work, id)) ? findFile(work, id) : undefined),
  );
  if (!file) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
  return { file, bytes: ctx.clients.vault.open(file.sealed, placeOfFile(id)), sha256: file.sha256.toString('hex') };
}
